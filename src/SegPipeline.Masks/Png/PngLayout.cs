namespace SegPipeline.Masks.Png;

/// <summary>
/// A PNG file taken apart but not inflated: every chunk up to IEND is there once, in order, with a correct checksum.
/// Chunks that do not change labels (tRNS, gAMA, times, texts) are checked and skipped. Bytes behind IEND are no part
/// of the picture and are not looked at.
/// </summary>
internal readonly ref struct PngLayout
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly int _firstPixelChunk;

    private PngLayout(
        ReadOnlySpan<byte> file, PngHeader header, Palette? palette, int firstPixelChunk, long compressedBytes)
    {
        _file = file;
        _firstPixelChunk = firstPixelChunk;
        Header = header;
        Palette = palette;
        CompressedBytes = compressedBytes;
    }

    /// <summary>Size, colour type and bit depth.</summary>
    public PngHeader Header { get; }

    /// <summary>The palette; null when there is none.</summary>
    public Palette? Palette { get; }

    /// <summary>Length of the zlib stream over all IDAT chunks; never more than the file has.</summary>
    public long CompressedBytes { get; }

    /// <summary>Where the first IDAT chunk begins in the file.</summary>
    public int PixelPosition => _firstPixelChunk;

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="PngFormatException">A chunk is malformed, missing or in the wrong place.</exception>
    public static PngLayout Of(ReadOnlySpan<byte> file)
    {
        PngHeader header = PngHeader.Read(file);
        var chunk = new PngChunkCursor(file, PngHeader.LengthBytes);
        Palette? palette = null;
        int firstPixelChunk = 0;
        long compressedBytes = 0;
        uint previous = PngChunkType.Header;
        while (true)
        {
            chunk.MoveNext();
            switch (chunk.Type)
            {
                case PngChunkType.Palette:
                    Require(palette is null && firstPixelChunk == 0, chunk, "expected one PLTE, before IDAT");
                    palette = ReadPalette(header, chunk);
                    break;
                case PngChunkType.Pixels:
                    Require(firstPixelChunk == 0 || previous == PngChunkType.Pixels, chunk,
                        "expected the IDAT chunks one after another");
                    if (firstPixelChunk == 0) firstPixelChunk = chunk.Position;
                    compressedBytes += chunk.Body.Length;
                    break;
                case PngChunkType.End:
                    Require(firstPixelChunk != 0, chunk, "expected IDAT before IEND");
                    RequireEmpty(chunk);
                    RequirePalette(header, palette, chunk);
                    return new PngLayout(file, header, palette, firstPixelChunk, compressedBytes);
                default:
                    RequireSkippable(chunk);
                    break;
            }
            previous = chunk.Type;
        }
    }

    /// <summary>Joins the bodies of the IDAT chunks.</summary>
    /// <param name="compressed">Room for <see cref="CompressedBytes"/> bytes.</param>
    public void CopyCompressed(Span<byte> compressed)
    {
        for (int position = _firstPixelChunk; !compressed.IsEmpty;)
        {
            ReadOnlySpan<byte> body = PngChunkCursor.BodyAt(_file, position);
            body.CopyTo(compressed);
            compressed = compressed[body.Length..];
            position += body.Length + PngChunkCursor.OverheadBytes;
        }
    }

    private static Palette ReadPalette(PngHeader header, in PngChunkCursor chunk)
    {
        if (header.ColorType is PngColorType.Grey or PngColorType.GreyAlpha)
            throw new PngFormatException(PngFault.Palette, chunk.Position, "a grey picture cannot have a palette");
        int most = header.ColorType == PngColorType.Palette ? 1 << header.BitDepth : Palette.MaxCount;
        if (chunk.Body.IsEmpty || chunk.Body.Length % 3 != 0 || chunk.Body.Length > 3 * most)
            throw new PngFormatException(PngFault.Palette, chunk.Position,
                $"expected a palette of 1 to {most} colours of 3 bytes, found {chunk.Body.Length} bytes");
        return new Palette(chunk.Body);
    }

    private static void RequireEmpty(in PngChunkCursor chunk)
    {
        if (!chunk.Body.IsEmpty)
            throw new PngFormatException(PngFault.ChunkLength, chunk.Position,
                $"expected IEND of 0 bytes, found {chunk.Body.Length}");
    }

    private static void RequirePalette(PngHeader header, Palette? palette, in PngChunkCursor chunk)
    {
        if (header.ColorType == PngColorType.Palette && palette is null)
            throw new PngFormatException(PngFault.Palette, chunk.Position, "expected a palette, found none");
    }

    private static void RequireSkippable(in PngChunkCursor chunk)
    {
        Require(chunk.Type != PngChunkType.Header, chunk, "expected one IHDR");
        if (PngChunkType.IsCritical(chunk.Type))
            throw new PngFormatException(PngFault.ChunkType, chunk.Position,
                $"the picture cannot be read without chunk {PngChunkType.Name(chunk.Type)}, which is unknown");
    }

    private static void Require(bool isRight, in PngChunkCursor chunk, string expected)
    {
        if (!isRight)
            throw new PngFormatException(PngFault.ChunkOrder, chunk.Position,
                $"{expected}, found {PngChunkType.Name(chunk.Type)} at byte {chunk.Position}");
    }
}
