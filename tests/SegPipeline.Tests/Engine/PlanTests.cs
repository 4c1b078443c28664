using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>What is known before anything runs.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData(4, 1000, "4 4 2")]
    [InlineData(100, 10, "4 3 3")]
    [InlineData(3, 10, "3 3 3 1")]
    [InlineData(100, 1, "1 1 1 1 1 1 1 1 1 1")]
    [InlineData(100, 1000, "10")]
    public void Plans_are_cut_by_count_and_by_cost(int samples, long costBytes, string counts)
    {
        var reader = MemoryReader.Numbered(10) with { CostBytes = i => i < 4 ? 2 : 3 };
        using var plan = PipelinePlan.Open(new Graphs { Chunks = new(samples, costBytes) }.Add("read", reader).Graph);
        Assert.Equal(counts, string.Join(' ', plan.Chunks.Chunks.Select(c => c.Count)));
        Assert.Equal(Enumerable.Range(0, plan.Chunks.Chunks.Length), plan.Chunks.Chunks.Select(c => c.Number));
        Assert.Equal(26, plan.Chunks.Chunks.Sum(c => c.CostBytes));
        Assert.Equal(Enumerable.Range(0, 10), plan.Chunks.Chunks.SelectMany(c => plan.Chunks.EntriesOf(c).ToArray()));
    }

    [Fact]
    public void What_is_not_needed_is_in_no_chunk_and_a_reader_has_one_all_the_same()
    {
        using var plan = PipelinePlan.Open(new Graphs { Chunks = new(2) }
            .Add("left", MemoryReader.Numbered(10))
            .Add("right", MemoryReader.Numbered(10))
            .Add("odd", Select.Where(key => key[^1] % 2 == 1), "left")
            .Add("join", Align.Together(JoinKeys.First), "odd", "right").Graph);
        Assert.Equal([(0, 2), (0, 2), (0, 1), (1, 0)], plan.Chunks.Chunks.Select(c => (c.Node, c.Count)));
        Assert.Equal([1, 3, 5, 7, 9], plan.Chunks.EntriesOf(0).AsEnumerable());
        Assert.Equal(5, plan.Chunks.Samples);
        Assert.Equal(20, plan.PlannedSamples.Values.Sum());
        Assert.Equal(["k0001", "k0003", "k0005", "k0007", "k0009"], plan.Chosen.Single().Keys.AsEnumerable());
    }

    [Fact]
    public void A_sample_costs_what_is_looked_up_for_it_too()
    {
        using var plan = PipelinePlan.Open(new Graphs { Chunks = new(10, 1000) }
            .Add("left", new MemoryReader("a", "b", "c") { CostBytes = _ => 1 })
            .Add("right", new MemoryReader("c", "a") { CostBytes = i => i == 0 ? 30 : 500 })
            .Add("join", Align.Together(JoinKeys.First), "left", "right").Graph);
        Assert.Equal(533, plan.Chunks.Chunks[0].CostBytes);
    }

    [Fact]
    public void All_stages_that_cannot_work_on_their_dataset_are_told_at_once()
    {
        MemoryReader one = MemoryReader.Numbered(1), two = MemoryReader.Numbered(1);
        var graph = new Graphs()
            .Add("one", one with { Defects = [("x", new Problem("LOST", "lost"))] })
            .Add("two", two)
            .Add("first", new Refusing("first"), "one")
            .Add("behind", new Refusing("behind"), "first")
            .Add("second", new Refusing("second"), "two").Graph;
        var e = Assert.Throws<BadDataException>(() => PipelinePlan.Open(graph));
        Assert.Equal(["bad first", "bad second", "lost"], e.Problems.Select(p => p.Message));
        Assert.Equal(["stage 'first'", "stage 'second'", "stage 'one'"], e.Problems.Select(p => p.Record));
        Assert.True(one.Log.IsClosed && two.Log.IsClosed);
    }

    [Fact]
    public void Readers_follow_each_other_as_the_first_stage_that_joins_them_takes_them()
    {
        using var plan = PipelinePlan.Open(new Graphs()
            .Add("a", MemoryReader.Numbered(1))
            .Add("b", MemoryReader.Numbered(1))
            .Add("c", MemoryReader.Numbered(1))
            .Add("ba", Apply.Nothing, "b", "a")
            .Add("ab", Apply.Nothing, "a", "b")
            .Add("cba", Apply.Nothing, "c", "ba").Graph);
        Assert.Equal([2, 1, 0], plan.Chunks.Chunks.Select(c => c.Node));
        var warning = Assert.Single(plan.Warnings);
        Assert.Equal("ab", warning.Node);
        Assert.Contains("'b' come before those of 'a'", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Datasets_that_meet_in_a_stage_keep_the_categories_of_both()
    {
        using var plan = PipelinePlan.Open(Meeting(Category(1, "cat"), Category(2, "dog")));
        Assert.Equal(["cat", "dog"], plan.Infos[2].Taxonomy.Categories.Select(c => c.Name));
    }

    [Fact]
    public void Datasets_that_meet_must_not_call_one_category_two_names()
    {
        var e = Assert.Throws<BadDataException>(() =>
            PipelinePlan.Open(Meeting(Category(1, "cat"), Category(1, "dog"))));
        Assert.Equal("TAXONOMY_CLASH", e.Problems[0].Code);
    }

    [Fact]
    public void Images_and_videos_do_not_meet()
    {
        var graph = new Graphs()
            .Add("images", MemoryReader.Numbered(1))
            .Add("videos", MemoryReader.Numbered(1) with { Info = new() { Kind = SampleKind.Video } })
            .Add("both", Apply.Nothing, "images", "videos").Graph;
        Assert.Equal("KINDS_MIXED", Assert.Throws<BadDataException>(() => PipelinePlan.Open(graph)).Problems[0].Code);
    }

    [Fact]
    public async Task A_plan_can_be_run_again()
    {
        var page = new Page();
        using var plan = PipelinePlan.Open(new Graphs()
            .Add("read", MemoryReader.Numbered(5))
            .Add("write", new MemoryWriter { Page = page }, "read").Graph);
        var options = new RunOptions { Release = new NoRelease() };
        await PipelineRun.ExecuteAsync(plan, options, default).WaitAsync(Graphs.Limit);
        await PipelineRun.ExecuteAsync(plan, options, default).WaitAsync(Graphs.Limit);
        Assert.Equal(10, page.Lines.Count);
    }

    [Fact]
    public void Graphs_that_cannot_run_are_refused_by_name()
    {
        ImmutableArray<PortRef> first = [new PortRef(0, 0)];
        var read = new GraphNode("read", MemoryReader.Numbered(1), []);
        Refuse("'read' has a name", read, read);
        Refuse("'read' is a reader and has inputs", read with { Inputs = [PortRef.Errors] });
        Refuse("'write' has no input", new GraphNode("write", new MemoryWriter(), []));
        Refuse("'t' takes from a stage that does not come before", new GraphNode("t", Apply.Nothing, first));
        Refuse("'t' takes from a port", read, new GraphNode("t", Apply.Nothing, [new PortRef(0, 1)]));
        Refuse("'j' has a number of inputs", read, new GraphNode("j", Align.Together(JoinKeys.First), first));
        Refuse("'s' stands behind the errors port", new GraphNode("s", Select.Where(_ => true), [PortRef.Errors]));
        Refuse("'t' has a concurrency", read, new GraphNode("t", Apply.Nothing, first) { Concurrency = 0 });
    }

    private static void Refuse(string sentence, params GraphNode[] nodes)
    {
        var e = Assert.Throws<ArgumentException>(() => PipelinePlan.Open(new PipelineGraph("g", 0, [.. nodes])));
        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    private static Category Category(long id, string name) => new(new RecordId(id), name);

    private static PipelineGraph Meeting(Category one, Category other)
    {
        DatasetInfo Info(Category category) => new() { Taxonomy = new Taxonomy([category], IsDeclared: true) };
        return new Graphs()
            .Add("one", MemoryReader.Numbered(1) with { Info = Info(one) })
            .Add("other", MemoryReader.Numbered(1) with { Info = Info(other) })
            .Add("both", Apply.Nothing, "one", "other").Graph;
    }

    private sealed record Refusing(string Name) : Transform
    {
        public override DatasetInfo Describe(DatasetInfo input) => throw Samples.Bad(Name);

        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => (_, _) => { };
    }
}
