using System.Buffers.Binary;

namespace SegPipeline.Masks.Png;

/// <summary>What a sample or a group of samples of a PNG stands for.</summary>
public enum PngColorType : byte
{
    /// <summary>One grey sample a pixel.</summary>
    Grey = 0,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>One index into the palette a pixel.</summary>
    Palette = 3,

    /// <summary>Grey and opacity.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue, opacity.</summary>
    Rgba = 6,
}

/// <summary>What a PNG says about itself before its pixels (chunk IHDR; W3C PNG 3rd edition, 11.2.1).</summary>
/// <param name="WidthPx">Width in pixels, 1 or more.</param>
/// <param name="HeightPx">Height in pixels, 1 or more.</param>
/// <param name="BitDepth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColorType">What the samples stand for.</param>
/// <param name="IsInterlaced">Whether the pixels come in the seven passes of Adam7.</param>
public sealed record PngHeader(int WidthPx, int HeightPx, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    /// <summary>Number of bytes at the start of a file that <see cref="Read"/> needs.</summary>
    public const int LengthBytes = 8 + 4 + 4 + BodyBytes + 4;

    internal const int BodyBytes = 13;

    internal const int SizePosition = BodyPosition;

    private const int BodyPosition = 16;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Samples of a pixel: 1, 2, 3 or 4.</summary>
    public int SamplesPerPixel => ColorType switch
    {
        PngColorType.GreyAlpha => 2,
        PngColorType.Rgb => 3,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    internal int BytesPerSample => BitDepth == 16 ? 2 : 1;

    /// <summary>Length of the unpacked samples; below 2^63 for up to 2^59 pixels.</summary>
    internal long SampleBytes => (long)WidthPx * HeightPx * SamplesPerPixel * BytesPerSample;

    /// <summary>Distance in bytes between a byte and the one that filters take for its left neighbour.</summary>
    internal int FilterDistanceBytes => Math.Max(1, SamplesPerPixel * BitDepth / 8);

    /// <summary>Packed length of a row of this many pixels, without its filter byte.</summary>
    internal long PackedRowBytes(int widthPx) => ((long)widthPx * SamplesPerPixel * BitDepth + 7) / 8;

    /// <summary>Reads size, colour type and bit depth from the start of a file; inflates nothing.</summary>
    /// <param name="file">The file, or its first <see cref="LengthBytes"/> bytes.</param>
    /// <exception cref="PngFormatException">It is not a PNG, or its header is wrong.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            throw new PngFormatException(PngFault.Signature, 0, "expected the eight bytes that begin a PNG file");
        var chunk = new PngChunkCursor(file, Signature.Length);
        chunk.MoveNext();
        if (chunk.Type != PngChunkType.Header)
            throw new PngFormatException(PngFault.ChunkOrder, chunk.Position,
                $"expected IHDR as the first chunk, found {PngChunkType.Name(chunk.Type)}");
        if (chunk.Body.Length != BodyBytes)
            throw new PngFormatException(PngFault.ChunkLength, chunk.Position,
                $"expected IHDR of {BodyBytes} bytes, found {chunk.Body.Length}");
        return Parse(chunk.Body);
    }

    internal void WriteBody(Span<byte> body)
    {
        BinaryPrimitives.WriteInt32BigEndian(body, WidthPx);
        BinaryPrimitives.WriteInt32BigEndian(body[4..], HeightPx);
        body[8] = (byte)BitDepth;
        body[9] = (byte)ColorType;
        body[10] = 0;
        body[11] = 0;
        body[12] = IsInterlaced ? (byte)1 : (byte)0;
    }

    private static PngHeader Parse(ReadOnlySpan<byte> body)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(body);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new PngFormatException(PngFault.Size, BodyPosition,
                $"expected a width and a height from 1 to {int.MaxValue}, found {width}x{height}");
        if (!IsPossible((PngColorType)body[9], body[8]))
            throw Unknown(8, $"colour type {body[9]} with {body[8]} bits a sample");
        if (body[10] != 0) throw Unknown(10, $"compression method {body[10]}");
        if (body[11] != 0) throw Unknown(11, $"filter method {body[11]}");
        if (body[12] > 1) throw Unknown(12, $"interlace method {body[12]}");
        return new PngHeader((int)width, (int)height, body[8], (PngColorType)body[9], body[12] == 1);
    }

    private static bool IsPossible(PngColorType colorType, byte bitDepth) => colorType switch
    {
        PngColorType.Grey => bitDepth is 1 or 2 or 4 or 8 or 16,
        PngColorType.Palette => bitDepth is 1 or 2 or 4 or 8,
        PngColorType.Rgb or PngColorType.GreyAlpha or PngColorType.Rgba => bitDepth is 8 or 16,
        _ => false,
    };

    private static PngFormatException Unknown(int offset, string found) =>
        new(PngFault.Header, BodyPosition + offset, "PNG has no " + found);
}
