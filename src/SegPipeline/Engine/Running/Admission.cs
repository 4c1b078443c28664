namespace SegPipeline.Engine.Running;

/// <summary>
/// Decides when the next chunk may begin: while fewer than the window are under way and its cost fits the byte budget
/// beside theirs. A chunk above the budget begins when nothing else is under way, and runs alone. What has been
/// admitted never waits for memory again. One caller enters, any thread leaves.
/// </summary>
/// <param name="window">Most chunks under way.</param>
/// <param name="budgetBytes">Most bytes under way.</param>
internal sealed class Admission(int window, long budgetBytes)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _left;
    private int _chunks;
    private long _bytes;

    /// <summary>Waits until a chunk may begin, and counts it as under way.</summary>
    /// <param name="costBytes">What it costs.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task EnterAsync(long costBytes, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Task left;
            lock (_lock)
            {
                if (_chunks == 0 || (_chunks < window && costBytes <= budgetBytes - _bytes))
                {
                    _chunks++;
                    _bytes += costBytes;
                    return;
                }
                _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                left = _left.Task;
            }
            await left.WaitAsync(cancel);
        }
    }

    /// <summary>A chunk is no longer under way.</summary>
    /// <param name="costBytes">What it cost.</param>
    public void Leave(long costBytes)
    {
        lock (_lock)
        {
            _chunks--;
            _bytes -= costBytes;
            _left?.TrySetResult();
            _left = null;
        }
    }
}
