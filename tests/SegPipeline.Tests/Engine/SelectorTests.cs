using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>When selectors decide, and what is read for it.</summary>
public sealed class SelectorTests
{
    private static readonly Func<Sample, string?> Count =
        s => s.Instances.Length.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Selectors_behind_each_other_all_decide_from_keys_when_they_can()
    {
        var reader = MemoryReader.Numbered(100);
        var page = new Page();
        RunResult result = await new Graphs()
            .Add("read", reader)
            .Add("tens", Select.Where(key => key[^1] == '0'), "read")
            .Add("keep", Apply.Nothing, "tens")
            .Add("halves", new Select(all => all.Select((_, i) => new Choice(i % 2)), "a", "b"), "keep")
            .Add("write", new MemoryWriter { Page = page }, "halves.b")
            .RunAsync();
        string[] expected = ["k0010", "k0030", "k0050", "k0070", "k0090"];
        Assert.Equal(expected, page.Keys);
        Assert.Equal(expected, reader.Log.Keys);
        Assert.Equal(["tens", "halves", "halves"], result.Chosen.Select(c => c.Node));
        Assert.Equal(10, result.Ledger.Stages[3].Samples.In);
        Assert.Equal((10, 5), (result.Ledger.Stages[3].Samples.Out, result.Ledger.Stages[3].Instances.Out));
    }

    [Fact]
    public async Task Selectors_that_must_look_survey_one_after_the_other()
    {
        var phases = new List<string>();
        var page = new Page();
        // The second decides by its place among what the first has left.
        var everyOther = new Select(all => all.Select((_, i) => i % 2 == 0 ? new Choice(0) : new Choice(-1, "odd")))
        {
            Look = Count,
        };
        await new Graphs()
            .Add("read", MemoryReader.Numbered(24) with { Make = i => Samples.Of($"k{i:D4}", i % 3) })
            .Add("some", new Select(all => all.Select(c => new Choice(c.Observed == "1" ? 0 : 1)), "a", "b")
            {
                Look = Count,
            }, "read")
            .Add("other", everyOther, "some.a")
            .Add("write", new MemoryWriter { Page = page }, "other")
            .RunAsync(progress: p => phases.Add(p.Phase));
        Assert.Equal(["k0001", "k0007", "k0013", "k0019"], page.Keys);
        Assert.Equal(["plan", "survey some", "survey other", "run", "finish"], phases.Distinct());
    }

    [Theory]
    [InlineData(SampleKind.Video, true)]
    [InlineData(SampleKind.Image, false)]
    public void A_selector_can_do_without_looking_at_the_samples_of_some_datasets(SampleKind kind, bool isKnown)
    {
        using var plan = PipelinePlan.Open(new Graphs()
            .Add("read", MemoryReader.Numbered(9) with { Info = new DatasetInfo { Kind = kind } })
            .Add("draw", new SegPipeline.Transforms.SampleDraw { Count = 2, By = SegPipeline.Transforms.DrawBy.Video },
                "read").Graph);

        Assert.Equal(isKnown, plan.Chosen.Length == 1);
        Assert.Equal(isKnown ? 0 : 9, plan.Chunks.Samples);
    }

    [Fact]
    public async Task Selectors_that_need_nothing_of_each_other_share_a_survey()
    {
        var phases = new List<string>();
        var reader = MemoryReader.Numbered(8);
        await new Graphs()
            .Add("read", reader)
            .Add("one", Select.Where(_ => true) with { Look = Count }, "read")
            .Add("two", Select.Where(_ => false) with { Look = Count }, "read")
            .Add("write", new MemoryWriter(), "one", "two")
            .RunAsync(progress: p => phases.Add(p.Phase));
        Assert.Equal(["plan", "survey one, two", "run", "finish"], phases.Distinct());
        Assert.Equal(16, reader.Log.Keys.Length);
    }

    [Fact]
    public async Task A_selector_behind_a_filter_sees_what_the_filter_left()
    {
        string[] seen = [];
        await new Graphs()
            .Add("read", MemoryReader.Numbered(9))
            .Add("filter", new Apply(DropEven), "read")
            .Add("all", new Select(all =>
            {
                seen = [.. all.Select(c => c.Key)];
                return all.Select(_ => new Choice(0));
            }), "filter")
            .Add("write", new MemoryWriter(), "all")
            .RunAsync();
        Assert.Equal(["k0001", "k0003", "k0005", "k0007"], seen);
    }

    [Fact]
    public async Task A_sample_that_a_selector_cannot_look_at_is_rejected_and_not_decided_about()
    {
        Page page = new(), errors = new();
        var select = new Select(all => all.Select((c, i) => new Choice(i % 2)), "a", "b")
        {
            Look = s => s.Key is "k0002" or "k0003" ? throw Samples.Bad(s.Key) : null,
        };
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(8))
            .Add("split", select, ErrorPolicy.Reject, "read")
            .Add("write", new MemoryWriter { Page = page }, "split.a")
            .Add("errors", new MemoryWriter { Page = errors }, "errors")
            .RunAsync();
        Assert.Equal(["k0000", "k0004", "k0006"], page.Keys);
        Assert.Equal(["k0002[0/0] !split:BAD", "k0003[0/0] !split:BAD"], errors.Lines);
        Assert.Equal(2, result.Ledger.Stages[1].Samples.Rejected);
    }

    [Fact]
    public async Task A_sample_that_a_selector_cannot_look_at_fails_the_run_before_anything_is_written()
    {
        var page = new Page();
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(8))
            .Add("split", Select.Where(_ => true) with
            {
                Look = s => string.CompareOrdinal(s.Key, "k0004") < 0 ? null : throw Samples.Bad(s.Key),
            }, "read")
            .Add("write", new MemoryWriter { Page = page }, "split");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal(["bad k0004", "bad k0005", "bad k0006", "bad k0007"], e.Problems.Select(p => p.Message));
        Assert.Equal("sample 'k0004' in stage 'split'", e.Problems[0].Record);
        Assert.Empty(page.Lines);
    }

    [Fact]
    public void A_selector_that_asks_for_more_than_there_is_fails_the_plan()
    {
        var reader = MemoryReader.Numbered(8);
        var graph = new Graphs().Add("read", reader).Add("many", new Select(_ => throw Samples.Bad("count")), "read");
        Assert.Throws<BadDataException>(() => PipelinePlan.Open(graph.Graph));
        Assert.True(reader.Log.IsClosed);
    }

    [Fact]
    public async Task What_only_another_branch_needs_does_not_pass_a_stage_in_front_of_a_selector()
    {
        var heavy = new ReadLog();
        var page = new Page();
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(20))
            .Add("heavy", new Apply((s, o) => { heavy.Note(s.Key); o.Emit(s); }) { Keeps = true }, "read")
            .Add("few", Select.Where(key => key is "k0005" or "k0011"), "heavy")
            .Add("write", new MemoryWriter { Page = page }, "few", "read")
            .RunAsync();
        Assert.Equal(["k0005", "k0011"], heavy.Keys);
        Assert.Equal(22, page.Lines.Count);
        Assert.Equal((20, 20), (result.Ledger.Stages[1].Samples.In, result.Ledger.Stages[1].Samples.Out));
    }

    private static void DropEven(Sample sample, StageOutput output)
    {
        if (sample.Key[^1] % 2 == 0) output.DropSample("even");
        else output.Emit(sample);
    }
}
