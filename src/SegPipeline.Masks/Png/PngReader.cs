using System.Buffers;
using SegPipeline.Masks.Png.Zlib;

namespace SegPipeline.Masks.Png;

/// <summary>
/// Reads PNG files of every colour type, bit depth, filter and interlacing without changing a sample. Every fault of a
/// file is a <see cref="PngFormatException"/>; nothing is allocated for a picture before its size is known to be
/// allowed and its data long enough to hold it. Safe to call from any thread.
/// </summary>
/// <remarks>W3C Portable Network Graphics, 3rd edition. Checksums of all chunks are verified.</remarks>
public static class PngReader
{
    /// <summary>Largest inflated picture accepted by default, in bytes: 1 GiB.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    /// <summary>Most bytes that a byte of a deflate stream can stand for: 258 in 2 bits (RFC 1951).</summary>
    private const long MaxInflation = 1032;

    /// <summary>Reads a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxBytes">Largest size accepted of the inflated rows and of the unpacked samples.</param>
    /// <exception cref="PngFormatException">The file is malformed or too large.</exception>
    public static PngImage Read(ReadOnlySpan<byte> file, long maxBytes = DefaultMaxBytes)
    {
        PngLayout layout = PngLayout.Of(file);
        PngHeader header = layout.Header;
        CheckSize(header, Math.Min(maxBytes, Array.MaxLength));
        long inflatedBytes = PngPass.InflatedBytes(header);
        long sampleBytes = header.SampleBytes;
        CheckLength(layout, inflatedBytes);
        byte[] rows = ArrayPool<byte>.Shared.Rent((int)inflatedBytes);
        byte[] samples = ArrayPool<byte>.Shared.Rent((int)sampleBytes);
        try
        {
            Inflate(layout, rows.AsSpan(0, (int)inflatedBytes));
            PngRows.Unpack(layout, rows, samples);
            CheckIndices(layout, samples.AsSpan(0, (int)sampleBytes));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(samples);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
        return new PngImage(header, layout.Palette, samples, (int)sampleBytes);
    }

    private static void CheckSize(PngHeader header, long maxBytes)
    {
        // A pixel takes at least a byte when it is unpacked; only then do the other sizes fit 64 bits.
        long neededBytes = (long)header.WidthPx * header.HeightPx;
        if (neededBytes <= maxBytes) neededBytes = Math.Max(PngPass.InflatedBytes(header), header.SampleBytes);
        if (neededBytes > maxBytes)
            throw new PngFormatException(PngFault.Size, PngHeader.SizePosition,
                $"a picture of {header.WidthPx}x{header.HeightPx} takes {neededBytes} bytes or more, " +
                $"at most {maxBytes} are accepted");
    }

    private static void CheckLength(in PngLayout layout, long inflatedBytes)
    {
        if (layout.CompressedBytes * MaxInflation < inflatedBytes)
            throw new PngFormatException(PngFault.DataShort, layout.PixelPosition,
                $"{layout.CompressedBytes} compressed bytes cannot hold the {inflatedBytes} that the picture needs");
    }

    private static void Inflate(in PngLayout layout, Span<byte> rows)
    {
        int compressedBytes = (int)layout.CompressedBytes;
        byte[] compressed = ArrayPool<byte>.Shared.Rent(compressedBytes + BitSource.PaddingBytes);
        Span<byte> stream = compressed.AsSpan(0, compressedBytes + BitSource.PaddingBytes);
        layout.CopyCompressed(stream[..compressedBytes]);
        stream[compressedBytes..].Clear();
        InflateStatus status = Inflater.Inflate(stream, rows, out int written);
        ArrayPool<byte>.Shared.Return(compressed);
        if (status != InflateStatus.Complete) throw InflateFault(layout, status, rows.Length, written);
    }

    private static PngFormatException InflateFault(in PngLayout layout, InflateStatus status, int expected, int written)
    {
        (string code, string message) = status switch
        {
            InflateStatus.TooShort =>
                (PngFault.DataShort, $"the picture needs {expected} inflated bytes, found {written}"),
            InflateStatus.CutOff => (PngFault.DataShort, "the compressed pixels end in the middle of their stream"),
            InflateStatus.TooLong => (PngFault.DataLong, $"the picture needs {expected} inflated bytes, found more"),
            InflateStatus.BadHeader => (PngFault.Deflate, "the compressed pixels do not begin as a zlib stream"),
            InflateStatus.BadBlock => (PngFault.Deflate, "the compressed pixels have a block that cannot be read"),
            InflateStatus.BadCode => (PngFault.Deflate, "the compressed pixels have bits that are no code"),
            InflateStatus.BadDistance => (PngFault.Deflate, "the compressed pixels repeat bytes before the first"),
            _ => (PngFault.Deflate, "the inflated pixels do not have the checksum of their stream"),
        };
        return new PngFormatException(code, layout.PixelPosition, message);
    }

    private static void CheckIndices(in PngLayout layout, ReadOnlySpan<byte> samples)
    {
        PngHeader header = layout.Header;
        if (header.ColorType != PngColorType.Palette || layout.Palette!.Count == 1 << header.BitDepth) return;
        int at = samples.IndexOfAnyExceptInRange((byte)0, (byte)(layout.Palette.Count - 1));
        if (at >= 0)
            throw new PngFormatException(PngFault.PaletteIndex, layout.PixelPosition,
                $"pixel ({at % header.WidthPx}, {at / header.WidthPx}) has index {samples[at]}, " +
                $"the palette has {layout.Palette.Count} entries");
    }
}
