using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe shard</c>: works on a part of a run, on whatever machine.</summary>
internal sealed class ShardCommand
{
    private readonly Terminal _terminal;
    private readonly RunInput _input;
    private readonly Option<string> _plan = PlanOption();
    private readonly ShardOptions _shard;

    private ShardCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _input = RunInput.AddTo(command, terminal);
        command.Add(_plan);
        _shard = ShardOptions.AddTo(command, terminal);
        command.SetAction(async (parsed, cancel) => (int)await RunAsync(parsed, cancel).ConfigureAwait(false));
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("shard", "work on one of several parts of a run, here or on another machine; " +
            "goes on where it was interrupted. First freeze the plan (segpipe plan --freeze), " +
            "run all shards, then merge them (segpipe merge).");
        _ = new ShardCommand(command, terminal);
        return command;
    }

    /// <summary>The option that names the frozen plan.</summary>
    internal static Option<string> PlanOption() => new("--plan")
    {
        Description = "the plan that 'segpipe plan --freeze' has written",
        HelpName = "file",
        Required = true,
    };

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        IRunReport report = _input.Report(parsed);
        if (_shard.Of(parsed) is not { } shard) return ExitCode.Usage;
        (LoadedPipeline? pipeline, ExitCode code) = _input.LoadReady(parsed, report);
        if (pipeline is null) return code;
        var execution = new ShardExecution(pipeline, _input.Settings(parsed, JournalStart.Resume), shard);
        try
        {
            PlanFile frozen = PlanFileJson.Read(_terminal.Resolve(parsed.GetRequiredValue(_plan)));
            ShardResult result;
            using (var display = new ProgressDisplay(report.ProgressView, _terminal.Clock))
                result = await execution.RunAsync(frozen, display.Report, cancel).ConfigureAwait(false);
            report.ShardFinished(shard, result, frozen.Plan.Chunks);
            return ExitCode.Ok;
        }
        catch (Exception e)
        {
            return report.Failed(e, _terminal, execution.IsResumable switch
            {
                true => [$"{shard} is not finished; the same command goes on with it."],
                false => [$"{shard} is not finished; nothing of it was kept."],
                null => [],
            });
        }
    }
}
