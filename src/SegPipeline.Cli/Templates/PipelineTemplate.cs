using System.Text;
using System.Text.Json;

namespace SegPipeline.Cli.Templates;

/// <summary>The pipelines that <c>segpipe new</c> begins with; each is a file beside this one.</summary>
internal static class PipelineTemplate
{
    private const int LongestName = 100;

    /// <summary>Their names; the first is the usual one.</summary>
    public static IReadOnlyList<string> Names { get; } = ["coco-subset", "synthetic"];

    /// <summary>A template filled in.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pipelinePath">Full path of the pipeline that is to be written; names the pipeline.</param>
    /// <param name="dataPath">Full path of the dataset; null to leave an example in its place.</param>
    public static string Text(string name, string pipelinePath, string? dataPath)
    {
        string folder = Path.GetDirectoryName(pipelinePath)!;
        string data = dataPath is null
            ? "data/annotations.json"
            : Path.GetRelativePath(folder, dataPath).Replace('\\', '/');
        using Stream stream = typeof(PipelineTemplate).Assembly.GetManifestResourceStream(name + ".yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{file}", Path.GetFileName(pipelinePath), StringComparison.Ordinal)
            .Replace("{name}", NameOf(pipelinePath), StringComparison.Ordinal)
            .Replace("{data}", JsonSerializer.Serialize(data), StringComparison.Ordinal);
    }

    private static string NameOf(string pipelinePath)
    {
        var name = new StringBuilder();
        foreach (char c in Path.GetFileNameWithoutExtension(pipelinePath))
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-');
        string trimmed = name.ToString().TrimStart('.', '-', '_');
        return trimmed.Length == 0 ? "pipeline" : trimmed[..Math.Min(trimmed.Length, LongestName)];
    }
}
