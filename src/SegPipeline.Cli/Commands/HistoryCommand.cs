using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe history</c>: tells what became of the runs of a schedule.</summary>
internal static class HistoryCommand
{
    private const int Standard = 20;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("schedule") { Description = "the schedule file, or its history (*.db)" };
        var job = new Option<string?>("--job") { Description = "only runs of this job", HelpName = "name" };
        Option<int> limit = Numbers.Above(0, "--limit", "most runs to show, the latest", Standard);
        var failed = new Option<bool>("--failed") { Description = "only runs that failed, tried again or not" };
        var json = new Option<bool>("--json") { Description = "tell the runs as JSON, one object a line" };
        var command = new Command("history", "show when the jobs of a schedule ran, and what became of them")
            { file, job, limit, failed, json };
        command.SetAction(parsed =>
        {
            if (FileOf(parsed.GetRequiredValue(file), terminal) is not { } database) return (int)ExitCode.BadConfig;
            using HistoryDatabase history = HistoryDatabase.OpenExisting(database);
            RunState[] states = parsed.GetValue(failed) ? [RunState.Failed, RunState.Retrying] : [];
            List<RunRow> rows = history.Latest(parsed.GetValue(job), states, parsed.GetValue(limit));
            if (parsed.GetValue(json)) HistoryTable.WriteJson(rows, terminal.Out);
            else HistoryTable.Write(rows, terminal.Out);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static string? FileOf(string named, Terminal terminal) =>
        Path.GetExtension(named) is ".yaml" or ".yml"
            ? ScheduleInput.HistoryOf(named, terminal)
            : terminal.Resolve(named);
}
