using System.Buffers;
using System.Numerics;
using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;

namespace SegPipeline.Formats;

/// <summary>How many bits a pixel of a mask of one object has.</summary>
public enum MaskBits
{
    /// <summary>8: 0 and 255, which any program shows as black and white.</summary>
    Eight,

    /// <summary>1: black and white all the same, in smaller files.</summary>
    One,
}

/// <summary>Writes masks of one object as black and white PNGs.</summary>
internal static class BinaryMaskPng
{
    /// <summary>The file: white where the object is.</summary>
    public static byte[] Encode(Mask mask, MaskBits bits, PngCompression compression)
    {
        int pixels = checked((int)mask.PixelCount);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(pixels);
        try
        {
            Span<byte> levels = buffer.AsSpan(0, pixels);
            mask.CopyToRowMajor(levels);
            if (bits == MaskBits.Eight) Negate(levels);
            return PngWriter.EncodeGrey(new RowMajorPixels<byte>(levels, mask.HeightPx, mask.WidthPx), compression,
                bits == MaskBits.Eight ? 8 : 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes 255 of 1.</summary>
    private static void Negate(Span<byte> levels)
    {
        int i = 0;
        for (; i <= levels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (Vector<byte>.Zero - new Vector<byte>(levels[i..])).CopyTo(levels[i..]);
        for (; i < levels.Length; i++) levels[i] = (byte)-levels[i];
    }
}
