using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule check</c>: finds everything that is wrong with a schedule and its pipelines.</summary>
internal static class ScheduleCheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        var command = new Command("check", "show everything that is wrong with a schedule and its pipelines") { file };
        command.SetAction(parsed =>
        {
            string named = parsed.GetRequiredValue(file);
            if (ScheduleInput.LoadSound(named, terminal) is not { } schedule) return (int)ExitCode.BadConfig;
            terminal.Out.WriteLine($"{named}: no problems in {Quantity.Count(schedule.Jobs.Length, "job")}");
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
