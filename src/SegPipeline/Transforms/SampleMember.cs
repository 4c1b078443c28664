using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Members of the image or video record of a sample.</summary>
internal static class SampleMember
{
    /// <summary>JSON text of a member, as a stage has set it or the source wrote it; null when there is none.</summary>
    public static string? MemberText(this Sample sample, string name)
    {
        if (sample.ExtraMembers.TryGetValue(name, out string? text)) return text;
        if (sample.SourceRecord is not { } record) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(record.Load());
            return document.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // NaN, Infinity and half characters, which Python writes and JSON does not know.
            return null;
        }
    }
}
