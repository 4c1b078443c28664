using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>Reads the values of the annotations of one file when they are asked for.</summary>
internal sealed class CocoSource(SourceFile file, CocoIndex index, ShortPolygons shortPolygons) : InstanceSource
{
    private delegate T ValueReader<T>(ReadOnlySpan<byte> json, int ordinal);

    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) =>
        [Read(ordinal, "segmentation"u8, Segmentation.Missing, SegmentationOf)];

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) =>
        Read<ImmutableArray<double?>>(
            ordinal, "area"u8, [], (json, _) => [json[0] == 'n' ? null : Number(json, "area")]);

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) =>
        Read<ImmutableArray<Box?>>(ordinal, "bbox"u8, [], (json, _) => BoxJson.Read(json));

    /// <inheritdoc/>
    public override double? ReadScore(int ordinal) =>
        Read<double?>(ordinal, "score"u8, null, (json, _) => json[0] == 'n' ? null : Number(json, "score"));

    /// <inheritdoc/>
    /// <remarks>Ids come from the index: a writer asks for the image id of every record.</remarks>
    public override string? ReadMember(int ordinal, string name) => name switch
    {
        "image_id" when index.ImageId(ordinal) is { } id => id.JsonText,
        "id" when index.AnnotationId(ordinal) is { } id => id.JsonText,
        _ => Read<string?>(ordinal, Encoding.UTF8.GetBytes(name), null, (json, _) => Encoding.UTF8.GetString(json)),
    };

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

    private Segmentation SegmentationOf(ReadOnlySpan<byte> json, int ordinal)
    {
        ImageEntry image = index.Images[index.Annotations[ordinal].Image];
        return SegmentationJson.Read(json, image.HeightPx, image.WidthPx, shortPolygons);
    }

    private T Read<T>(int ordinal, ReadOnlySpan<byte> name, T ifMissing, ValueReader<T> read)
    {
        ref AnnotationEntry entry = ref index.Annotations[ordinal];
        using var record = new RecordBytes(file, entry.Offset, entry.LengthBytes);
        try
        {
            return JsonMembers.TryFind(record.Text, name, out ReadOnlySpan<byte> json)
                ? read(json, ordinal)
                : ifMissing;
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(ProblemOf(ordinal, e.Code, e.Message, e.Remedy), e);
        }
    }

    private static double Number(ReadOnlySpan<byte> json, string what) => JsonNumber.TryRead(json, out double value)
        ? value
        : throw new RecordFaultException("NOT_A_NUMBER",
            $"expected a finite number as {what}, found {JsonText.Excerpt(json)}");
}
