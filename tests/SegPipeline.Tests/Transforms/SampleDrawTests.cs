using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class SampleDrawTests
{
    private static Sample[] Images(int count) => [.. Enumerable.Range(0, count).Select(i => Image($"f{i % 7}/{i:D4}"))];

    [Fact]
    public void The_samples_with_the_smallest_digests_are_drawn_in_the_order_of_the_source()
    {
        Sample[] samples = Images(200);
        string[] smallest = [.. samples.Select(s => s.Key)
            .OrderBy(key => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("7\0stage\0" + key))),
                StringComparer.Ordinal)
            .Take(20)];

        ILookup<string, string> drawn = new SampleDraw { Count = 20 }.Run(samples);

        Assert.Equal(samples.Select(s => s.Key).Where(smallest.Contains), drawn["out"]);
        Assert.Equal(180, drawn["not drawn"].Count());
    }

    [Fact]
    public void The_draw_does_not_depend_on_the_order_of_the_samples()
    {
        Sample[] samples = Images(100);

        Assert.Equal(
            new SampleDraw { Count = 10 }.Run(samples)["out"],
            new SampleDraw { Count = 10 }.Run([.. samples.Reverse()])["out"].Reverse());
    }

    [Fact]
    public void A_draw_nested_in_another_is_a_part_of_it()
    {
        Sample[] samples = Images(500);
        ILookup<string, string> large = new SampleDraw { Count = 100 }.Run(samples, context: new("large", 7));
        var small = new SampleDraw { Count = 10, NestedIn = "large" };

        IEnumerable<string> nested = small.Run(samples, context: new("small", 7))["out"];

        Assert.Subset(large["out"].ToHashSet(), nested.ToHashSet());
        Assert.False(large["out"].ToHashSet().IsSupersetOf(
            (small with { NestedIn = null }).Run(samples, context: new("small", 7))["out"]));
    }

    [Fact]
    public void Seed_and_stage_name_change_the_draw()
    {
        Sample[] samples = Images(100);
        var draw = new SampleDraw { Count = 10 };
        string[] DrawnBy(string stage, long seed) => [.. draw.Run(samples, context: new(stage, seed))["out"]];

        Assert.NotEqual(DrawnBy("a", 1), DrawnBy("a", 2));
        Assert.NotEqual(DrawnBy("a", 1), DrawnBy("b", 1));
        Assert.Equal(DrawnBy("a", 1), DrawnBy("a", 1));
    }

    [Theory]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.25, 10, 3)]
    [InlineData(0.29, 100, 29)]
    [InlineData(1.0, 10, 10)]
    [InlineData(0.001, 10, 0)]
    public void A_fraction_is_rounded_to_the_nearest_number(double fraction, int available, int drawn) =>
        Assert.Equal(drawn, new SampleDraw { Fraction = fraction }.Run(Images(available))["out"].Count());

    [Fact]
    public void Asking_for_more_than_there_is_fails_unless_allowed()
    {
        Assert.Equal("SAMPLE_TOO_FEW", FailsWith(() => new SampleDraw { Count = 11 }.Run(Images(10))));
        Assert.Equal(10, new SampleDraw { Count = 11, AtMost = true }.Run(Images(10))["out"].Count());
    }

    [Fact]
    public void What_is_not_drawn_leaves_by_the_port_rest_if_asked()
    {
        ILookup<string, string> drawn = new SampleDraw { Count = 3, Rest = Rest.Port }.Run(Images(10));

        Assert.Equal((3, 7), (drawn["out"].Count(), drawn["rest"].Count()));
        Assert.Equal(["out"], new SampleDraw { Count = 3 }.OutputPorts);
    }

    [Theory]
    [InlineData(DrawBy.Folder, null)]
    [InlineData(DrawBy.Group, "^(f[0-9])/")]
    [InlineData(DrawBy.Group, "^f[0-9]")]
    public void Groups_are_drawn_as_a_whole(DrawBy by, string? group)
    {
        ILookup<string, string> drawn = new SampleDraw { Count = 2, By = by, Group = group }.Run(Images(70));

        Assert.Equal(20, drawn["out"].Count());
        Assert.Equal(2, drawn["out"].Select(key => key[..2]).Distinct().Count());
    }

    [Fact]
    public void A_key_without_a_group_is_an_error() => Assert.Equal("NO_GROUP",
        FailsWith(() => new SampleDraw { Count = 1, By = DrawBy.Group, Group = "^g" }.Run(Images(3))));

    [Fact]
    public void Drawing_images_from_videos_is_an_error()
    {
        Assert.Equal("KIND", FailsWith(() => new SampleDraw { Count = 1, By = DrawBy.Image }.Run([Video("v", 2)])));
        Assert.Single(new SampleDraw { Count = 1, By = DrawBy.Video }.Run([Video("v", 2), Video("w", 2)])["out"]);
    }

    [Fact]
    public void Frames_are_drawn_with_all_of_their_video()
    {
        Sample[] frames = [.. Images(40).Select((image, i) => image with
        {
            ExtraMembers = image.ExtraMembers.Add("video_id", $"{i % 8}"),
        })];
        var draw = new SampleDraw { Count = 3, By = DrawBy.Video };

        string[] drawn = [.. draw.Run(frames)["out"]];

        Assert.Equal(15, drawn.Length);
        Assert.Equal(3, frames.Where(f => drawn.Contains(f.Key)).DistinctBy(f => f.ExtraMembers["video_id"]).Count());
        Assert.Equal("NO_VIDEO", FailsWith(() => draw.Run(Images(3))));
        Assert.True(draw.KeysSufficeFor(new DatasetInfo { Kind = SampleKind.Video }));
        Assert.False(draw.KeysSufficeFor(new DatasetInfo()));
    }

    [Fact]
    public void A_stratified_draw_keeps_the_share_of_every_category()
    {
        Sample[] samples = [.. Enumerable.Range(0, 400).Select(i => Image(
            i.ToString(CultureInfo.InvariantCulture),
            [.. new[] { 1, 4, 40 }.Where(n => i % n == 0).Select(n => Object(id: (10 * i) + n, category: n))]))];

        var drawn = new SampleDraw { Count = 40, Stratify = Stratify.Category }.Run(samples)["out"].ToHashSet();

        Assert.Equal(40, drawn.Count);
        foreach (int category in new[] { 1, 4, 40 })
            Assert.Equal(40 / category,
                samples.Count(s => drawn.Contains(s.Key) && s.Instances.Any(i => i.CategoryId?.Number == category)));
    }

    [Fact]
    public void Unstratified_draws_need_no_sample_to_be_read()
    {
        Assert.True(new SampleDraw { Count = 1 }.KeysSuffice);
        Assert.False(new SampleDraw { Count = 1, Stratify = Stratify.Category }.KeysSuffice);
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_reported()
    {
        Assert.Single(new SampleDraw().Check());
        Assert.Single(new SampleDraw { Count = 1, Fraction = 0.5 }.Check());
        Assert.Single(new SampleDraw { Fraction = 0.5, AtMost = true }.Check());
        Assert.Single(new SampleDraw { Count = 1, By = DrawBy.Group }.Check());
        Assert.Single(new SampleDraw { Count = 1, Group = "a" }.Check());
        Assert.Single(new SampleDraw { Count = 1, By = DrawBy.Group, Group = "(" }.Check());
        Assert.Single(new SampleDraw { Count = 1, By = DrawBy.Group, Group = "(?=a)" }.Check());
        Assert.Single(new SampleDraw { Count = 1, NestedIn = "x", Stratify = Stratify.Category }.Check());
    }
}
