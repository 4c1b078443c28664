using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>Graphs of any shape do what they mean.</summary>
public sealed class RandomGraphTests
{
    private const int Batches = 10;
    private const int PerBatch = 60;

    public static TheoryData<int> BatchNumbers => [.. Enumerable.Range(0, Batches)];

    [Theory]
    [MemberData(nameof(BatchNumbers))]
    public async Task Any_graph_finishes_and_writes_what_a_sequential_run_would(int batch)
    {
        for (int seed = batch * PerBatch; seed < (batch + 1) * PerBatch; seed++) await CompareAsync(seed);
    }

    private static async Task CompareAsync(int seed)
    {
        var random = RandomGraph.Of(seed);
        ReferenceRun? expected = Expected(random.Graph);
        var options = new RunOptions
        {
            Release = new NoRelease(),
            Workers = 1 + seed % 5,
            Window = 1 + seed % 7,
            MemoryBytes = seed % 3 == 0 ? 1 : 50,
        };
        if (expected is null)
        {
            await Assert.ThrowsAsync<BadDataException>(() => Graphs.RunAsync(random.Graph, options));
            return;
        }
        RunResult result = await Graphs.RunAsync(random.Graph, options);
        foreach ((string name, Page page) in random.Pages)
            Assert.True(expected.Written[name].SequenceEqual(page.Lines, StringComparer.Ordinal),
                $"graph {seed}, {name}: expected {string.Join(' ', expected.Written[name])}, " +
                $"found {string.Join(' ', page.Lines)}");
        Assert.All(result.Ledger.Stages, (entry, n) => Assert.True(expected.In[n] == CameIn(entry),
            $"graph {seed}, {entry.Stage}: expected {expected.In[n]} samples in, found {entry}"));
    }

    private static long CameIn(LedgerEntry entry) => entry.Samples.In;

    private static ReferenceRun? Expected(PipelineGraph graph)
    {
        try
        {
            using PipelinePlan plan = PipelinePlan.Open(graph);
            return ReferenceRun.Of(graph, plan.Chunks.Chunks.Select(c => c.Node).Distinct());
        }
        catch (BadDataException)
        {
            return null;
        }
    }
}
