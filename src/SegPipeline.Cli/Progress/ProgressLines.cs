using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Progress;

/// <summary>A line every few seconds: for logs, where nothing can be drawn over.</summary>
internal sealed class ProgressLines(Terminal terminal) : IProgressView
{
    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public bool IsAlive => false;

    /// <inheritdoc/>
    public void Show(ProgressReading reading) =>
        terminal.Error.WriteLine($"{reading.At.Phase}: {ProgressText.Of(reading).TrimStart()}");

    /// <inheritdoc/>
    public void Close() { }
}
