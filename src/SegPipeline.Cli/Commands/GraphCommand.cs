using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe graph</c>: a picture of a pipeline.</summary>
internal static class GraphCommand
{
    private enum Format
    {
        Text,
        Mermaid,
        Dot,
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("graph", "draw the pipeline as text, for Mermaid or for Graphviz");
        PipelineInput input = PipelineInput.AddTo(command, "the pipeline file, or with --run the folder of a release");
        var format = new Option<Format>("--format", "-f") { Description = "what to draw it for" };
        var run = new Option<bool>("--run")
        {
            Description = "write at each stage what became of samples and instances when the release was made",
        };
        command.Add(format);
        command.Add(run);
        command.SetAction(parsed =>
        {
            string named = terminal.Resolve(input.FileOf(parsed));
            bool isRelease = parsed.GetValue(run) && Directory.Exists(named);
            LoadedPipeline? pipeline = isRelease ? Released(named, terminal) : input.LoadSound(parsed, terminal);
            if (pipeline is null) return (int)ExitCode.BadConfig;
            string? folder = isRelease ? named : pipeline.ReleaseFolder;
            Ledger? ledger = parsed.GetValue(run) && folder is not null ? LedgerOf(folder, pipeline.Graph!) : null;
            var drawing = new GraphDrawing(pipeline.Graph!, ledger);
            terminal.Out.Write(parsed.GetValue(format) switch
            {
                Format.Mermaid => drawing.ToMermaid(),
                Format.Dot => drawing.ToDot(),
                _ => drawing.ToText(),
            });
            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The pipeline that a release was made with; where its inputs lay does not matter.</summary>
    private static LoadedPipeline? Released(string folder, Terminal terminal)
    {
        LoadedPipeline pipeline = PipelineFile.Load(
            Path.Combine(folder, ReleaseNames.Pipeline.Value), new LoadOptions { Environment = _ => "unknown" });
        terminal.WriteProblems(pipeline.Problems);
        return pipeline.Problems.Count == 0 ? pipeline : null;
    }

    private static Ledger LedgerOf(string folder, PipelineGraph graph)
    {
        Ledger ledger = ReleaseLedger.Read(folder);
        if (ledger.Stages.Select(s => s.Stage).SequenceEqual(graph.Nodes.Select(n => n.Name))) return ledger;
        throw new BadDataException(new Problem("OTHER_PIPELINE",
            "the release was made with other stages than the pipeline has now")
        {
            File = folder,
            Remedy = "name the folder of the release instead of the pipeline, or run the pipeline again",
        });
    }
}
