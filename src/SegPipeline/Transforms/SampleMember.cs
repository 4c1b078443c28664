using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Members of the image or video record of a sample.</summary>
internal static partial class SampleMember
{
    /// <summary>JSON text of a member, as a stage has set it or the source wrote it; null when there is none.</summary>
    public static string? MemberText(this Sample sample, string name)
    {
        if (sample.ExtraMembers.TryGetValue(name, out string? text)) return text;
        if (sample.SourceRecord is not { } record) return null;
        string json = Encoding.UTF8.GetString(record.Load());
        // Python writes NaN and Infinity, which JSON does not know; the other members are sound.
        if (json.Contains("NaN", StringComparison.Ordinal) || json.Contains("Infinity", StringComparison.Ordinal))
            json = StringOrNotNumber().Replace(json, match => match.Value[0] == '"' ? match.Value : "null");
        return Find(json, name);
    }

    private static string? Find(string json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // half characters, too
        }
    }

    [GeneratedRegex("""("(?:[^"\\]|\\.)*")|-?(?:NaN|Infinity)""", RegexOptions.Singleline)]
    private static partial Regex StringOrNotNumber();
}
