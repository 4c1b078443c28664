using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine;

/// <summary>Takes batches through the steps of the nodes that are ready to run.</summary>
internal sealed class StepRun
{
    private readonly GraphShape _shape;
    private readonly Step?[] _steps;
    private readonly SemaphoreSlim?[] _gates;

    /// <summary>Runs steps.</summary>
    /// <param name="shape">The graph.</param>
    /// <param name="steps">The step of each node; null for writers, and for a node until it is compiled.</param>
    /// <param name="gates">For each node what bounds the batches inside it; null where nothing does.</param>
    public StepRun(GraphShape shape, Step?[] steps, SemaphoreSlim?[] gates)
    {
        _shape = shape;
        _steps = steps;
        _gates = gates;
    }

    /// <summary>
    /// Takes a batch through compiled nodes, in their order; ends behind the first that found a problem, so that no
    /// other stage complains about what is missing then.
    /// </summary>
    public void Run(Batch batch, int[] nodes)
    {
        bool sorted = false;
        foreach (int n in nodes)
        {
            if (!_shape.Lineages[n][batch.Source]) continue;
            if (_shape.BehindErrors[n] && !sorted)
            {
                batch.SortErrors();
                sorted = true;
            }
            Gated(n, () => _steps[n]!.Run(batch));
            if (batch.Problems.Count > 0) return;
        }
        if (!sorted) batch.SortErrors();
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
