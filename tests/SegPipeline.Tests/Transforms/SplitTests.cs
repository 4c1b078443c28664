using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class SplitTests
{
    private static readonly Split Thirds = new() { Ratios = Parts(("train", 0.6), ("val", 0.2), ("test", 0.2)) };

    private static OrderedDictionary<string, T> Parts<T>(params (string Name, T Value)[] parts) =>
        new(parts.Select(p => KeyValuePair.Create(p.Name, p.Value)), StringComparer.Ordinal);

    private static Sample[] Images(int count) => [.. Enumerable.Range(0, count).Select(i => Image($"v{i / 5}/{i:D3}"))];

    [Fact]
    public void Ports_have_the_names_of_the_parts_in_their_order()
    {
        Assert.Equal(["train", "val", "test"], Thirds.OutputPorts);
        Assert.Equal(["val", "train"], new Split { Counts = Parts(("val", 5)), Rest = "train" }.OutputPorts);
    }

    [Fact]
    public void Every_sample_is_in_one_part_and_parts_have_their_share()
    {
        Sample[] samples = Images(50);

        ILookup<string, string> parts = Thirds.Run(samples);

        Assert.Equal([30, 10, 10], Thirds.OutputPorts.Select(p => parts[p].Count()));
        Assert.Equal(samples.Select(s => s.Key), parts.SelectMany(p => p).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_order_of_the_samples_does_not_matter()
    {
        ILookup<string, string> forth = Thirds.Run(Images(50)), back = Thirds.Run([.. Images(50).Reverse()]);

        Assert.All(Thirds.OutputPorts, port => Assert.Equal(forth[port], back[port].Reverse()));
    }

    [Fact]
    public void What_belongs_together_stays_together()
    {
        ILookup<string, string> parts = (Thirds with { By = DrawBy.Folder }).Run(Images(50));

        string[] folders = [.. parts.SelectMany(p => p.Select(key => key[..2]).Distinct())];
        Assert.Equal(10, folders.Length);
        Assert.Equal([6, 2, 2], Thirds.OutputPorts.Select(p => parts[p].Select(key => key[..2]).Distinct().Count()));
    }

    [Fact]
    public void Counts_are_exact_and_the_rest_has_a_part_of_its_own_or_is_dropped()
    {
        var counted = new Split { Counts = Parts(("val", 7), ("test", 3)) };

        ILookup<string, string> dropped = counted.Run(Images(50));
        ILookup<string, string> kept = (counted with { Rest = "train" }).Run(Images(50));

        Assert.Equal((7, 3, 40), (dropped["val"].Count(), dropped["test"].Count(), dropped["in no part"].Count()));
        Assert.Equal((7, 3, 40), (kept["val"].Count(), kept["test"].Count(), kept["train"].Count()));
        Assert.Equal(dropped["val"], kept["val"]);
    }

    [Fact]
    public void Asking_for_more_than_there_is_fails() => Assert.Equal("SPLIT_TOO_FEW",
        FailsWith(() => new Split { Counts = Parts(("a", 3), ("b", 3)) }.Run(Images(5))));

    [Fact]
    public void A_stratified_split_gives_every_part_its_share_of_a_rare_category()
    {
        Sample[] samples = [.. Enumerable.Range(0, 100).Select(i =>
            Image($"{i:D3}", i % 10 == 0 ? [Object(i, 1), Object(i + 1000, 2)] : [Object(i, 1)]))];

        ILookup<string, string> parts = (Thirds with { Stratify = Stratify.Category }).Run(samples);

        Assert.Equal([6, 2, 2], Thirds.OutputPorts.Select(p => parts[p].Count(key => key[^1] == '0')));
        Assert.Equal([60, 20, 20], Thirds.OutputPorts.Select(p => parts[p].Count()));
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_reported()
    {
        Assert.Single(new Split().Check());
        Assert.Single((Thirds with { Counts = Parts(("more", 1)) }).Check());
        Assert.Equal(["the 'ratios' must sum to 1, they sum to 0.9"],
            new Split { Ratios = Parts(("a", 0.5), ("b", 0.4)) }.Check());
        Assert.Single((Thirds with { Rest = "more" }).Check());
        Assert.Single(new Split { Counts = Parts(("a", 1)), Rest = "a" }.Check());
        Assert.Single(new Split { Counts = Parts(("a.b", 1)) }.Check());
        Assert.Single((Thirds with { By = DrawBy.Group }).Check());
        Assert.Empty(Thirds.Check());
    }

    [Fact]
    public void Seed_and_stage_name_decide()
    {
        string[] Train(string stage, long seed) => [.. Thirds.Run(Images(50), context: new(stage, seed))["train"]];

        Assert.NotEqual(Train("a", 1), Train("a", 2));
        Assert.NotEqual(Train("a", 1), Train("b", 1));
    }

    [Theory]
    [InlineData(Stratify.None)]
    [InlineData(Stratify.Category)]
    public void No_video_has_frames_in_two_parts(Stratify stratify)
    {
        Sample[] frames = [.. Enumerable.Range(0, 60).Select(i => Image($"{i:D2}", Object(i, category: i % 3)))
            .Select((image, i) => image with { ExtraMembers = image.ExtraMembers.Add("video_id", $"{i % 10}") })];

        ILookup<string, string> parts =
            (Thirds with { By = DrawBy.Video, Stratify = stratify }).Run(frames);

        Assert.Equal([36, 12, 12], Thirds.OutputPorts.Select(p => parts[p].Count()));
        Assert.Equal(10, parts.Sum(part => part.Select(key => key[1]).Distinct().Count()));
    }
}
