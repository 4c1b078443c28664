using SegPipeline.Engine;

namespace SegPipeline.Cli.Progress;

/// <summary>How far a phase of a run has come and how long it will still take.</summary>
/// <param name="At">The engine's count.</param>
/// <param name="PerSecond">Samples a second, of the last seconds; 0 before anything can be said.</param>
/// <param name="Remaining">Time to the end of the phase at that rate; null before anything can be said.</param>
internal readonly record struct ProgressReading(RunProgress At, double PerSecond, TimeSpan? Remaining)
{
    /// <summary>Whole percent, rounded down: 100 means done. Null while there is nothing to count.</summary>
    public int? Percent => At.TotalSamples > 0 ? (int)(At.DoneSamples * 100 / At.TotalSamples) : null;
}

/// <summary>Turns counts into rates: over the last seconds, so that a slow start is soon forgotten.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class ProgressMeter(TimeProvider clock)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(15);

    private readonly Queue<(long Time, long Done)> _history = new();
    private RunProgress _at;

    /// <summary>Takes a count.</summary>
    public void Take(RunProgress progress)
    {
        if (progress.Phase != _at.Phase) _history.Clear();
        _at = progress;
        long now = clock.GetTimestamp();
        while (_history.Count > 1 && clock.GetElapsedTime(_history.Peek().Time, now) > Span) _history.Dequeue();
        _history.Enqueue((now, progress.DoneSamples));
    }

    /// <summary>What can be said now.</summary>
    public ProgressReading Read()
    {
        if (_history.Count == 0) return new ProgressReading(_at, 0, null);
        var (since, doneThen) = _history.Peek();
        double seconds = clock.GetElapsedTime(since).TotalSeconds;
        double perSecond = seconds > 0 ? (_at.DoneSamples - doneThen) / seconds : 0;
        long left = _at.TotalSamples - _at.DoneSamples;
        return new ProgressReading(_at, perSecond, perSecond > 0 ? TimeSpan.FromSeconds(left / perSecond) : null);
    }
}
