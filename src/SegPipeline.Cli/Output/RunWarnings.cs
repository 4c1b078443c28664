using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Writes the warnings of a run at the places of the stages that gave them.</summary>
internal static class RunWarnings
{
    /// <summary>Most warnings of one stage that are written out; a stage can have one for each odd picture.</summary>
    public const int MostOfStage = 20;

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
        foreach (var stage in warnings.GroupBy(w => w.Node, w => w.Sentence, StringComparer.Ordinal))
        {
            string place = pipeline.Places.TryGetValue(stage.Key, out SourcePlace found)
                ? terminal.ToText(found)
                : terminal.Shorten(pipeline.File);
            string[] sentences = [.. stage];
            foreach (string sentence in sentences.Take(MostOfStage))
                terminal.WriteWarning(place, $"{stage.Key}: {sentence}");
            int left = sentences.Length - MostOfStage;
            if (left > 0)
                terminal.WriteWarning(place, $"{stage.Key}: {Quantity.Count(left, "more warning")}{whereTheRestIs}");
        }
    }
}
