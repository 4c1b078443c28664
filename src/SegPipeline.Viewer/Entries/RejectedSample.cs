using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Viewer.Entries;

/// <summary>A sample that a run rejected.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Stage">The stage that could not deal with it.</param>
/// <param name="Why">What was wrong, a sentence each.</param>
internal sealed record RejectedSample(string Key, string Stage, ImmutableArray<string> Why)
{
    private const string FileName = "rejects.jsonl";
    private const int MostRead = 100_000;

    /// <summary>What stands in the <c>rejects.jsonl</c> of a release; none when a folder has no such file. Lines that
    /// are no rejects are left out, and of very many the first are taken.</summary>
    public static ImmutableArray<RejectedSample> In(string path)
    {
        string file = Path.Combine(path, FileName);
        if (!File.Exists(file) || !File.Exists(Path.Combine(path, ReleaseNames.Manifest.Value))) return [];
        return [.. File.ReadLines(file).Select(OfLine).OfType<RejectedSample>().Take(MostRead)];
    }

    private static RejectedSample? OfLine(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement reject = document.RootElement;
            if (Text(reject, "key") is not { } key) return null;
            bool hasList = reject.TryGetProperty("problems", out JsonElement list) &&
                list.ValueKind == JsonValueKind.Array;
            ImmutableArray<string> why = hasList ? [.. list.EnumerateArray().Select(Sentence)] : [Sentence(reject)];
            return new RejectedSample(key, Text(reject, "stage") ?? "", why);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or half a character in its text
        }
    }

    private static string Sentence(JsonElement problem) =>
        new Problem(Text(problem, "code") ?? "REJECTED", Text(problem, "message") ?? "it was rejected")
        {
            File = Text(problem, "file"),
            Record = Text(problem, "record"),
            Remedy = Text(problem, "remedy"),
        }.ToString();

    private static string? Text(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out JsonElement value) &&
        value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
