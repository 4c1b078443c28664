using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Writes the warnings of a run at the places of the stages that gave them.</summary>
internal static class RunWarnings
{
    /// <summary>Writes those of a finished run, whose manifest has them all.</summary>
    public static void WriteWarnings(this Terminal terminal, LoadedPipeline pipeline, RunResult result) =>
        terminal.WriteWarnings(pipeline, result.Warnings, $"; {ReleaseNames.Manifest} of the release has them all");

    /// <summary>Writes those of a pipeline that was only looked at.</summary>
    public static void WriteWarnings(
        this Terminal terminal, LoadedPipeline pipeline, IEnumerable<(string Node, string Sentence)> warnings) =>
        terminal.WriteWarnings(pipeline, warnings, whereTheRestIs: "");

    private static void WriteWarnings(this Terminal terminal, LoadedPipeline pipeline,
        IEnumerable<(string Node, string Sentence)> warnings, string whereTheRestIs)
    {
        // A conversion's pipeline need not be in a file.
        bool isWritten = File.Exists(pipeline.File);
        foreach (StageWarnings stage in StageWarnings.Of(warnings))
        {
            string place = !isWritten ? "" : pipeline.Places.TryGetValue(stage.Node, out SourcePlace found)
                ? terminal.ToText(found)
                : terminal.Shorten(pipeline.File);
            foreach (string sentence in stage.First) terminal.WriteWarning(place, $"{stage.Node}: {sentence}");
            if (stage.Left > 0)
                terminal.WriteWarning(
                    place, $"{stage.Node}: {Quantity.Count(stage.Left, "more warning")}{whereTheRestIs}");
        }
    }
}
