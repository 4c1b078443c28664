using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe check</c>: finds everything that is wrong with a pipeline without running it.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("check", "show everything that is wrong with pipelines, without running them");
        PipelineInput input = PipelineInput.AddSeveralTo(command);
        var inputs = new Option<bool>("--inputs")
        {
            Description = "also open the inputs, and show what is known about the dataset behind each stage",
        };
        var digests = new Option<bool>("--digests")
        {
            Description = "also read the input files whose SHA-256 the pipeline states ('digest'), and compare it",
        };
        command.Add(inputs);
        command.Add(digests);
        command.SetAction(async (parsed, cancel) => (int)await input.ForEachAsync(parsed, terminal, async pipeline =>
        {
            InputVerdicts.CheckLists(pipeline.Graph!);
            string count = Quantity.Count(pipeline.Graph!.Nodes.Length, "stage");
            terminal.Out.WriteLine($"{terminal.Shorten(pipeline.File)}: no problems in {count}");
            var asked = new Asked(parsed.GetValue(inputs), parsed.GetValue(digests));
            return asked == new Asked(false, false)
                ? ExitCode.Ok
                : await CheckInputsAsync(pipeline, asked, terminal, cancel).ConfigureAwait(false);
        }).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> CheckInputsAsync(
        LoadedPipeline pipeline, Asked asked, Terminal terminal, CancellationToken cancel)
    {
        if (await OpenPlan.OfAsync(pipeline, terminal, cancel).ConfigureAwait(false) is not { } opened)
            return ExitCode.BadData;
        using PipelinePlan plan = opened;
        if (asked.Digests) await CheckDigestsAsync(pipeline, plan, terminal, cancel).ConfigureAwait(false);
        if (!asked.Inputs) return ExitCode.Ok;
        terminal.Out.WriteLine();
        DatasetTable.Write(plan, terminal.Out);
        return ExitCode.Ok;
    }

    private static async Task CheckDigestsAsync(
        LoadedPipeline pipeline, PipelinePlan plan, Terminal terminal, CancellationToken cancel)
    {
        HashSet<string> readers = [.. plan.Graph.Nodes
            .Where(node => node.Stage is IDigestChecked { Digest: not null }).Select(node => node.Name)];
        using var digests = new InputDigests();
        CheckedInputs judged = InputVerdicts.Check(plan.Graph, await digests
            .CompleteAsync([.. plan.InputFiles.Where(file => readers.Contains(file.Node))], cancel)
            .ConfigureAwait(false));
        terminal.WriteWarnings(pipeline, judged.Warnings);
        foreach (var same in judged.Inputs.Where(i => i.Verdict is not null).GroupBy(i => (i.Node, i.Verdict)))
            terminal.Out.WriteLine($"{same.Key.Node}: {Quantity.Count(same.Count(), "file")}: {same.Key.Verdict}");
        if (readers.Count == 0) terminal.Out.WriteLine("no reader states a digest");
    }

    /// <summary>What to look at beside the pipeline.</summary>
    private readonly record struct Asked(bool Inputs, bool Digests);
}
