using System.Buffers;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Jsonl;

/// <summary>A file of JSON lines that is being written.</summary>
internal sealed class JsonlOutput : OpenOutput
{
    private readonly ReleaseName _name;
    private readonly IReleaseFolder _release;
    private readonly JsonLine _line;
    private readonly Stream _file;
    private long _count;

    /// <summary>Creates the file.</summary>
    public JsonlOutput(ReleaseName name, Taxonomy taxonomy, IReleaseFolder release)
    {
        _name = name;
        _release = release;
        _line = new JsonLine(taxonomy);
        _file = release.CreateFile(name);
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (Sample sample in samples) _line.Write(text, sample);
        return new EncodedLines(text.WrittenMemory, samples.Count);
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        var lines = (EncodedLines)encoded;
        _file.Write(lines.Text.Span);
        _count += lines.Count;
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var lines = (EncodedLines)encoded;
        journal.Bytes(lines.Text.Span);
        journal.Number(lines.Count);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal) => new EncodedLines(journal.Bytes(), journal.Count());

    /// <inheritdoc/>
    public override void Finish()
    {
        _file.Dispose();
        _release.CountRecords(_name, "samples", _count);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private sealed record EncodedLines(ReadOnlyMemory<byte> Text, int Count);
}
