using SegPipeline.Cli.Scheduling.Files;

namespace SegPipeline.Cli.Scheduling.Systemd;

/// <summary>A unit file of systemd.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SystemdUnit(string Name, string Text);

/// <summary>Writes units for a schedule: a service that is the scheduler, or one for each job with a timer.</summary>
internal static class SystemdUnits
{
    /// <summary>The scheduler as a service.</summary>
    public static SystemdUnit Scheduler(Schedule schedule) => new("segpipe-schedule.service", $"""
        [Unit]
        Description=Scheduler of SegPipeline ({Plain(Path.GetFileName(schedule.File))})

        [Service]
        Type=exec
        WorkingDirectory={Plain(schedule.Folder)}
        ExecStart={Command("schedule", "run", schedule.File)}
        # The scheduler tells its run to end such that it can be resumed, and waits for it.
        KillMode=mixed
        TimeoutStopSec=5min
        Restart=on-failure
        RestartSec=10
        # A schedule, history or command line that is wrong does not become right by trying again.
        RestartPreventExitStatus=2 65 78

        [Install]
        WantedBy=default.target

        """);

    /// <summary>A job as a service and a timer.</summary>
    /// <exception cref="FormatException">Systemd cannot do what the job asks for.</exception>
    public static IEnumerable<SystemdUnit> Job(Schedule schedule, ScheduledJob job)
    {
        if (job.Policy.Overlap == Overlap.Queue)
            throw new FormatException("systemd cannot queue runs (overlap: queue); export without --timers");
        if (job.Policy.CatchUp.Missed == Missed.All)
            throw new FormatException("systemd catches up one run at most (catch_up: all); export without --timers");
        string calendar = string.Concat(SystemdCalendar.Of(job.Times).Select(c => $"OnCalendar={c}\n"));
        yield return new SystemdUnit($"segpipe-{job.Name}.service", $"""
            [Unit]
            Description=Job {job.Name} of SegPipeline

            [Service]
            Type=oneshot
            WorkingDirectory={Plain(schedule.Folder)}
            ExecStart={Command("schedule", "now", schedule.File, job.Name, "--if-changed")}
            KillMode=mixed
            TimeoutStopSec=5min

            """);
        yield return new SystemdUnit($"segpipe-{job.Name}.timer", $"""
            [Unit]
            Description=Due times of the job {job.Name} of SegPipeline ({Plain(job.Times.Text)})

            [Timer]
            {calendar}AccuracySec=1s
            Persistent={(job.Policy.CatchUp.Missed == Missed.One ? "true" : "false")}

            [Install]
            WantedBy=timers.target

            """);
    }

    private static string Command(params string[] arguments) =>
        string.Join(' ', OwnProgram.CommandLine.Concat(arguments).Select(Quoted));

    /// <summary>A word of a command line, as systemd.service(5) reads it.</summary>
    private static string Quoted(string word) => '"' + Plain(word)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("$", "$$", StringComparison.Ordinal) + '"';

    private static string Plain(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
