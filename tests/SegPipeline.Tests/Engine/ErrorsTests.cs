using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>What becomes of samples that a stage cannot deal with.</summary>
public sealed class ErrorsTests
{
    private static readonly Apply BadFives = new((s, o) => o.Emit(s.Key[^1] == '5' ? throw Samples.Bad(s.Key) : s));

    [Theory]
    [InlineData(3L, null, true)]
    [InlineData(2L, null, false)]
    [InlineData(null, 10.0, true)]
    [InlineData(null, 9.9, false)]
    [InlineData(3L, 9.9, false)]
    public async Task A_budget_bounds_what_a_stage_may_reject(long? most, double? percent, bool passes)
    {
        var page = new Page();
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(30))
            .Add("check", BadFives, ErrorPolicy.Reject, "read")
            .With(node => node with { RejectBudget = new RejectBudget(most, percent) })
            .Add("write", new MemoryWriter { Page = page }, "check");
        if (passes)
        {
            await graph.RunAsync();
            Assert.Equal(27, page.Lines.Count);
            return;
        }
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal("REJECT_BUDGET", e.Problems[0].Code);
        Assert.Contains("'check' rejected 3 samples", e.Problems[0].Message, StringComparison.Ordinal);
        Assert.False(page.IsFinished);
    }

    [Fact]
    public async Task A_budget_is_judged_at_the_commit_that_overdraws_it()
    {
        var page = new Page();
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(40) with
            {
                Make = i => i % 10 == 5 ? throw Samples.Bad($"{i}") : Samples.Of($"k{i:D4}"),
            }, ErrorPolicy.Reject)
            .With(node => node with { RejectBudget = new RejectBudget(Most: null, Percent: 5) })
            .Add("write", new MemoryWriter { Page = page }, "read");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal(["REJECT_BUDGET", "BAD"], e.Problems.Select(p => p.Code));
        Assert.Equal("bad 25", e.Problems[1].Message);
        // Two of forty are five percent; the third is in the chunk of samples 24 to 27.
        Assert.Equal(22, page.Lines.Count);
    }

    [Fact]
    public async Task Rejected_samples_can_pass_further_stages_and_more_writers()
    {
        Page all = new(), some = new();
        await new Graphs()
            .Add("read", MemoryReader.Numbered(30))
            .Add("check", BadFives, ErrorPolicy.Reject, "read")
            .Add("late", new Apply(DropFifteen), "errors")
            .Add("some", new MemoryWriter { Page = some }, "late")
            .Add("all", new MemoryWriter { Page = all }, "errors", "check")
            .RunAsync();
        Assert.Equal(["k0005[0/0] !check:BAD", "k0025[0/0] !check:BAD"], some.Lines);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"k{i:D4}"), all.Keys);
    }

    [Fact]
    public async Task A_stage_behind_the_errors_port_cannot_reject()
    {
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(10))
            .Add("check", BadFives, ErrorPolicy.Reject, "read")
            .Add("late", BadFives, ErrorPolicy.Reject, "errors");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal("sample 'k0005' in stage 'late'", e.Problems[0].Record);
    }

    [Fact]
    public async Task Defects_of_a_dataset_that_is_only_looked_up_are_rejected_too()
    {
        var errors = new Page();
        RunResult result = await new Graphs()
            .Add("left", MemoryReader.Numbered(3))
            .Add("right", new MemoryReader { Defects = [("stray", new Problem("STRAY", "belongs nowhere"))] },
                ErrorPolicy.Reject)
            .Add("join", Align.Together(JoinKeys.First), "left", "right")
            .Add("rejects", new MemoryWriter { Page = errors }, "errors")
            .RunAsync();
        Assert.Equal(["stray[] !right:STRAY"], errors.Lines);
        Assert.Equal((0, 1, 1), (result.Ledger.Stages[1].Samples.In, result.Ledger.Stages[1].Samples.Rejected,
            result.Ledger.Stages[1].Samples.Added["defect"]));
    }

    [Fact]
    public async Task A_failure_tells_all_problems_that_the_stage_found_in_the_chunk_and_no_others()
    {
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(4))
            .Add("first", new Apply((s, o) => o.Emit(s.Key[^1] % 2 == 1 ? throw Samples.Bad(s.Key) : s)), "read")
            .Add("second", new Apply((s, _) => throw Samples.Bad(s.Key)), "first");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal(["bad k0001", "bad k0003"], e.Problems.Select(p => p.Message));
    }

    [Fact]
    public async Task Warnings_are_told_once_in_graph_order()
    {
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(9))
            .Add("one", new Warning(key => "digit " + key[^1]), "read")
            .Add("two", new Warning(_ => "always"), "one")
            .RunAsync(workers: 8);
        (string, string)[] expected = [.. Enumerable.Range(0, 9).Select(i => ("one", $"digit {i}")), ("two", "always")];
        Assert.Equal(expected, result.Warnings.AsEnumerable());
    }

    [Fact]
    public async Task The_errors_port_can_be_taken_from_before_all_readers_are_named()
    {
        var errors = new Page();
        await new Graphs()
            .Add("rejects", new MemoryWriter { Page = errors }, "errors")
            .Add("read", MemoryReader.Numbered(6))
            .Add("check", BadFives, ErrorPolicy.Reject, "read")
            .RunAsync();
        Assert.Equal(["k0005"], errors.Keys);
    }

    private static void DropFifteen(Sample sample, StageOutput output)
    {
        if (sample.Key == "k0015") output.DropSample("known");
        else output.Emit(sample);
    }

    private sealed record Warning(Func<string, string> Sentence) : Transform
    {
        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => (s, o) =>
        {
            context.Warn(Sentence(s.Key));
            o.Emit(s);
        };
    }
}
