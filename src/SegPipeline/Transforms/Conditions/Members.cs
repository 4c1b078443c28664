using System.Text;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Conditions;

/// <summary>Members of records as the source wrote them, by name; a dot leads into an object.</summary>
internal static class Members
{
    /// <summary>A member of an instance's record.</summary>
    public static Value Read(Subject subject, string path)
    {
        var (name, rest) = Cut(path);
        return subject.Instance!.MemberText(name) is { } json ? OfJson(json, rest) : Value.Null;
    }

    /// <summary>A member of a sample's record.</summary>
    public static Value Read(Sample sample, string path)
    {
        var (name, rest) = Cut(path);
        if (sample.ExtraMembers.TryGetValue(name, out string? json)) return OfJson(json, rest);
        return sample.SourceRecord is { } record ? OfJson(Encoding.UTF8.GetString(record.Load()), path) : Value.Null;
    }

    /// <summary>The value at a path within JSON text; null where there is none, and for lists and objects.</summary>
    public static Value OfJson(string json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement element = document.RootElement;
            while (path.Length > 0)
            {
                (string name, path) = Cut(path);
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                    return Value.Null;
            }
            return OfElement(element);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // NaN, Infinity and half characters, which Python writes and JSON does not know: nothing to compare.
            return Value.Null;
        }
    }

    private static Value OfElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(element.GetDouble()),
        JsonValueKind.String => Value.Of(element.GetString()),
        JsonValueKind.True => Value.Of(truth: true),
        JsonValueKind.False => Value.Of(truth: false),
        _ => Value.Null,
    };

    private static (string Name, string Path) Cut(string path)
    {
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
    }
}
