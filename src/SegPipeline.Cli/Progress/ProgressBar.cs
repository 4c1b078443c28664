using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Progress;

/// <summary>One line on a terminal, drawn over and over: phase, bar, percent, count, rate, time left.</summary>
internal sealed class ProgressBar(Terminal terminal) : IProgressView
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 10;
    private const string ClearLine = "\r\e[K";

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public bool IsAlive => true;

    /// <inheritdoc/>
    public void Show(ProgressReading reading)
    {
        // The last column stays free: a terminal that wraps there would begin a new line each time.
        int width = Math.Max(terminal.WidthChars() - 1, NarrowestBar);
        string line = Line(reading, width);
        terminal.Error.Write(ClearLine + line[..Math.Min(line.Length, width)]);
        terminal.Error.Flush();
    }

    /// <inheritdoc/>
    public void Close()
    {
        terminal.Error.Write(ClearLine);
        terminal.Error.Flush();
    }

    private static string Line(ProgressReading reading, int width)
    {
        string phase = reading.At.Phase;
        string text = ProgressText.Of(reading);
        int bar = Math.Min(width - text.Length - phase.Length - " [] ".Length, WidestBar);
        if (reading.Percent is null || bar < NarrowestBar) return $"{phase}  {text}";
        int full = (int)(bar * reading.At.DoneSamples / reading.At.TotalSamples);
        return $"{phase} [{new string('=', full)}{new string(' ', bar - full)}] {text}";
    }
}
