using SegPipeline.Pipelines;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Converting;

/// <summary>Writes the reader of a dataset as it stands in a pipeline file.</summary>
internal static class ReaderText
{
    /// <summary>The stage, its keys, and the ports that nothing takes from, on one line.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="folder">Full path of the folder that paths are written relative to.</param>
    /// <param name="further">Keys that take the place of the reader's own, with their values as in YAML.</param>
    /// <param name="used">The ports that something takes from, but for the first.</param>
    public static string Of(
        Reader reader, string folder, IReadOnlyDictionary<string, string> further, params IEnumerable<string> used)
    {
        string[] unused = [.. reader.OutputPorts.Skip(1).Except(used, StringComparer.Ordinal)];
        return StageText.Of(reader, folder, further) +
            (unused.Length == 0 ? "" : $", drop: [{string.Join(", ", unused)}]");
    }
}
