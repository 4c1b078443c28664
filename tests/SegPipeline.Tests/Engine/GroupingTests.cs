using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>Samples from anywhere become one, in the place of the first of them.</summary>
public sealed class GroupingTests
{
    // Groups a, b and c, none of which stands together.
    private static readonly string[] Keys = ["a/3", "b/1", "a/1", "c/9", "b/2", "a/2"];

    private static Gather ByFolder { get; } = new(c => c.Key.Split('/')[0]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task A_group_has_its_members_in_plan_order_and_the_place_of_the_first(int chunk)
    {
        var (page, formed) = (new Page(), new List<string>());
        MemoryReader reader = Reader(Keys);

        RunResult result = await new Graphs { Chunks = new(chunk) }
            .Add("read", reader)
            .Add("group", ByFolder with
            {
                OnForm = (key, members) =>
                {
                    lock (formed) formed.Add($"{key}: {string.Join(' ', members.Select(m => m.Key))}");
                },
            }, "read")
            .Add("write", new MemoryWriter { Page = page }, "group").RunAsync();

        Assert.Equal(["a[0/0,0/2,0/5]", "b[0/1,0/4]", "c[0/3]"], page.Lines);
        Assert.Equal(["a: a/3 a/1 a/2", "b: b/1 b/2", "c: c/9"], formed.Order(StringComparer.Ordinal));
        LedgerEntry group = result.Ledger.Stages[1];
        Assert.Equal((6, 3, 3), (group.Samples.In, group.Samples.Out, group.Samples.Dropped["grouped"]));
        Assert.Equal((6, 6), (group.Instances.In, group.Instances.Out));
        Assert.Equal(6, result.Ledger.Stages[0].Samples.Out);
    }

    [Fact]
    public async Task Where_keys_suffice_every_sample_is_read_once_and_there_is_no_survey()
    {
        MemoryReader reader = Reader(Keys);
        var phases = new List<string>();

        await new Graphs { Chunks = new(1) }
            .Add("read", reader)
            .Add("keep", Apply.Nothing, "read")
            .Add("chosen", Select.Where(key => key != "a/1"), "keep")
            .Add("group", ByFolder, "chosen")
            .Add("write", new MemoryWriter(), "group").RunAsync(progress: p => phases.Add(p.Phase));

        Assert.Equal(["a/2", "a/3", "b/1", "b/2", "c/9"], reader.Log.Keys);
        Assert.Equal(["plan", "run", "finish"], phases.Distinct());
    }

    [Fact]
    public void A_chunk_costs_what_all_members_of_its_groups_cost()
    {
        using var plan = PipelinePlan.Open(new Graphs { Chunks = new(100, 60) }
            .Add("read", Reader(Keys) with { CostBytes = i => 10 + i })
            .Add("group", ByFolder, "read")
            .Add("write", new MemoryWriter(), "group").Graph);

        Assert.Equal([(0, 37L), (1, 38L)], plan.Chunks.Chunks.Select(c => (c.First, c.CostBytes)));
        Assert.Equal([("group", 6, 3)], plan.Grouped.AsEnumerable());
        Assert.Equal([0, 1, 3], plan.Chunks.EntriesOf(0).AsEnumerable());
    }

    [Fact]
    public async Task Where_samples_must_be_looked_at_a_survey_finds_the_groups()
    {
        var (page, phases) = (new Page(), new List<string>());

        await new Graphs { Chunks = new(2) }
            .Add("read", Reader(Keys))
            .Add("group", new Gather(c => c.Observed!) { Look = s => s.Key[^1..] }, "read")
            .Add("write", new MemoryWriter { Page = page }, "group").RunAsync(progress: p => phases.Add(p.Phase));

        Assert.Equal(["3[0/0]", "1[0/1,0/2]", "9[0/3]", "2[0/4,0/5]"], page.Lines);
        Assert.Equal(["plan", "survey group", "run", "finish"], phases.Distinct());
    }

    [Fact]
    public async Task Members_can_come_from_different_readers_and_several_from_one_entry()
    {
        var page = new Page();
        var twice = new Apply((sample, output) =>
        {
            output.Emit(sample);
            output.Emit(sample with { Key = sample.Key + "+" });
            output.Count(Tally.SamplesAdded, "again", 1);
            output.Count(Tally.InstancesAdded, "again", 1);
        });

        await new Graphs { Chunks = new(1) }
            .Add("left", Reader("a/1", "b/1"))
            .Add("right", Reader("b/2", "a/2"))
            .Add("twice", twice, "right")
            .Add("group", ByFolder, "left", "twice")
            .Add("write", new MemoryWriter { Page = page }, "group").RunAsync();

        Assert.Equal(["a[0/0,0/1,0/1]", "b[0/1,0/0,0/0]"], page.Lines);
    }

    [Fact]
    public async Task A_group_whose_first_member_is_rejected_is_led_by_the_next()
    {
        var (page, bad) = (new Page(), new Page());
        MemoryReader reader = Reader(Keys) with { Make = i => i == 0 ? throw Samples.Bad("a/3") : Numbered(Keys, i) };

        RunResult result = await new Graphs { Chunks = new(2) }
            .Add("read", reader, ErrorPolicy.Reject)
            .Add("group", ByFolder, "read")
            .Add("write", new MemoryWriter { Page = page }, "group")
            .Add("bad", new MemoryWriter { Page = bad }, "errors").RunAsync();

        Assert.Equal(["b[0/1,0/4]", "a[0/2,0/5]", "c[0/3]"], page.Lines);
        Assert.Equal(["a/3[] !read:BAD"], bad.Lines);
        Assert.Equal(5, result.Ledger.Stages[1].Samples.In);
    }

    [Fact]
    public async Task A_bad_member_fails_the_chunk_of_its_group()
    {
        MemoryReader reader = Reader(Keys) with { Make = i => i == 4 ? throw Samples.Bad("b/2") : Numbered(Keys, i) };
        var page = new Page();
        Graphs graph = new Graphs { Chunks = new(1) }.Add("read", reader)
            .Add("group", ByFolder, "read")
            .Add("write", new MemoryWriter { Page = page }, "group");

        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());

        Assert.Equal("sample 'b/2' in stage 'read'", Assert.Single(e.Problems).Record);
        Assert.Equal(["a"], page.Keys);
    }

    [Fact]
    public async Task A_bad_group_leaves_by_the_errors_port_once_and_a_sample_without_a_group_too()
    {
        var (page, bad) = (new Page(), new Page());
        var gather = new Gather(c => c.Observed!)
        {
            Look = s => s.Key == "c/9" ? throw Samples.Bad("c/9") : s.Key[..1],
            OnForm = (key, _) =>
            {
                if (key == "b") throw Samples.Bad(key);
            },
        };

        RunResult result = await new Graphs { Chunks = new(2) }
            .Add("read", Reader(Keys))
            .Add("group", gather, ErrorPolicy.Reject, "read")
            .Add("write", new MemoryWriter { Page = page }, "group")
            .Add("bad", new MemoryWriter { Page = bad }, "errors").RunAsync();

        Assert.Equal(["a"], page.Keys);
        Assert.Equal(["b/1", "c/9"], bad.Keys);
        Account samples = result.Ledger.Stages[1].Samples;
        Assert.Equal((6, 1, 2, 3), (samples.In, samples.Out, samples.Rejected, samples.Dropped["grouped"]));
    }

    [Fact]
    public async Task What_is_grouped_is_joined_by_its_new_keys()
    {
        var page = new Page();

        await new Graphs { Chunks = new(2) }
            .Add("read", Reader(Keys))
            .Add("late", Select.Where(key => key != "a/3"), "read")
            .Add("all", ByFolder, "read")
            .Add("some", ByFolder, "late")
            .Add("join", Align.Together(JoinKeys.First), "all", "some")
            .Add("write", new MemoryWriter { Page = page }, "join").RunAsync();

        Assert.Equal(["a[0/0,0/2,0/5,0/2,0/5]", "b[0/1,0/4,0/1,0/4]", "c[0/3,0/3]"], page.Lines);
    }

    [Fact]
    public void A_key_that_names_no_group_fails_the_plan()
    {
        Graphs graph = new Graphs().Add("read", Reader(Keys))
            .Add("group", new Gather(c => throw Samples.Bad(c.Key)), "read");

        var e = Assert.Throws<BadDataException>(() => PipelinePlan.Open(graph.Graph));

        Assert.Equal("stage 'group'", Assert.Single(e.Problems).Record);
    }

    private static MemoryReader Reader(params string[] keys) =>
        new(keys) { Make = i => Numbered(keys, i) };

    private static Sample Numbered(string[] keys, int entry) => Samples.Of(keys[entry], instances: 1, score: entry);
}
