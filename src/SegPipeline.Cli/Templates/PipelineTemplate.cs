using System.Text;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Cli.Templates;

/// <summary>The pipelines that <c>segpipe new</c> begins with; each is a file beside this one.</summary>
internal static class PipelineTemplate
{
    private const int LongestName = 100;
    private const int MostLookedAtBytes = 1 << 20;

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

    /// <summary>Makes sure that a file is a COCO dataset, which is what the templates read.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="BadDataException">It cannot be read, or has no images near its beginning.</exception>
    public static void CheckDataset(string path)
    {
        string fault = "no images are named near its beginning";
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] beginning = new byte[(int)Math.Min(stream.Length, MostLookedAtBytes)];
            stream.ReadExactly(beginning);
            if (NamesImages(beginning)) return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            fault = e.Message;
        }
        throw new BadDataException(new Problem("UNKNOWN_DATASET", "this is no COCO file: " + fault)
        {
            File = path,
            Remedy = "leave --data out, and choose a reader from 'segpipe stages'",
        });
    }

    private static bool NamesImages(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (beginning.StartsWith(mark)) beginning = beginning[mark.Length..];
        var json = new Utf8JsonReader(beginning, isFinalBlock: false, default);
        while (json.Read())
            if (json.TokenType == JsonTokenType.PropertyName &&
                (json.ValueTextEquals("images") || json.ValueTextEquals("image_id")))
                return true;
        return false;
    }

    internal static string NameOf(string pipelinePath)
    {
        var name = new StringBuilder();
        foreach (char c in Path.GetFileNameWithoutExtension(pipelinePath))
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-');
        string trimmed = name.ToString().TrimStart('.', '-', '_');
        return trimmed.Length == 0 ? "pipeline" : trimmed[..Math.Min(trimmed.Length, LongestName)];
    }
}
