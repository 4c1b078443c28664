using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;
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
        PipelineInput input = PipelineInput.AddTo(command);
        var format = new Option<Format>("--format", "-f") { Description = "what to draw it for" };
        var counts = new Option<bool>("--counts")
        {
            Description = "write at each edge how many samples passed when the release was made",
        };
        command.Add(format);
        command.Add(counts);
        command.SetAction(parsed =>
        {
            if (input.LoadSound(parsed, terminal) is not { } pipeline) return (int)ExitCode.BadConfig;
            var drawing = new GraphDrawing(pipeline.Graph!, parsed.GetValue(counts) ? Counts(pipeline) : null);
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

    private static IReadOnlyDictionary<(string Stage, string Port), long>? Counts(LoadedPipeline pipeline) =>
        pipeline.ReleaseFolder is { } folder ? ReleaseLedger.SamplesByPort(folder) : null;
}
