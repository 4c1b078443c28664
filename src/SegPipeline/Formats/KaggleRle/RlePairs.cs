using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>
/// Run lengths as pairs "start length": the foreground only, starts counted column by column or row by row from 0 or
/// 1, or each from the end of the run before it.
/// </summary>
/// <param name="Order">How pixels are counted.</param>
/// <param name="FirstPixel">The number of the first pixel, 0 or 1.</param>
/// <param name="Starts">From where starts are counted.</param>
internal sealed record RlePairs(PixelOrder Order, int FirstPixel, RunStarts Starts)
{
    /// <summary>The mask that pairs describe.</summary>
    /// <exception cref="RecordFaultException">They are no pairs of whole numbers, do not ascend, overlap, or leave the
    /// picture.</exception>
    public Mask Read(ReadOnlySpan<byte> text, int heightPx, int widthPx)
    {
        if (Order == PixelOrder.Column) return ReadRuns(text, heightPx, widthPx);
        // Read by rows, a picture is its transpose read by columns.
        return MaskGeometry.Transpose(ReadRuns(text, widthPx, heightPx));
    }

    /// <summary>Writes a mask as pairs.</summary>
    public void Write(Mask mask, StringBuilder text)
    {
        Mask runs = (Order == PixelOrder.Column ? mask : MaskGeometry.Transpose(mask)).ToCanonical();
        ReadOnlySpan<uint> counts = runs.Counts;
        long position = 0, origin = -FirstPixel;
        bool isFirst = true;
        for (int i = 1; i < counts.Length; i += 2)
        {
            position += counts[i - 1];
            if (!isFirst) text.Append(' ');
            text.Append(position - origin).Append(' ').Append(counts[i]);
            position += counts[i];
            if (Starts == RunStarts.AfterTheRunBefore) origin = position;
            isFirst = false;
        }
    }

    /// <summary>The mask of pairs that count a picture of these sides column by column.</summary>
    public Mask ReadRuns(ReadOnlySpan<byte> text, int heightPx, int widthPx)
    {
        long pixels = (long)heightPx * widthPx, end = 0, origin = -FirstPixel;
        var counts = new List<uint>(text.Length / 4 + 2);
        int pair = 0;
        for (ReadOnlySpan<byte> rest = text; NextNumber(ref rest, text) is { } start; pair++)
        {
            long length = NextNumber(ref rest, text) ?? throw new RecordFaultException("RLE_ODD",
                $"expected pairs of start and length, found {2 * pair + 1} numbers", "correct the row");
            long first = start + origin;
            Check(pair, start, length, first, end, pixels);
            counts.Add((uint)(first - end));
            counts.Add((uint)length);
            end = first + length;
            if (Starts == RunStarts.AfterTheRunBefore) origin = end;
        }
        counts.Add((uint)(pixels - end));
        return MaskOf(heightPx, widthPx, counts);
    }

    private static Mask MaskOf(int heightPx, int widthPx, List<uint> counts)
    {
        try
        {
            return Mask.FromCounts(heightPx, widthPx, CollectionsMarshal.AsSpan(counts)).ToCanonical();
        }
        catch (MaskFormatException e)
        {
            throw new RecordFaultException("MASK_SIZE", e.Message, "check the size of the picture");
        }
    }

    private void Check(int pair, long start, long length, long first, long end, long pixels)
    {
        string name = $"pair {pair + 1} ({start} {length})";
        if (first < 0)
            throw new RecordFaultException("RLE_START", $"{name} begins before the first pixel, {FirstPixel}",
                "set 'base: 0' if pixels are counted from 0");
        if (length < 1)
            throw new RecordFaultException("RLE_LENGTH", $"{name} has no pixel", "leave the pair out");
        if (first < end)
            throw new RecordFaultException("RLE_ORDER",
                $"{name} begins before the pair before it ends, at {end - 1 + FirstPixel}",
                "sort the pairs and join those that overlap, or set 'relative: true' if starts are relative");
        if (first + length > pixels)
            throw new RecordFaultException("RLE_RANGE",
                $"{name} ends at pixel {first + length - 1 + FirstPixel}, the last one is {pixels - 1 + FirstPixel}",
                "check 'height', 'width' and 'base'");
    }

    /// <summary>Takes the next number off the text; null at its end.</summary>
    private static long? NextNumber(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        int blanks = rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (blanks < 0) return null;
        rest = rest[blanks..];
        int length = rest.IndexOfAny(" \t\r\n"u8);
        ReadOnlySpan<byte> token = length < 0 ? rest : rest[..length];
        if (!char.IsAsciiDigit((char)token[0]) || !Utf8Parser.TryParse(token, out long value, out int used) ||
            used < token.Length)
            throw new RecordFaultException("RLE_NUMBER",
                $"expected a whole number, found '{Encoding.UTF8.GetString(token[..Math.Min(40, token.Length)])}' " +
                $"at character {text.Length - rest.Length + 1}",
                "correct the row; a table program may have added '.0'");
        rest = rest[token.Length..];
        // Far beyond any picture, yet safe to add to.
        return Math.Min(value, long.MaxValue / 4);
    }
}
