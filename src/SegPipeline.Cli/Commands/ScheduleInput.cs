using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;

namespace SegPipeline.Cli.Commands;

/// <summary>Loads the schedule that a command works on.</summary>
internal static class ScheduleInput
{
    /// <summary>Loads a schedule, and tells the user about everything that is wrong with it.</summary>
    /// <returns>The schedule; null when there were problems.</returns>
    public static Schedule? LoadSound(string file, Terminal terminal)
    {
        LoadedSchedule loaded = ScheduleFile.Load(terminal.Resolve(file), terminal.Clock);
        terminal.WriteProblems(loaded.Problems);
        return loaded.Schedule;
    }
}
