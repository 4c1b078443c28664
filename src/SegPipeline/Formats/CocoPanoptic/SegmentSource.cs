using System.Collections.Immutable;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Reads the values of the segments of one image.</summary>
/// <param name="record">The annotation in its file.</param>
/// <param name="text">Its text.</param>
/// <param name="segments">Its segments.</param>
/// <param name="masks">Their pixels, in the same order.</param>
/// <param name="place">Makes a problem of what is wrong in it.</param>
internal sealed class SegmentSource(
    JsonSlice record, byte[] text, ImmutableArray<SegmentRecord> segments, Mask[] masks,
    Func<RecordFaultException, BadDataException> place) : InstanceSource
{
    private delegate T ValueReader<T>(ReadOnlySpan<byte> json);

    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) =>
        [new MaskSegmentation(masks[ordinal], SegmentationForm.LabelRegion)];

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) => Read<ImmutableArray<double?>>(
        ordinal, "area"u8, [], json => [NumberOrNull(json, "area")]);

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) => Read<ImmutableArray<Box?>>(
        ordinal, "bbox"u8, [], BoxJson.Read);

    /// <inheritdoc/>
    public override double? ReadScore(int ordinal) =>
        Read<double?>(ordinal, "score"u8, null, json => NumberOrNull(json, "score"));

    /// <inheritdoc/>
    public override string? ReadMember(int ordinal, string name) =>
        Read<string?>(ordinal, Encoding.UTF8.GetBytes(name), null, json => Encoding.UTF8.GetString(json));

    /// <inheritdoc/>
    public override JsonSlice? Record(int ordinal) =>
        new JsonSlice(record.File, record.Offset + segments[ordinal].From, segments[ordinal].LengthBytes);

    /// <inheritdoc/>
    public override long? Order(int ordinal) => null;

    private T Read<T>(int ordinal, ReadOnlySpan<byte> name, T ifMissing, ValueReader<T> read)
    {
        ReadOnlySpan<byte> segment = text.AsSpan(segments[ordinal].From, segments[ordinal].LengthBytes);
        try
        {
            return JsonMembers.TryFind(segment, name, out ReadOnlySpan<byte> json) ? read(json) : ifMissing;
        }
        catch (RecordFaultException e)
        {
            throw place(e);
        }
    }

    private static double? NumberOrNull(ReadOnlySpan<byte> json, string what)
    {
        if (json[0] == 'n') return null;
        return JsonNumber.TryRead(json, out double value)
            ? value
            : throw new RecordFaultException("NOT_A_NUMBER",
                $"expected a finite number as {what}, found {JsonText.Excerpt(json)}");
    }
}
