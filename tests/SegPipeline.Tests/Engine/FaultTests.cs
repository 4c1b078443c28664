using SegPipeline.Engine;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>A stage that breaks its word is named, and the data is not blamed.</summary>
public sealed class FaultTests
{
    private static readonly Apply Loses = new((_, _) => { });
    private static readonly Apply Doubles = new((s, o) => { o.Emit(s); o.Emit(s); });
    private static readonly Apply TakesInstances = new((s, o) => o.Emit(s with { Instances = [] }));
    private static readonly Apply AddsInstances = new((s, o) => o.Emit(s with { Instances = [new(), new(), new()] }));
    private static readonly Apply SwapsTheSample = new((s, o) =>
    {
        o.DropSample("old");
        o.Emit(s with { Instances = [] });
        o.Count(Tally.SamplesAdded, "new", 1);
    });
    private static readonly Apply MissesThePort = new((s, o) => o.Emit(s, port: 1));
    private static readonly Apply CountsBackwards = new((_, o) => o.Count(Tally.SamplesDropped, "odd", -1));
    private static readonly Apply Breaks = new((_, _) => throw new KeyNotFoundException());
    private static readonly Apply CallsItselfOff = new((_, _) => throw new OperationCanceledException());
    private static readonly Apply PretendsToKeep = new((_, o) => o.DropSample("whim")) { Keeps = true };
    private static readonly Apply Renames = new((s, o) => o.Emit(s with { Key = "other" })) { Keeps = true };
    private static readonly Select SaysTooLittle = new(_ => []);
    private static readonly Select KnowsNoPort = new(all => all.Select(_ => new Choice(1)));
    private static readonly Select GivesNoReason = new(all => all.Select(_ => new Choice(-1)));
    private static readonly Select CannotDecide = new(_ => throw new KeyNotFoundException());

    public static TheoryData<string> Faults => [.. Stages.Keys];

    private static Dictionary<string, Stage> Stages => new()
    {
        ["loses"] = Loses,
        ["doubles"] = Doubles,
        ["takes instances"] = TakesInstances,
        ["adds instances"] = AddsInstances,
        ["swaps the sample"] = SwapsTheSample,
        ["misses the port"] = MissesThePort,
        ["counts backwards"] = CountsBackwards,
        ["breaks"] = Breaks,
        ["calls itself off"] = CallsItselfOff,
        ["pretends to keep"] = PretendsToKeep,
        ["renames"] = Renames,
        ["says too little"] = SaysTooLittle,
        ["knows no port"] = KnowsNoPort,
        ["gives no reason"] = GivesNoReason,
        ["cannot decide"] = CannotDecide,
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stage_at_fault_is_named_whatever_its_error_policy(string fault)
    {
        var page = new Page();
        var reader = MemoryReader.Numbered(12);
        var graph = new Graphs()
            .Add("read", reader)
            .Add(fault, Stages[fault], ErrorPolicy.Reject, "read")
            .Add("write", new MemoryWriter { Page = page }, fault)
            .Add("rejects", new MemoryWriter(), "errors");
        var e = await Assert.ThrowsAsync<EngineFaultException>(() => graph.RunAsync());
        Assert.Equal(fault, e.Stage);
        Assert.Empty(page.Lines);
        Assert.True(reader.Log.IsClosed && page.IsClosed);
    }

    [Fact]
    public async Task A_reader_that_reads_another_sample_than_it_planned_is_at_fault()
    {
        var graph = new Graphs().Add("read", MemoryReader.Numbered(1) with { Make = _ => Samples.Of("other") });
        Assert.Equal("read", (await Assert.ThrowsAsync<EngineFaultException>(() => graph.RunAsync())).Stage);
    }

    [Fact]
    public async Task A_reader_that_plans_a_key_twice_is_at_fault()
    {
        var graph = new Graphs().Add("read", new MemoryReader("a", "b", "a"));
        Assert.Equal("read", (await Assert.ThrowsAsync<EngineFaultException>(() => graph.RunAsync())).Stage);
    }

    [Fact]
    public async Task A_sample_for_two_ports_is_accounted_for_by_counting_it_as_added()
    {
        var both = new Apply(
            (s, o) =>
            {
                o.Emit(s);
                o.Emit(s, port: 1);
                o.Count(Tally.SamplesAdded, "copy", 1);
                o.Count(Tally.InstancesAdded, "copy", s.Instances.Length);
            }, "a", "b");
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(5))
            .Add("both", both, "read")
            .Add("write", new MemoryWriter(), "both.a", "both.b")
            .RunAsync();
        LedgerEntry entry = result.Ledger.Stages[1];
        Assert.Equal((5, 10, 5), (entry.Samples.In, entry.Samples.Out, entry.Instances.Added["copy"]));
        Assert.Equal(10, result.Ledger.Stages[2].Samples.Out);
    }

    [Fact]
    public async Task Instances_of_a_dropped_sample_are_dropped_for_its_reason_beyond_those_dropped_before()
    {
        var clean = new Apply((_, o) =>
        {
            o.Count(Tally.InstancesDropped, "crowd", 1);
            o.DropSample("empty");
        });
        RunResult result = await new Graphs()
            .Add("read", MemoryReader.Numbered(5) with { Make = i => Samples.Of($"k{i:D4}", instances: 3) })
            .Add("clean", clean, "read")
            .RunAsync();
        Assert.Equal(5, result.Ledger.Stages[1].Instances.Dropped["crowd"]);
        Assert.Equal(10, result.Ledger.Stages[1].Instances.Dropped["empty"]);
    }

    [Fact]
    public void An_account_that_does_not_balance_is_seen()
    {
        var counts = new NodeCounts(1) { SamplesIn = 2, SamplesOut = 1 };
        LedgerEntry entry = LedgerLine.Of(new GraphNode("n", Apply.Nothing, []), counts);
        Assert.False(entry.Samples.Balances);
        counts.Add(Tally.SamplesDropped, "why", 1);
        Assert.True(LedgerLine.Of(new GraphNode("n", Apply.Nothing, []), counts).Samples.Balances);
    }
}
