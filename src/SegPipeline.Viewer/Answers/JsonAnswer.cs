using System.Buffers;
using System.Text.Json;

namespace SegPipeline.Viewer.Answers;

/// <summary>Writes JSON for the page.</summary>
internal static class JsonAnswer
{
    /// <summary>An object with members that a function writes.</summary>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> members)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return text.WrittenMemory;
    }

    /// <summary>Writes a list.</summary>
    public static void List<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> item)
    {
        json.WriteStartArray(name);
        foreach (T one in items) item(one);
        json.WriteEndArray();
    }

    /// <summary>Writes a number, or null for none and for what JSON has no number for.</summary>
    public static void Figure(this Utf8JsonWriter json, string name, double? figure)
    {
        if (figure is { } value && double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
