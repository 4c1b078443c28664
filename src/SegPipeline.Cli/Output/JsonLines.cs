using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegPipeline.Cli.Output;

/// <summary>Writes one JSON object a line, each with a member <c>event</c> that tells what it is. Any thread.</summary>
internal sealed class JsonLines(TextWriter target)
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();

    /// <summary>Writes a line.</summary>
    /// <param name="name">Value of the member <c>event</c>.</param>
    /// <param name="members">Writes the other members.</param>
    public void Write(string name, Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            members(json);
            json.WriteEndObject();
        }
        lock (_gate)
        {
            target.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
            target.Flush();
        }
    }
}
