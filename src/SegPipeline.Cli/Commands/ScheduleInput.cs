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

    /// <summary>The history of a schedule, whose pipelines may have problems of their own.</summary>
    /// <returns>Its full path; null when the schedule itself had problems, which the user has been told.</returns>
    public static string? HistoryOf(string file, Terminal terminal)
    {
        LoadedSchedule loaded = ScheduleFile.Load(terminal.Resolve(file), terminal.Clock);
        if (loaded.HistoryFile is null) terminal.WriteProblems(loaded.Problems);
        return loaded.HistoryFile;
    }
}
