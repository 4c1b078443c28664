using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>What joins get, and what is read for it.</summary>
public sealed class JoinTests
{
    private static Align First => Align.Together(JoinKeys.First);

    [Fact]
    public async Task Of_an_input_that_is_looked_up_only_what_is_asked_for_is_read()
    {
        var right = MemoryReader.Numbered(100);
        RunResult result = await new Graphs()
            .Add("left", new MemoryReader("k0042", "k0007", "none"))
            .Add("right", right)
            .Add("keep", Apply.Nothing, "right")
            .Add("join", First, "left", "keep")
            .Add("write", new MemoryWriter(), "join")
            .RunAsync();
        Assert.Equal(["k0007", "k0042"], right.Log.Keys);
        Assert.Equal((100, 100, 2), Account(result, "right"));
        Assert.Equal((100, 100, 2), Account(result, "keep"));
        Assert.Equal(98, Entry(result, "right").Notes["unread"]);
        LedgerEntry join = Entry(result, "join");
        Assert.Equal((103, 3, 5), (join.Samples.In, join.Samples.Out, join.Instances.In));
        Assert.Equal((98, 2), (join.Samples.Dropped["unmatched"], join.Samples.Dropped["joined"]));
    }

    [Fact]
    public async Task An_input_whose_keys_are_made_on_the_way_is_surveyed_and_found_by_them()
    {
        var page = new Page();
        var phases = new List<string>();
        RunResult result = await new Graphs()
            .Add("frames", new MemoryReader("b/1", "a/0", "a/2", "c/0"))
            .Add("videos", new MemoryReader("a", "b") { Make = i => Samples.Of(i == 0 ? "a" : "b", 1, score: i + 5) })
            .Add("apart", new Apply(ToThree), "videos")
            .Add("join", First, "frames", "apart")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync(progress: p => phases.Add(p.Phase));
        Assert.Equal(["b/1[0/0,0/6]", "a/0[0/0,0/5]", "a/2[0/0,0/5]", "c/0[0/0]"], page.Lines);
        Assert.Contains("survey join", phases);
        Assert.Equal((2, 6), (Entry(result, "apart").Samples.In, Entry(result, "apart").Samples.Out));
        Assert.Equal(3, Entry(result, "join").Samples.Dropped["unmatched"]);
    }

    [Fact]
    public async Task Branches_of_one_lineage_are_joined_without_reading_twice()
    {
        var reader = MemoryReader.Numbered(10);
        var page = new Page();
        RunResult result = await new Graphs()
            .Add("read", reader)
            .Add("some", new Apply((s, o) => { if (s.Key[^1] == '3') o.DropSample("three"); else o.Emit(s); }), "read")
            .Add("join", First, "some", "read")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync();
        Assert.Equal(10, reader.Log.Keys.Length);
        Assert.Equal(9, page.Lines.Count);
        Assert.Equal(1, Entry(result, "join").Instances.Dropped["unmatched"]);
    }

    [Fact]
    public async Task A_sample_that_is_written_and_looked_up_is_counted_once()
    {
        RunResult result = await new Graphs()
            .Add("left", MemoryReader.Numbered(6))
            .Add("right", MemoryReader.Numbered(9))
            .Add("keep", Apply.Nothing, "right")
            .Add("join", First, "left", "keep")
            .Add("also", First, "left", "keep")
            .Add("write", new MemoryWriter(), "join", "also")
            .Add("copy", new MemoryWriter(), "keep")
            .RunAsync();
        Assert.Equal((9, 9, 9), Account(result, "right"));
        Assert.Equal((9, 9, 9), Account(result, "keep"));
        Assert.Equal(3, Entry(result, "join").Samples.Dropped["unmatched"]);
    }

    [Fact]
    public async Task A_sample_that_is_looked_up_twice_comes_in_once()
    {
        RunResult result = await new Graphs { Chunks = new(Samples: 1) }
            .Add("one", new MemoryReader("a", "b"))
            .Add("two", new MemoryReader("a"))
            .Add("both", Apply.Nothing, "one", "two")
            .Add("right", new MemoryReader("a") { Make = _ => Samples.Of("a", instances: 3) })
            .Add("join", First, "both", "right")
            .Add("write", new MemoryWriter(), "join")
            .RunAsync();
        Account samples = Entry(result, "join").Samples;
        Assert.Equal((4, 3, 1), (samples.In, samples.Out, samples.Added["used again"]));
        Assert.Equal((6, 9), (Entry(result, "join").Instances.In, Entry(result, "join").Instances.Out));
        Assert.Equal((1, 1, 3), Account(result, "right"));
    }

    [Fact]
    public async Task A_union_reads_every_sample_once_and_writes_every_key_once()
    {
        MemoryReader left = new("a", "b", "c"), right = new("c", "d", "a");
        var page = new Page();
        RunResult result = await new Graphs { Chunks = new(Samples: 2) }
            .Add("left", left)
            .Add("right", right)
            .Add("join", Align.Together(JoinKeys.Union), "left", "right")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync();
        Assert.Equal(["a", "b", "c", "d"], page.Keys);
        Assert.Equal(["a", "b", "c"], left.Log.Keys);
        Assert.Equal(["a", "c", "d"], right.Log.Keys);
        Assert.Equal((3, 3, 3), Account(result, "right"));
        Assert.Equal(2, Entry(result, "join").Samples.Dropped["joined"]);
    }

    [Fact]
    public async Task A_join_of_joins_finds_what_the_inner_one_makes()
    {
        var page = new Page();
        MemoryReader Numbers(int score) => new("a", "b", "c") { Make = i => Samples.Of("abc"[i..(i + 1)], 1, score) };
        await new Graphs { Chunks = new(Samples: 1) }
            .Add("outer", Numbers(1))
            .Add("inner", Numbers(2))
            .Add("inmost", Numbers(3))
            .Add("masks", First, "inner", "inmost")
            .Add("join", First, "outer", "masks")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync();
        Assert.Equal(["a[0/1,0/2,0/3]", "b[0/1,0/2,0/3]", "c[0/1,0/2,0/3]"], page.Lines);
    }

    [Fact]
    public async Task A_selector_thins_out_an_input_that_is_looked_up()
    {
        var right = MemoryReader.Numbered(50);
        var page = new Page();
        await new Graphs()
            .Add("left", MemoryReader.Numbered(4))
            .Add("right", right)
            .Add("odd", Select.Where(key => key[^1] % 2 == 1), "right")
            .Add("join", First, "left", "odd")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .RunAsync();
        Assert.Equal(["k0000[0/0]", "k0001[0/0,0/0]", "k0002[0/0]", "k0003[0/0,0/0]"], page.Lines);
        Assert.Equal(["k0001", "k0003"], right.Log.Keys);
    }

    [Fact]
    public async Task Two_samples_of_one_key_cannot_be_looked_up()
    {
        var graph = new Graphs()
            .Add("left", MemoryReader.Numbered(3))
            .Add("right", MemoryReader.Numbered(3))
            .Add("join", First, "left", "right")
            .Add("twice", Apply.Nothing, "right", "right")
            .Add("broken", First, "left", "twice");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal("KEY_TWICE", e.Problems[0].Code);
    }

    [Fact]
    public async Task A_bad_sample_that_is_looked_up_is_rejected_once_and_missing_in_the_join()
    {
        Page page = new(), errors = new();
        RunResult result = await new Graphs()
            .Add("left", MemoryReader.Numbered(4))
            .Add("right", MemoryReader.Numbered(4) with
            {
                Make = i => i == 2 ? throw Samples.Bad("2") : Samples.Of($"k{i:D4}"),
            }, ErrorPolicy.Reject)
            .Add("join", First, "left", "right")
            .Add("again", First, "left", "right")
            .Add("write", new MemoryWriter { Page = page }, "join", "again")
            .Add("rejects", new MemoryWriter { Page = errors }, "errors")
            .RunAsync();
        Assert.Equal(["k0002[] !right:BAD"], errors.Lines);
        Assert.Equal(2, page.Lines.Count(line => line == "k0002[0/0]"));
        Assert.Equal((4, 3, 3), Account(result, "right"));
        Assert.Equal(7, Entry(result, "join").Samples.In);
        Assert.DoesNotContain("unmatched", Entry(result, "join").Samples.Dropped.Keys);
    }

    [Fact]
    public async Task A_sample_that_was_rejected_before_a_join_is_not_unmatched_there()
    {
        RunResult result = await new Graphs()
            .Add("left", MemoryReader.Numbered(2))
            .Add("right", MemoryReader.Numbered(5) with
            {
                Make = i => i == 3 ? throw Samples.Bad("3") : Samples.Of($"k{i:D4}"),
            }, ErrorPolicy.Reject)
            .Add("join", First, "left", "right")
            .RunAsync();
        Assert.Equal((5, 4, 4), Account(result, "right"));
        Assert.Equal(6, Entry(result, "join").Samples.In);
        Assert.Equal(2, Entry(result, "join").Samples.Dropped["unmatched"]);
    }

    [Fact]
    public async Task A_bad_sample_that_is_looked_up_fails_the_chunk_that_asks_and_the_join_is_not_asked()
    {
        var page = new Page();
        var join = new Align(JoinKeys.First, (row, output) =>
        {
            if (row[1] is null && string.CompareOrdinal(row[0]!.Key, "k0004") > 0) throw Samples.Bad("missing");
            output.Emit(row[0]!);
        });
        var graph = new Graphs()
            .Add("left", MemoryReader.Numbered(7))
            .Add("right", new MemoryReader("k0005", "k0006") { Make = i => throw Samples.Bad($"{i}") })
            .Add("join", join, "left", "right")
            .Add("write", new MemoryWriter { Page = page }, "join");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal(["bad 0", "bad 1"], e.Problems.Select(p => p.Message));
        Assert.Equal(4, page.Lines.Count);
    }

    [Fact]
    public async Task A_row_that_a_join_rejects_leaves_with_its_first_sample()
    {
        var errors = new Page();
        RunResult result = await new Graphs()
            .Add("left", MemoryReader.Numbered(3))
            .Add("right", MemoryReader.Numbered(3))
            .Add("join", new Align(JoinKeys.First, (row, _) => throw Samples.Bad(row[0]!.Key)), ErrorPolicy.Reject,
                "left", "right")
            .Add("rejects", new MemoryWriter { Page = errors }, "errors")
            .RunAsync();
        Assert.Equal(["k0000", "k0001", "k0002"], errors.Keys);
        Assert.Equal((6, 3, 3), (Entry(result, "join").Samples.In, Entry(result, "join").Samples.Rejected,
            Entry(result, "join").Samples.Dropped["joined"]));
    }

    private static LedgerEntry Entry(RunResult result, string stage) =>
        result.Ledger.Stages.Single(s => s.Stage == stage);

    private static (long In, long Out, long InstancesOut) Account(RunResult result, string stage) =>
        (Entry(result, stage).Samples.In, Entry(result, stage).Samples.Out, Entry(result, stage).Instances.Out);

    private static void ToThree(Sample sample, StageOutput output)
    {
        for (int i = 0; i < 3; i++)
            output.Emit(sample with { Key = sample.Key + "/" + i.ToString(CultureInfo.InvariantCulture) });
        output.Count(Tally.SamplesAdded, "frames", 2);
        output.Count(Tally.InstancesAdded, "frames", 2 * sample.Instances.Length);
    }

    [Fact]
    public async Task A_sample_that_is_rejected_does_not_keep_that_of_another_input_out_of_a_union()
    {
        var (page, bad) = (new Page(), new Page());
        var left = new MemoryReader("a", "b") { Make = i => i == 0 ? throw Samples.Bad("a") : Samples.Of("b") };

        await new Graphs()
            .Add("left", left, ErrorPolicy.Reject)
            .Add("right", new MemoryReader("b", "a"))
            .Add("join", Align.Together(JoinKeys.Union), "left", "right")
            .Add("write", new MemoryWriter { Page = page }, "join")
            .Add("bad", new MemoryWriter { Page = bad }, "errors").RunAsync();

        Assert.Equal(["b[0/0,0/0]", "a[0/0]"], page.Lines);
        Assert.Equal(["a"], bad.Keys);
    }
}
