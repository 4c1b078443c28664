using System.Buffers;
using System.Buffers.Binary;
using SegPipeline.Masks.Png.Zlib;

namespace SegPipeline.Masks.Png;

/// <summary>Puts a PNG file together: filtered rows, compressed, in the fewest chunks.</summary>
internal static class PngAssembly
{
    /// <summary>Makes the bytes of a file.</summary>
    /// <param name="header">What the file will say about itself; never interlaced.</param>
    /// <param name="palette">The palette, or null.</param>
    /// <param name="samples">One byte for each sample of up to 8 bits, two in machine order for 16; row-major.</param>
    /// <param name="filter">The filter of every row.</param>
    /// <param name="compression">How hard to compress.</param>
    public static byte[] Encode(
        PngHeader header, Palette? palette, ReadOnlySpan<byte> samples, byte filter, PngCompression compression)
    {
        if (header.WidthPx <= 0 || header.HeightPx <= 0)
            throw new ArgumentException("a PNG cannot hold a picture without pixels");
        long rowBytes = header.PackedRowBytes(header.WidthPx) + 1;
        long inflatedBytes = PngPass.InflatedBytes(header);
        if (inflatedBytes > Array.MaxLength)
            throw new ArgumentException($"a picture of {header.WidthPx}x{header.HeightPx} is too large to be written");
        byte[] rows = ArrayPool<byte>.Shared.Rent((int)inflatedBytes);
        try
        {
            FilterRows(header, samples, filter, rows);
            using DeflateOutput compressed = Deflater.Deflate(
                rows.AsSpan(0, (int)inflatedBytes), (int)rowBytes, header.FilterDistanceBytes, compression);
            return Assemble(header, palette, compressed.Written);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    private static void FilterRows(PngHeader header, ReadOnlySpan<byte> samples, byte filter, Span<byte> rows)
    {
        int rowBytes = (int)header.PackedRowBytes(header.WidthPx);
        int lineBytes = header.WidthPx * header.SamplesPerPixel * header.BytesPerSample;
        ReadOnlySpan<byte> above = filter == PngFilter.None ? default : new byte[lineBytes];
        for (int y = 0; y < header.HeightPx; y++)
        {
            ReadOnlySpan<byte> line = samples.Slice(y * lineBytes, lineBytes);
            rows[0] = filter;
            Span<byte> row = rows.Slice(1, rowBytes);
            if (filter == PngFilter.Paeth) PngFilter.ApplyPaeth(line, above, header.FilterDistanceBytes, row);
            else PngSamples.Pack(line, header.BitDepth, row);
            above = line;
            rows = rows[(rowBytes + 1)..];
        }
    }

    private static byte[] Assemble(PngHeader header, Palette? palette, ReadOnlySpan<byte> compressed)
    {
        int chunks = palette is null ? 3 : 4, paletteBytes = palette?.Rgb.Length ?? 0;
        byte[] file = GC.AllocateUninitializedArray<byte>(checked(PngHeader.Signature.Length +
            chunks * PngChunkCursor.OverheadBytes + PngHeader.BodyBytes + paletteBytes + compressed.Length));
        Span<byte> rest = file;
        PngHeader.Signature.CopyTo(rest);
        rest = rest[PngHeader.Signature.Length..];
        Span<byte> body = stackalloc byte[PngHeader.BodyBytes];
        header.WriteBody(body);
        rest = Append(rest, PngChunkType.Header, body);
        if (palette is not null) rest = Append(rest, PngChunkType.Palette, palette.Rgb);
        rest = Append(rest, PngChunkType.Pixels, compressed);
        Append(rest, PngChunkType.End, []);
        return file;
    }

    private static Span<byte> Append(Span<byte> rest, uint type, scoped ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], type);
        body.CopyTo(rest[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(rest[(8 + body.Length)..], Crc32.Of(rest.Slice(4, body.Length + 4)));
        return rest[(body.Length + PngChunkCursor.OverheadBytes)..];
    }
}
