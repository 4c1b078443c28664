using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Systemd;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule export systemd</c>: writes units of systemd.</summary>
internal static class ScheduleExportSystemdCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        var to = new Option<string>("--to")
        {
            Description = "folder for the units",
            HelpName = "folder",
            DefaultValueFactory = _ => ".",
        };
        var timers = new Option<bool>("--timers")
        {
            Description = "a timer for each job instead of one service that is the scheduler",
        };
        var command = new Command("systemd", "write units of systemd") { file, to, timers };
        command.SetAction(parsed =>
        {
            if (ScheduleInput.LoadSound(parsed.GetRequiredValue(file), terminal) is not { } schedule)
                return (int)ExitCode.BadConfig;
            IReadOnlyList<SystemdUnit>? units = parsed.GetValue(timers)
                ? Timers(schedule, terminal)
                : [SystemdUnits.Scheduler(schedule)];
            if (units is null) return (int)ExitCode.BadConfig;
            Write(units, terminal.Resolve(parsed.GetRequiredValue(to)), terminal);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static List<SystemdUnit>? Timers(Schedule schedule, Terminal terminal)
    {
        var units = new List<SystemdUnit>();
        bool good = true;
        foreach (ScheduledJob job in schedule.Jobs)
        {
            try
            {
                units.AddRange(SystemdUnits.Job(schedule, job));
            }
            catch (FormatException e)
            {
                terminal.WriteError(terminal.Shorten(schedule.File), $"job '{job.Name}': {e.Message}");
                good = false;
            }
        }
        return good ? units : null;
    }

    private static void Write(IReadOnlyList<SystemdUnit> units, string folder, Terminal terminal)
    {
        Directory.CreateDirectory(folder);
        foreach (SystemdUnit unit in units)
        {
            string path = Path.Combine(folder, unit.Name);
            File.WriteAllText(path, unit.Text);
            terminal.Out.WriteLine(terminal.Shorten(path));
        }
        IEnumerable<string> started = units.Select(u => u.Name)
            .Where(name => units.Count == 1 || name.EndsWith(".timer", StringComparison.Ordinal));
        terminal.Out.WriteLine("Put them into /etc/systemd/system or ~/.config/systemd/user, then: " +
            $"systemctl [--user] enable --now {string.Join(' ', started)}");
    }
}
