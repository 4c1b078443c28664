using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Progress;

/// <summary>Progress for machines: an event about once a second.</summary>
internal sealed class ProgressEvents(JsonLines lines) : IProgressView
{
    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public bool IsAlive => false;

    /// <inheritdoc/>
    public void Show(ProgressReading reading) => lines.Write("progress", json =>
    {
        json.WriteString("phase", reading.At.Phase);
        json.WriteNumber("done", reading.At.DoneSamples);
        json.WriteNumber("total", reading.At.TotalSamples);
        json.WriteNumber("per_second", Math.Round(reading.PerSecond, 1));
        if (reading.Remaining is { } left) json.WriteNumber("seconds_left", Math.Round(left.TotalSeconds, 1));
    });

    /// <inheritdoc/>
    public void Close() { }
}
