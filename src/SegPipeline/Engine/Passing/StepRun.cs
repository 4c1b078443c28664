using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Takes batches through the steps of nodes.</summary>
/// <param name="shape">The graph.</param>
/// <param name="steps">The step of each node; null for writers, and for a node until it is compiled.</param>
internal sealed class StepRun(GraphShape shape, Step?[] steps)
{
    private readonly SemaphoreSlim?[] _gates = [.. shape.Graph.Nodes.Select(node =>
        node.Concurrency is { } most ? new SemaphoreSlim(most) : null)];

    /// <summary>
    /// Takes a batch through compiled nodes, in their order; ends behind the first that found a problem, so that no
    /// other stage complains about what is missing then.
    /// </summary>
    public void Run(Batch batch, int[] nodes)
    {
        bool sorted = false;
        foreach (int n in nodes)
        {
            if (!shape.Lineages[n][batch.Source]) continue;
            if (shape.BehindErrors[n] && !sorted)
            {
                batch.SortErrors();
                sorted = true;
            }
            Gated(n, () => steps[n]!.Run(batch));
            if (batch.Problems.Count > 0) return;
            batch.Trace?.Take(n, batch);
        }
        if (!sorted) batch.SortErrors();
        batch.Trace?.TakeErrors(batch);
    }

    /// <summary>Does a node's work when there is room for one more batch inside it.</summary>
    public void Gated(int node, Action work)
    {
        // A node never waits for one further down, so waits cannot close into a circle.
        _gates[node]?.Wait();
        try
        {
            work();
        }
        finally
        {
            _gates[node]?.Release();
        }
    }
}
