using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>What comes out of a run.</summary>
public sealed class PipelineRunTests
{
    [Fact]
    public async Task Samples_are_written_in_the_order_of_the_plan()
    {
        var page = new Page();
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(50))
            .Add("keep", Apply.Nothing, "read")
            .Add("write", new MemoryWriter { Page = page }, "keep")
            .RunAsync();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"k{i:D4}"), page.Keys);
        Assert.True(page.IsFinished);
        Assert.Equal(13, result.Chunks);
        Assert.All(result.Ledger.Stages, s => Assert.Equal((50, 50), (s.Samples.In, s.Samples.Out)));
    }

    [Fact]
    public async Task Samples_that_a_selector_leaves_out_by_their_keys_are_never_read()
    {
        var page = new Page();
        var reader = MemoryReader.Numbered(100);
        RunResult result = await new Graphs()
            .Add("read", reader)
            .Add("keep", Apply.Nothing, "read")
            .Add("choose", Select.Where(key => key.EndsWith('7')), "keep")
            .Add("write", new MemoryWriter { Page = page }, "choose")
            .RunAsync();
        Assert.Equal(10, page.Lines.Count);
        Assert.Equal(page.Keys, reader.Log.Keys);
        Assert.Equal(90, result.Ledger.Stages[2].Samples.Dropped["not chosen"]);
        Assert.Equal((100, 100), (result.Ledger.Stages[0].Samples.In, result.Ledger.Stages[0].Samples.Out));
        Assert.Equal(90, result.Ledger.Stages[0].Notes["unread"]);
        Assert.Equal(10, result.Ledger.Stages[0].Instances.In);
    }

    [Fact]
    public async Task A_selector_that_must_see_samples_surveys_them_first()
    {
        var page = new Page();
        var seen = new List<string>();
        var select = new Select(all => all.Select(c => new Choice(c.Observed == "3" ? 0 : 1)), "three", "rest")
        {
            Look = sample => sample.Instances.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(20) with { Make = i => Samples.Of($"k{i:D4}", instances: i % 4) })
            .Add("choose", select, "read")
            .Add("write", new MemoryWriter { Page = page }, "choose.three")
            .RunAsync(progress: p => seen.Add(p.Phase));
        Assert.Equal(["k0003", "k0007", "k0011", "k0015", "k0019"], page.Keys);
        Assert.Equal(["plan", "survey choose", "run", "finish"], seen.Distinct());
        Assert.Equal(15, result.Chosen.Single(c => c.Port == "rest").Keys.Length);
    }

    [Theory]
    [InlineData(JoinKeys.First, "k2 k0 k9", "k2[0/1,0/2] k0[0/1,0/2] k9[0/1]", 1)]
    [InlineData(JoinKeys.Union, "k2 k0 k9", "k2[0/1,0/2] k0[0/1,0/2] k9[0/1] k1[0/2]", 0)]
    public async Task Joins_align_by_key_whatever_the_orders(
        JoinKeys keys, string first, string expected, int unmatched)
    {
        var page = new Page();
        string[] left = first.Split(' '), right = ["k0", "k1", "k2"];
        RunResult result = await new Graphs { Chunks = new(2) }
            .Add("left", new MemoryReader(left) { Make = i => Samples.Of(left[i], score: 1) })
            .Add("right", new MemoryReader(right) { Make = i => Samples.Of(right[i], score: 2) })
            .Add("join", Align.Together(keys), "left", "right")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync();
        Assert.Equal(expected.Split(' '), page.Lines);
        Account account = result.Ledger.Stages[2].Samples;
        Assert.Equal(unmatched, account.Dropped.GetValueOrDefault("unmatched"));
        Assert.Equal(6, account.In);
    }

    [Fact]
    public async Task Rejected_samples_leave_by_the_errors_port_in_order_and_the_rest_goes_on()
    {
        Page good = new(), bad = new();
        var reader = MemoryReader.Numbered(12) with
        {
            Make = i => i % 5 == 0 ? throw Samples.Bad("record") : Samples.Of($"k{i:D4}"),
            Defects = [("lost", new Problem("LOST", "an annotation of no image"))],
        };
        RunResult result = await new Graphs()
            .Add("read", reader, ErrorPolicy.Reject)
            .Add("check", new Apply((s, o) => o.Emit(s.Key == "k0002" ? throw Samples.Bad(s.Key) : s)),
                ErrorPolicy.Reject, "read")
            .Add("write", new MemoryWriter { Page = good }, "check")
            .Add("rejects", new MemoryWriter { Page = bad }, "errors")
            .RunAsync();
        Assert.Equal(
            "lost[] !read:LOST,k0000[] !read:BAD,k0002[0/0] !check:BAD,k0005[] !read:BAD,k0010[] !read:BAD".Split(','),
            bad.Lines);
        Assert.Equal(8, good.Lines.Count);
        Assert.Equal(4, result.Ledger.Stages[0].Samples.Rejected);
        Assert.Equal(1, result.Ledger.Stages[1].Instances.Rejected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(8, 64)]
    public async Task A_failure_at_a_chunk_leaves_exactly_the_chunks_before_it(int workers, int window)
    {
        for (int at = 0; at < 20; at++)
        {
            var page = new Page();
            var reader = MemoryReader.Numbered(80) with
            {
                Make = i => i / 4 == at ? throw Samples.Bad($"{i}") : Samples.Of($"k{i:D4}"),
            };
            var graph = new Graphs().Add("read", reader).Add("write", new MemoryWriter { Page = page }, "read");
            var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync(workers, window));
            Assert.Equal(4, e.Problems.Count);
            Assert.Equal(4 * at, page.Lines.Count);
            Assert.False(page.IsFinished);
            Assert.True(page.IsClosed && reader.Log.IsClosed);
        }
    }
}
