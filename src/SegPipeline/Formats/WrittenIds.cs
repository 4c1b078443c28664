using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Which ids the records of a file have and which they came with.</summary>
internal sealed class WrittenIds(AnnotationLayout layout)
{
    private readonly List<(RecordId New, RecordId? Old)> _samples = [];
    private readonly List<(RecordId? New, RecordId? Old)> _annotations = [];

    /// <summary>Adds an image or video.</summary>
    public void AddSample(RecordId id, RecordId? old) => _samples.Add((id, old));

    /// <summary>Adds an annotation; its id is null when it is numbered later.</summary>
    public void AddAnnotation(RecordId? id, RecordId? old) => _annotations.Add((id, old));

    /// <summary>Sets the id of the annotation that was added as number <paramref name="place"/>.</summary>
    public void Number(int place, long id) => _annotations[place] = (new RecordId(id), _annotations[place].Old);

    /// <summary>Writes pairs of new and old id; null for what had none.</summary>
    public void Write(Stream stream)
    {
        using var output = new StreamOutput(stream);
        JsonText.WriteRaw(output, $"{{\"{layout.List}\": [");
        for (int i = 0; i < _samples.Count; i++) WritePair(output, i, _samples[i].New, _samples[i].Old);
        output.Write("\n],\n\"annotations\": ["u8);
        for (int i = 0; i < _annotations.Count; i++) WritePair(output, i, _annotations[i].New, _annotations[i].Old);
        output.Write("\n]}\n"u8);
        output.Flush();
    }

    private static void WritePair(StreamOutput output, int place, RecordId? id, RecordId? old)
    {
        output.Write(place > 0 ? ",\n"u8 : "\n"u8);
        JsonText.WriteRaw(output, $"[{id?.JsonText ?? "null"}, {old?.JsonText ?? "null"}]");
    }
}
