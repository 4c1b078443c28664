using SegPipeline.Masks.LabelImages;
using SegPipeline.Stages;
using SegPipeline.Tests.Masks.Bitmaps;

namespace SegPipeline.Tests.Masks.LabelImages;

public sealed class LabelResizeTests
{
    private static readonly (int HeightPx, int WidthPx)[] Targets = [(1, 1), (3, 5), (7, 4), (16, 33), (40, 2)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nearest_takes_the_label_at_the_centre(int seed)
    {
        ForEachPicture(seed, (labels, height, width, newHeight, newWidth) =>
        {
            LabelImage<byte> resized = LabelResize.Nearest<byte>(new(labels, height, width), newHeight, newWidth);
            Assert.Equal((newHeight, newWidth), (resized.HeightPx, resized.WidthPx));
            for (int y = 0; y < newHeight; y++)
                for (int x = 0; x < newWidth; x++)
                {
                    int sourceY = (int)Math.Floor((y + 0.5m) * height / newHeight);
                    int sourceX = (int)Math.Floor((x + 0.5m) * width / newWidth);
                    Assert.Equal(labels[sourceY * width + sourceX], resized.Pixels.Row(y)[x]);
                }
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_label_that_covers_most_wins_the_vote(int seed)
    {
        ForEachPicture(seed, (labels, height, width, newHeight, newWidth) =>
        {
            LabelImage<byte> resized = LabelResize.Vote<byte>(
                new(labels, height, width), newHeight, newWidth, new VoteRules());
            for (int y = 0; y < newHeight; y++)
                for (int x = 0; x < newWidth; x++)
                {
                    long[] cover = CoverOf(labels, height, width, newHeight, newWidth, y, x);
                    Assert.Equal(Array.IndexOf(cover, cover.Max()), resized.Pixels.Row(y)[x]);
                }
        });
    }

    [Fact]
    public void A_size_that_stays_changes_nothing()
    {
        byte[] labels = [1, 2, 3, 4, 5, 6];
        Assert.Equal(labels, LabelResize.Nearest<byte>(new(labels, 2, 3), 2, 3).Pixels.Values.ToArray());
        Assert.Equal(labels, LabelResize.Vote<byte>(new(labels, 2, 3), 2, 3, new()).Pixels.Values.ToArray());
    }

    [Theory]
    [InlineData(VoteTie.Lowest, 0)]
    [InlineData(VoteTie.ForegroundLowest, 3)]
    [InlineData(VoteTie.AtCentre, 7)]
    public void A_tie_goes_by_its_rule(VoteTie tie, byte winner) =>
        Assert.Equal(winner, VoteOnOne([0, 0, 3, 7, 7, 3], 2, 3, new VoteRules { Tie = tie }));

    [Fact]
    public void A_label_at_the_centre_that_is_not_tied_does_not_win() =>
        Assert.Equal(2, VoteOnOne([5, 5, 2, 2, 9], 1, 5, new VoteRules { Tie = VoteTie.AtCentre }));

    [Fact]
    public void Void_counts_or_abstains()
    {
        byte[] labels = [255, 255, 255, 4];
        Assert.Equal(255, VoteOnOne(labels, 2, 2, new VoteRules { VoidLabel = 255 }));
        var abstains = new VoteRules { VoidLabel = 255, VoidVote = VoidVote.Abstains };
        Assert.Equal(4, VoteOnOne(labels, 2, 2, abstains));
        Assert.Equal(255, VoteOnOne([255, 255, 255, 255], 2, 2, abstains));
    }

    [Fact]
    public void Labels_that_vanish_are_reported_with_what_they_had()
    {
        ushort[] labels = [0, 0, 0, 0, 0, 900, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7];
        LabelImage<ushort> halved = LabelResize.Vote<ushort>(new(labels, 4, 4), 2, 2, new VoteRules());
        Assert.Equal([0, 0, 0, 0], halved.Pixels.Values.ToArray());
        Assert.Equal<LabelCount[]>(
            [new(7, 4), new(900, 1)], [.. LabelCensus.Vanished(new(labels, 4, 4), halved.Pixels)]);
        Assert.Equal<LabelCount[]>(
            [new(0, 11), new(7, 4), new(900, 1)], [.. LabelCensus.Of<ushort>(new(labels, 4, 4))]);
        Assert.Empty(LabelCensus.Of<byte>(new([], 0, 3)));
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelResize.Nearest<byte>(new([1], 1, 1), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelResize.Vote<byte>(new([1], 1, 1), 1, -1, new()));
        Assert.Throws<ArgumentException>(() => LabelResize.Nearest<byte>(new([], 0, 1), 1, 1));
        Assert.Throws<ArgumentException>(() => LabelResize.Nearest<byte>(new([1], 1, 1), 1 << 20, 1 << 20));
        Assert.Throws<ArgumentException>(() => new LabelImage<byte>(new byte[3], 2, 2));
    }

    private static byte VoteOnOne(byte[] labels, int height, int width, VoteRules rules) =>
        LabelResize.Vote<byte>(new(labels, height, width), 1, 1, rules).Pixels.Values[0];

    /// <summary>Area that each label covers of a resized pixel, found by cutting every pixel into equal
    /// parts.</summary>
    private static long[] CoverOf(byte[] labels, int height, int width, int newHeight, int newWidth, int y, int x)
    {
        long[] cover = new long[8];
        for (int partY = y * height; partY < (y + 1) * height; partY++)
            for (int partX = x * width; partX < (x + 1) * width; partX++)
                cover[labels[partY / newHeight * width + partX / newWidth]]++;
        return cover;
    }

    private static void ForEachPicture(int seed, Action<byte[], int, int, int, int> assert)
    {
        KeyedRandom random = SampleRank.Stream(seed, "labels", "resize");
        foreach ((int height, int width) in new[] { (1, 1), (5, 8), (12, 9), (31, 20) })
            foreach ((int newHeight, int newWidth) in Targets)
                assert(DrawnPictures.Draw(height, width, labels: 8, ref random), height, width, newHeight, newWidth);
    }
}
