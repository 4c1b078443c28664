using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Reads the values of the annotations of one file when they are asked for.</summary>
/// <param name="file">The file with the annotations.</param>
/// <param name="index">Where they stand.</param>
/// <param name="layout">What the samples are called.</param>
internal abstract class AnnotationSource(SourceFile file, AnnotationIndex index, AnnotationLayout layout)
    : InstanceSource
{
    /// <summary>Makes a value of the JSON text of a member.</summary>
    protected delegate T ValueReader<T>(ReadOnlySpan<byte> json, int ordinal);

    /// <inheritdoc/>
    public override double? ReadScore(int ordinal) =>
        Read<double?>(ordinal, "score"u8, null, (json, _) => NumberOrNull(json, "score"));

    /// <inheritdoc/>
    /// <remarks>Ids come from the index: a writer asks for the sample's id of every record.</remarks>
    public override string? ReadMember(int ordinal, string name)
    {
        if (name == layout.IdMember && index.SampleId(ordinal) is { } sample) return sample.JsonText;
        if (name == "id" && index.AnnotationId(ordinal) is { } id) return id.JsonText;
        return Read<string?>(
            ordinal, Encoding.UTF8.GetBytes(name), null, (json, _) => Encoding.UTF8.GetString(json));
    }

    /// <inheritdoc/>
    public override JsonSlice? Record(int ordinal)
    {
        ref AnnotationEntry entry = ref index.Annotations[ordinal];
        return new JsonSlice(file, entry.Offset, entry.LengthBytes);
    }

    /// <inheritdoc/>
    public override long? Order(int ordinal) => ordinal;

    /// <summary>A problem with an annotation, with its place.</summary>
    public Problem ProblemOf(int ordinal, string code, string message, string? remedy) => new(code, message)
    {
        File = file.Path,
        ByteOffset = index.Annotations[ordinal].Offset,
        Record = index.NameOf(ordinal),
        Remedy = remedy ?? "correct the record",
    };

    /// <summary>The image or video of an annotation.</summary>
    protected SampleEntry SampleOf(int ordinal) => index.Samples[index.Annotations[ordinal].Sample];

    /// <summary>Reads a member of a record.</summary>
    /// <exception cref="BadDataException">The value is malformed, or the file has changed.</exception>
    protected T Read<T>(int ordinal, ReadOnlySpan<byte> name, T ifMissing, ValueReader<T> read)
    {
        ref AnnotationEntry entry = ref index.Annotations[ordinal];
        using var record = new RecordBytes(file, entry.Offset, entry.LengthBytes);
        try
        {
            return record.TryFind(name, out ReadOnlySpan<byte> json) ? read(json, ordinal) : ifMissing;
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(ProblemOf(ordinal, e.Code, e.Message, e.Remedy), e);
        }
    }

    /// <summary>A finite number, or null.</summary>
    /// <exception cref="RecordFaultException">The value is neither.</exception>
    protected static double? NumberOrNull(ReadOnlySpan<byte> json, string what)
    {
        if (json[0] == 'n') return null;
        return JsonNumber.TryRead(json, out double value)
            ? value
            : throw new RecordFaultException("NOT_A_NUMBER",
                $"expected a finite number as {what}, found {JsonText.Excerpt(json)}");
    }
}
