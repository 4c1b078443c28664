using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>Reads <c>MANIFEST.json</c> of a finished release.</summary>
internal static class ManifestFile
{
    /// <summary>First member of every manifest: it tells ours from a file that only has the same name.</summary>
    public const string Marker = "segpipe_manifest";

    /// <summary>Version of the manifest's own format.</summary>
    public const int FormatVersion = 1;

    private const int BeginningBytes = 256;

    /// <summary>Opens a manifest.</summary>
    /// <exception cref="BadDataException">It is missing, not JSON, or not a manifest of ours.</exception>
    public static JsonDocument Read(string path)
    {
        JsonDocument document;
        try
        {
            using FileStream stream = File.OpenRead(path);
            document = JsonDocument.Parse(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Damaged("the manifest cannot be read: " + e.Message);
        }
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root ||
            !root.TryGetProperty(Marker, out JsonElement version))
            throw Damaged($"the member '{Marker}' is missing, so this is no manifest of a release");
        if (version.ValueKind != JsonValueKind.Number || version.GetRawText() != $"{FormatVersion}")
            throw Damaged($"the manifest has format {version.GetRawText()}, " +
                $"this version of segpipe knows {FormatVersion}");
        return document;
    }

    /// <summary>
    /// Looks only at the beginning of a file, where every manifest has its marker; a manifest can be large.
    /// </summary>
    /// <returns>Why it is no manifest of ours; null when it seems to be one.</returns>
    public static string? FaultAtBeginning(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] beginning = new byte[BeginningBytes];
            int count = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            var json = new Utf8JsonReader(beginning.AsSpan(0, count), isFinalBlock: false, default);
            bool isOurs = json.Read() && json.Read() && json.TokenType == JsonTokenType.PropertyName &&
                json.ValueTextEquals(Marker);
            return isOurs ? null : $"{ReleaseNames.Manifest} is not one of ours";
        }
        catch (FileNotFoundException)
        {
            return $"there is no {ReleaseNames.Manifest}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"{ReleaseNames.Manifest} cannot be read: {e.Message}";
        }
    }

    /// <summary>Takes something out of a manifest.</summary>
    /// <exception cref="BadDataException">It is not laid out as a manifest is.</exception>
    public static T Interpret<T>(JsonDocument manifest, Func<JsonElement, T> take)
    {
        try
        {
            return take(manifest.RootElement);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException)
        {
            throw Damaged("the manifest is not laid out as one: " + e.Message);
        }
    }

    /// <summary>Reads the list of files.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="BadDataException">It is missing, not JSON, or not a manifest of ours.</exception>
    public static List<(ReleaseName Name, FileDigest Digest)> ReadFiles(string path)
    {
        using JsonDocument manifest = Read(path);
        return Interpret(manifest, root => root.GetProperty("files").EnumerateArray().Select(ReadFile).ToList());
    }

    /// <summary>Text that a manifest must have.</summary>
    /// <exception cref="FormatException">It is null.</exception>
    public static string TextOf(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static (ReleaseName, FileDigest) ReadFile(JsonElement file)
    {
        string name = TextOf(file, "name");
        if (!ReleaseName.TryParse(name, null, out ReleaseName good))
            throw Damaged($"the file name '{name}' cannot be one of a release");
        return (good, new FileDigest(
            file.GetProperty("bytes").GetInt64(), TextOf(file, "sha256")));
    }

    private static BadDataException Damaged(string message) =>
        new(new Problem("MANIFEST_DAMAGED", message)
        {
            File = ReleaseNames.Manifest.Value,
            Remedy = "fetch the release again, or run the pipeline again",
        });
}
