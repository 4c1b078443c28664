using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>A reader with several ports gives up to one sample of each plan entry at each of them.</summary>
public sealed class ReaderPortsTests
{
    private static readonly string[] Keys = ["a", "b", "c", "d", "e"];

    [Fact]
    public async Task Each_port_carries_its_samples_in_the_order_of_the_plan()
    {
        var (first, second) = (new Page(), new Page());
        var graph = new Graphs { Chunks = new(2) }
            .Add("read", Reader(i => i % 2 == 0 ? Second(i) : null))
            .Add("one", new MemoryWriter { Page = first }, "read")
            .Add("two", new MemoryWriter { Page = second }, "read.second");

        LedgerEntry read = (await graph.RunAsync()).Ledger.Stages[0];

        Assert.Equal(Keys, first.Keys);
        Assert.Equal(["a[0/2,1/2]", "c[0/2,1/2]", "e[0/2,1/2]"], second.Lines);
        Assert.Equal((5, 8), (read.Samples.In, read.Samples.Out));
        Assert.Equal(("second", 3L), (Assert.Single(read.Samples.Added).Key, read.Samples.Added["second"]));
        Assert.Equal(6, read.Instances.Added["second"]);
        Assert.Equal((5, 3), (read.SamplesByPort["out"], read.SamplesByPort["second"]));
    }

    [Fact]
    public async Task A_port_that_nothing_takes_from_is_not_read()
    {
        MemoryReader reader = Reader(Second);
        var page = new Page();

        RunResult result = await new Graphs().Add("read", reader)
            .Add("write", new MemoryWriter { Page = page }, "read.second").RunAsync();

        Assert.Equal(Keys, page.Keys);
        Assert.Equal(Keys.Select(k => k + ".1"), reader.Log.Keys);
        Assert.Empty(result.Ledger.Stages[0].Samples.Added);
    }

    [Fact]
    public async Task An_entry_without_a_sample_at_any_port_that_is_taken_from_is_dropped_and_counted()
    {
        RunResult result = await new Graphs().Add("read", Reader(i => i == 1 ? null : Second(i)))
            .Add("write", new MemoryWriter(), "read.second").RunAsync();

        Assert.Equal(1, result.Ledger.Stages[0].Samples.Dropped["no sample"]);
    }

    [Fact]
    public async Task A_join_of_two_ports_aligns_them_without_a_lookup()
    {
        MemoryReader reader = Reader(i => i == 3 ? null : Second(i));
        var page = new Page();

        await new Graphs { Chunks = new(2) }.Add("read", reader)
            .Add("join", Align.Together(JoinKeys.First), "read", "read.second")
            .Add("write", new MemoryWriter { Page = page }, "join").RunAsync();

        Assert.Equal(["a[0/0,0/2,1/2]", "b[0/0,0/2,1/2]", "c[0/0,0/2,1/2]", "d[0/0]", "e[0/0,0/2,1/2]"], page.Lines);
        Assert.Equal(10, reader.Log.Keys.Length);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 20)]
    public async Task Entries_are_chosen_by_key_where_every_entry_has_a_sample(bool hasEvery, int reads)
    {
        MemoryReader reader = MemoryReader.Numbered(10) with
        {
            MakeSecond = i => Samples.Of($"k{i:D4}", score: 2),
            HasEverySecond = hasEvery,
        };
        var page = new Page();

        RunResult result = await new Graphs().Add("read", reader)
            .Add("chosen", Select.Where(key => key is "k0003" or "k0007"), "read.second")
            .Add("write", new MemoryWriter { Page = page }, "chosen").RunAsync();

        Assert.Equal(["k0003", "k0007"], page.Keys);
        Assert.Equal(reads, reader.Log.Keys.Length);
        Assert.Equal(10, result.Ledger.Stages[0].Samples.Out);
    }

    [Fact]
    public async Task What_nobody_asked_a_joined_port_for_is_counted_unread_at_every_port()
    {
        MemoryReader reader = Reader(Second) with { HasEverySecond = true };

        RunResult result = await new Graphs().Add("boxes", new MemoryReader("b"))
            .Add("read", reader)
            .Add("one", Align.Together(JoinKeys.First), "boxes", "read")
            .Add("two", Align.Together(JoinKeys.First), "one", "read.second")
            .Add("write", new MemoryWriter(), "two").RunAsync();

        LedgerEntry read = result.Ledger.Stages[1];
        Assert.Equal((5, 10), (read.Samples.In, read.Samples.Out));
        Assert.Equal(4, read.Notes["unread"]);
        Assert.Equal(5, read.Samples.Added["second"]);
        Assert.Equal(4, result.Ledger.Stages[3].Samples.Dropped["unmatched"]);
    }

    [Fact]
    public async Task An_entry_that_is_bad_at_one_port_leaves_by_none()
    {
        var (good, bad) = (new Page(), new Page());
        Graphs graph = new Graphs().Add("read", Reader(i => i == 1 ? throw Samples.Bad("b") : Second(i)),
                ErrorPolicy.Reject)
            .Add("good", new MemoryWriter { Page = good }, "read", "read.second")
            .Add("bad", new MemoryWriter { Page = bad }, "errors");

        LedgerEntry read = (await graph.RunAsync()).Ledger.Stages[0];

        Assert.Equal(["a", "a", "c", "c", "d", "d", "e", "e"], good.Keys);
        Assert.Equal(["b[] !read:BAD"], bad.Lines);
        Assert.Equal((5, 8, 1), (read.Samples.In, read.Samples.Out, read.Samples.Rejected));
    }

    [Fact]
    public async Task A_reader_that_promised_a_sample_and_has_none_is_at_fault()
    {
        Graphs graph = new Graphs().Add("read", Reader(_ => null) with { HasEverySecond = true })
            .Add("write", new MemoryWriter(), "read.second");

        var e = await Assert.ThrowsAsync<EngineFaultException>(() => graph.RunAsync());

        Assert.Contains("promised a sample 'a' at port 'second' and has none", e.Message, StringComparison.Ordinal);
    }

    private static MemoryReader Reader(Func<int, Sample?> second) => new(Keys) { MakeSecond = second };

    private static Sample Second(int entry) => Samples.Of(Keys[entry], instances: 2, score: 2);
}
