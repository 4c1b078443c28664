using SegPipeline.Engine.Planning;
using SegPipeline.Model;

namespace SegPipeline.Engine.Passing;

/// <summary>A node as a worker sees it. Safe on several threads, each with a batch of its own.</summary>
/// <param name="node">Number of the node.</param>
/// <param name="needed">The entries that have to pass through it; null for all.</param>
internal abstract class Step(int node, EntrySet? needed)
{
    /// <summary>Number of the node.</summary>
    protected int Node => node;

    /// <summary>Takes what stands at the inputs of the node and puts what it makes of it at its ports.</summary>
    public abstract void Run(Batch batch);

    /// <summary>Whether the entry passes here: a chunk may hold some that only another branch needs.</summary>
    protected bool Passes(Batch batch, int entry) =>
        needed is null || batch.Purpose == BatchPurpose.Lookup || needed.Has(batch.Source, entry);
}
