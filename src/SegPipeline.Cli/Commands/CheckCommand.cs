using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Pipelines;

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
        command.Add(inputs);
        command.SetAction(async (parsed, cancel) => (int)await input.ForEachAsync(parsed, terminal, async pipeline =>
        {
            string count = Quantity.Count(pipeline.Graph!.Nodes.Length, "stage");
            terminal.Out.WriteLine($"{terminal.Shorten(pipeline.File)}: no problems in {count}");
            return parsed.GetValue(inputs)
                ? await CheckInputsAsync(pipeline, terminal, cancel).ConfigureAwait(false)
                : ExitCode.Ok;
        }).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> CheckInputsAsync(
        LoadedPipeline pipeline, Terminal terminal, CancellationToken cancel)
    {
        if (await OpenPlan.OfAsync(pipeline, terminal, cancel).ConfigureAwait(false) is not { } opened)
            return ExitCode.BadData;
        using PipelinePlan plan = opened;
        terminal.Out.WriteLine();
        DatasetTable.Write(plan, terminal.Out);
        return ExitCode.Ok;
    }
}
