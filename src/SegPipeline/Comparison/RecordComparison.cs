using System.Text;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Comparison;

/// <summary>Compares JSON records as they stand in files.</summary>
internal static class RecordComparison
{
    private const int MostText = 40;

    /// <summary>Whether two records are the same bytes; false when one of them is no record.</summary>
    public static bool AreSame(JsonSlice? first, JsonSlice? second) =>
        first is { } a && second is { } b && a.LengthBytes == b.LengthBytes &&
        a.Load().AsSpan().SequenceEqual(b.Load());

    /// <summary>Finds the members that differ, by name; their order does not count.</summary>
    /// <param name="first">A record.</param>
    /// <param name="second">Another record.</param>
    /// <param name="without">Names of members that are compared elsewhere.</param>
    /// <returns>A sentence for each, in the order of the records; null when one of them is no record.</returns>
    public static IReadOnlyList<string>? Differences(
        JsonSlice? first, JsonSlice? second, IReadOnlySet<string> without)
    {
        if (first is not { } a || second is not { } b) return null;
        try
        {
            return Members(a, b, without);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // NaN, Infinity and half characters, which Python writes and JSON does not know.
            return Difference("record", Encoding.UTF8.GetString(a.Load()), Encoding.UTF8.GetString(b.Load())) is { } all
                ? [all]
                : [];
        }
    }

    private static string[]? Members(JsonSlice a, JsonSlice b, IReadOnlySet<string> without)
    {
        using JsonDocument old = JsonDocument.Parse(a.Load());
        using JsonDocument now = JsonDocument.Parse(b.Load());
        if (old.RootElement.ValueKind != JsonValueKind.Object || now.RootElement.ValueKind != JsonValueKind.Object)
            return null;
        return [.. old.RootElement.EnumerateObject().Concat(now.RootElement.EnumerateObject())
            .Select(member => member.Name).Distinct(StringComparer.Ordinal)
            .Where(name => !without.Contains(name))
            .Select(name => Difference(name, Member(old, name), Member(now, name)))
            .OfType<string>()];
    }

    /// <summary>Says that a value differs; null when it does not.</summary>
    public static string? Difference(string name, string? old, string? now) =>
        string.Equals(old, now, StringComparison.Ordinal) ? null : $"{name}: {Shown(old)} -> {Shown(now)}";

    private static string? Member(JsonDocument record, string name) =>
        record.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;

    private static string Shown(string? text) => text is null ? "(none)"
        : text.Length <= MostText ? text
        : text[..MostText] + "...";
}
