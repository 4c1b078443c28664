using System.CommandLine;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule</c>: runs pipelines at set times.</summary>
internal static class ScheduleCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => new("schedule", "run pipelines at set times")
    {
        ScheduleRunCommand.Create(terminal),
        ScheduleCheckCommand.Create(terminal),
        ScheduleNextCommand.Create(terminal),
        ScheduleNowCommand.Create(terminal),
        new Command("export", "write a schedule for another program")
        {
            ScheduleExportSystemdCommand.Create(terminal),
        },
    };

    /// <summary>The argument that names the schedule file.</summary>
    public static Argument<string> FileArgument() => new("schedule") { Description = "the schedule file" };
}
