using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe merge</c>: makes one release of what shards have made.</summary>
internal static class MergeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("merge", "publish the release whose parts the shards of a frozen plan have made: " +
            "the same bytes as from 'segpipe run', whatever the number of shards");
        RunInput input = RunInput.AddTo(command, terminal);
        Option<string> plan = ShardCommand.PlanOption();
        command.Add(plan);
        command.SetAction(async (parsed, cancel) =>
        {
            IRunReport report = input.Report(parsed);
            (LoadedPipeline? pipeline, ExitCode code) = input.LoadReady(parsed, report);
            if (pipeline is null) return (int)code;
            var execution = new PipelineExecution(pipeline, input.Settings(parsed, journal: null), terminal.Clock);
            string file = parsed.GetRequiredValue(plan);
            return (int)await report.TellAsync(pipeline, terminal, progress => execution.MergeAsync(
                PlanFileJson.Read(terminal.Resolve(file)), CommandOf, Tell, progress, cancel),
                _ => []).ConfigureAwait(false);

            string CommandOf(Shard shard) => ShellWord.Line(
                ["segpipe", "shard", .. input.Words(parsed), "--plan", file, .. ShardOptions.WordsOf(shard)]);
        });
        return command;

        void Tell(IReadOnlyList<string> otherShards)
        {
            foreach (string folder in otherShards)
                terminal.WriteWarning(terminal.Shorten(folder),
                    "shards of another plan of this release; remove them if they are of no use");
        }
    }
}
