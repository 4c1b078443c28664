using System.Collections.Concurrent;
using SegPipeline.Engine.Planning;

namespace SegPipeline.Engine.Passing;

/// <summary>Batches that are used again and again. Safe on several threads.</summary>
/// <param name="shape">The graph they pass.</param>
internal sealed class BatchPool(GraphShape shape)
{
    private readonly ConcurrentBag<Batch> _idle = [];

    /// <summary>Uses a batch that is empty; nothing of it may be kept.</summary>
    public TResult Use<TResult>(Func<Batch, TResult> use)
    {
        if (!_idle.TryTake(out Batch? batch)) batch = new Batch(shape);
        try
        {
            return use(batch);
        }
        finally
        {
            batch.Clear();
            _idle.Add(batch);
        }
    }
}
