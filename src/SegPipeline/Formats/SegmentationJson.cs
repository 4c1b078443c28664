using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>What to make of polygon parts with fewer than 6 numbers or an odd number of them.</summary>
public enum ShortPolygons
{
    /// <summary>The record is bad.</summary>
    Fail,

    /// <summary>The part is left out; an object that has no other is one without a mask.</summary>
    Drop,
}

/// <summary>Reads the segmentation of COCO and YouTube-VIS records, in each of its forms.</summary>
internal static class SegmentationJson
{
    /// <summary>Reads a segmentation.</summary>
    /// <param name="json">The value of the member.</param>
    /// <param name="heightPx">Height of the frame, 0 when unknown.</param>
    /// <param name="widthPx">Width of the frame, 0 when unknown.</param>
    /// <param name="shortPolygons">What to make of polygons that are too short.</param>
    /// <exception cref="RecordFaultException">The value is malformed or its size is not the frame's.</exception>
    public static Segmentation Read(ReadOnlySpan<byte> json, int heightPx, int widthPx, ShortPolygons shortPolygons)
    {
        switch (json[0])
        {
            case (byte)'n':
                return Segmentation.Null;
            case (byte)'[':
                return ReadPolygons(json, shortPolygons);
            case (byte)'{':
                MaskSegmentation mask = ReadRuns(json);
                CheckSize(mask.Mask, heightPx, widthPx);
                return mask;
            default:
                throw Shape($"found {JsonFault.Show(json[0])}");
        }
    }

    /// <summary>How a segmentation is written, as far as can be told without reading it.</summary>
    public static SegmentationForm FormOf(ReadOnlySpan<byte> json)
    {
        if (json[0] == 'n') return SegmentationForm.Null;
        if (json[0] == '{')
            return JsonMembers.TryFind(json, "counts"u8, out ReadOnlySpan<byte> counts) && counts[0] == '['
                ? SegmentationForm.Counts
                : SegmentationForm.CompressedCounts;
        var items = new JsonMembers(json);
        return items.NextItem() ? SegmentationForm.Polygons : SegmentationForm.EmptyList;
    }

    private static double? FirstTooLarge(ReadOnlySpan<double> xy)
    {
        int at = 0;
        var most = new Vector<double>(PolygonFill.MaxCoordinatePx);
        while (at <= xy.Length - Vector<double>.Count && Vector.LessThanOrEqualAll(
            Vector.Abs(new Vector<double>(xy[at..])), most)) at += Vector<double>.Count;
        for (; at < xy.Length; at++)
            if (Math.Abs(xy[at]) > PolygonFill.MaxCoordinatePx) return xy[at];
        return null;
    }

    private static Segmentation ReadPolygons(ReadOnlySpan<byte> json, ShortPolygons shortPolygons)
    {
        var parts = ImmutableArray.CreateBuilder<ImmutableArray<double>>(1);
        bool isEmpty = true;
        var items = new JsonMembers(json);
        while (items.NextItem())
        {
            isEmpty = false;
            if (items.Value[0] != '[') throw Shape("found a list of something else");
            double[] xy = JsonLists.ReadNumbers(items.Value, "polygon");
            if (IsComplete(xy, shortPolygons)) parts.Add(ImmutableCollectionsMarshal.AsImmutableArray(xy));
        }

        return isEmpty || parts.Count == 0 ? Segmentation.EmptyList : new PolygonSegmentation(parts.DrainToImmutable());
    }

    private static bool IsComplete(double[] xy, ShortPolygons shortPolygons)
    {
        if (FirstTooLarge(xy) is { } large)
            throw new RecordFaultException(MaskFault.PolygonRange,
                $"expected coordinates up to {PolygonFill.MaxCoordinatePx:F0} pixels, found {large:R}");
        if (xy.Length >= 6 && xy.Length % 2 == 0) return true;
        if (shortPolygons == ShortPolygons.Drop) return false;
        const string remedy = "correct it, or set short_polygons: drop";
        throw xy.Length < 6
            ? new RecordFaultException(MaskFault.PolygonShort,
                $"expected polygons of at least 6 numbers (3 points), found one of {xy.Length}", remedy)
            : new RecordFaultException(MaskFault.PolygonOdd,
                $"expected polygons of an even number of numbers, found one of {xy.Length}", remedy);
    }

    private static MaskSegmentation ReadRuns(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> size = default, counts = default;
        var members = new JsonMembers(json);
        while (members.NextMember())
        {
            if (JsonMembers.IsNamed(members.Name, "size"u8)) size = members.Value;
            else if (JsonMembers.IsNamed(members.Name, "counts"u8)) counts = members.Value;
        }

        if (size.IsEmpty || counts.IsEmpty) throw Shape("found an object without 'size' and 'counts'");
        (int heightPx, int widthPx) = SizeOf(size);
        try
        {
            return counts[0] switch
            {
                (byte)'[' => new MaskSegmentation(
                    Mask.FromCounts(heightPx, widthPx, JsonLists.ReadCounts(counts)), SegmentationForm.Counts),
                (byte)'"' => new MaskSegmentation(
                    ReadString(heightPx, widthPx, counts[1..^1]), SegmentationForm.CompressedCounts),
                _ => throw Shape("found counts that are neither a list nor a string"),
            };
        }
        catch (MaskFormatException e)
        {
            throw new RecordFaultException(e.Code, "the run lengths are wrong: " + e.Message, RunsRemedy(counts));
        }
    }

    private static Mask ReadString(int heightPx, int widthPx, ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\')) return Mask.FromCocoString(heightPx, widthPx, escaped);
        byte[] ascii = ArrayPool<byte>.Shared.Rent(escaped.Length);
        try
        {
            int count = JsonText.UnescapeAscii(escaped, ascii);
            if (count < 0)
                throw new RecordFaultException(MaskFault.Character,
                    "the run-length string must be ASCII, found another character");
            return Mask.FromCocoString(heightPx, widthPx, ascii.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(ascii);
        }
    }

    /// <summary>The size that run lengths state.</summary>
    /// <exception cref="RecordFaultException">They state none.</exception>
    public static (int HeightPx, int WidthPx) ReadSize(ReadOnlySpan<byte> runs)
    {
        if (!JsonMembers.TryFind(runs, "size"u8, out ReadOnlySpan<byte> size))
            throw Shape("found an object without 'size' and 'counts'");
        return SizeOf(size);
    }

    private static (int HeightPx, int WidthPx) SizeOf(ReadOnlySpan<byte> size)
    {
        if (size[0] != '[') throw Shape("found a size that is not a list");
        double[] numbers = JsonLists.ReadNumbers(size, "size");
        if (numbers.Length != 2) throw Shape($"found a size of {numbers.Length} numbers");
        foreach (double n in numbers)
            if (n is < 0 or > int.MaxValue || n != Math.Truncate(n))
                throw new RecordFaultException(MaskFault.Size, $"expected a size of two whole numbers, found {n:R}");
        return ((int)numbers[0], (int)numbers[1]);
    }

    private static void CheckSize(Mask mask, int heightPx, int widthPx)
    {
        if (heightPx == 0 || widthPx == 0 || (mask.HeightPx == heightPx && mask.WidthPx == widthPx)) return;
        throw new RecordFaultException("RLE_SIZE",
            $"expected run lengths of the picture's size {heightPx}x{widthPx} (height x width), " +
            $"found {mask.HeightPx}x{mask.WidthPx}",
            "correct the size in the source; a mask is never resized silently");
    }

    private static string? RunsRemedy(ReadOnlySpan<byte> counts)
    {
        if (counts.StartsWith("\"b'"u8)) return "the string is a Python bytes literal: keep what is between its quotes";
        return counts.IndexOf("\\\\\\\\"u8) >= 0 ? "the string looks as if it had been escaped twice" : null;
    }

    private static RecordFaultException Shape(string found) => new("SEGMENTATION_SHAPE",
        "expected null, [], polygons [[x, y, ...], ...] or {\"counts\", \"size\"} as segmentation, " + found);
}
