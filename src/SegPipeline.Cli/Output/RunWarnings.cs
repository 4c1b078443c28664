using SegPipeline.Engine;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Output;

/// <summary>Writes the warnings of a run at the places of the stages that gave them.</summary>
internal static class RunWarnings
{
    /// <summary>Writes them.</summary>
    public static void WriteWarnings(this Terminal terminal, LoadedPipeline pipeline, RunResult result) =>
        terminal.WriteWarnings(pipeline, result.Warnings);

    /// <summary>Writes them.</summary>
    public static void WriteWarnings(
        this Terminal terminal, LoadedPipeline pipeline, IEnumerable<(string Node, string Sentence)> warnings)
    {
        foreach (var (node, sentence) in warnings)
        {
            string place = pipeline.Places.TryGetValue(node, out SourcePlace found)
                ? terminal.ToText(found)
                : terminal.Shorten(pipeline.File);
            terminal.WriteWarning(place, $"{node}: {sentence}");
        }
    }
}
