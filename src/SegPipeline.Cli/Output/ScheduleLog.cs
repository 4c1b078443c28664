using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Output;

/// <summary>Tells what a scheduler does: a line each, with the time. Any thread.</summary>
internal sealed class ScheduleLog(Terminal terminal)
{
    private readonly Lock _gate = new();

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            terminal.Out.WriteLine($"{HistoryText.Of(terminal.Clock.GetUtcNow())} {line}");
            terminal.Out.Flush();
        }
    }
}
