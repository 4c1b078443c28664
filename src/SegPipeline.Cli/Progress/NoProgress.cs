namespace SegPipeline.Cli.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgressView
{
    /// <inheritdoc/>
    public TimeSpan Interval => Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public bool IsAlive => false;

    /// <inheritdoc/>
    public void Show(ProgressReading reading) { }

    /// <inheritdoc/>
    public void Close() { }
}
