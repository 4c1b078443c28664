using System.Runtime.InteropServices;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.Png;

/// <summary>
/// Writes PNG files. What is given is what is stored: indices and their palette keep their order, nothing is scaled,
/// merged or left out, and the same picture gives the same bytes. Safe to call from any thread.
/// </summary>
public static class PngWriter
{
    /// <summary>Writes a palette image.</summary>
    /// <param name="indices">An index into the palette for each pixel.</param>
    /// <param name="palette">The palette; stored whole, also the entries no pixel uses.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <param name="bitDepth">Bits of an index: 1, 2, 4 or 8.</param>
    /// <exception cref="ArgumentException">The picture is empty, a pixel has no entry in the palette, or the palette is
    /// longer than the bits can count.</exception>
    public static byte[] EncodeIndexed(
        RowMajorPixels<byte> indices, Palette palette, PngCompression compression, int bitDepth = 8)
    {
        ArgumentNullException.ThrowIfNull(palette);
        RequireBitDepth(bitDepth);
        if (palette.Count > 1 << bitDepth)
            throw new ArgumentException($"{bitDepth} bits cannot count {palette.Count} colours", nameof(palette));
        RequireAtMost(indices.Values, palette.Count - 1);
        var header = new PngHeader(indices.WidthPx, indices.HeightPx, bitDepth, PngColorType.Palette, false);
        return PngAssembly.Encode(header, palette, indices.Values, PngFilter.None, compression);
    }

    /// <summary>Writes a grey image of up to 8 bits.</summary>
    /// <param name="grey">A grey value for each pixel, below 2 to the power of the bit depth.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <param name="bitDepth">Bits of a grey value: 1, 2, 4 or 8.</param>
    /// <exception cref="ArgumentException">The picture is empty, or a value needs more bits.</exception>
    public static byte[] EncodeGrey(RowMajorPixels<byte> grey, PngCompression compression, int bitDepth = 8)
    {
        RequireBitDepth(bitDepth);
        RequireAtMost(grey.Values, (1 << bitDepth) - 1);
        var header = new PngHeader(grey.WidthPx, grey.HeightPx, bitDepth, PngColorType.Grey, false);
        return PngAssembly.Encode(header, null, grey.Values, PngFilter.None, compression);
    }

    /// <summary>Writes a grey image of 16 bits.</summary>
    /// <param name="grey">A grey value for each pixel.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <exception cref="ArgumentException">The picture is empty.</exception>
    public static byte[] EncodeGrey16(RowMajorPixels<ushort> grey, PngCompression compression)
    {
        var header = new PngHeader(grey.WidthPx, grey.HeightPx, 16, PngColorType.Grey, false);
        return PngAssembly.Encode(header, null, MemoryMarshal.AsBytes(grey.Values), PngFilter.None, compression);
    }

    /// <summary>Writes a photo of 8 bits a sample.</summary>
    /// <param name="rgb">Red, green and blue of each pixel, row-major.</param>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <exception cref="ArgumentException">The picture is empty, or the number of samples is not three for each
    /// pixel.</exception>
    public static byte[] EncodePhoto(ReadOnlySpan<byte> rgb, int heightPx, int widthPx, PngCompression compression)
    {
        if ((long)heightPx * widthPx * 3 != rgb.Length)
            throw new ArgumentException($"{rgb.Length} samples are not 3 x {heightPx} x {widthPx}", nameof(rgb));
        var header = new PngHeader(widthPx, heightPx, 8, PngColorType.Rgb, false);
        return PngAssembly.Encode(header, null, rgb, PngFilter.Paeth, compression);
    }

    /// <summary>
    /// Writes ids of up to 24 bits as colours, as COCO panoptic does: id = red + 256 green + 65536 blue.
    /// </summary>
    /// <param name="ids">An id from 0 to 16,777,215 for each pixel.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <exception cref="ArgumentException">The picture is empty, or an id needs more than 24 bits.</exception>
    public static byte[] EncodeIds(RowMajorPixels<uint> ids, PngCompression compression)
    {
        var header = new PngHeader(ids.WidthPx, ids.HeightPx, 8, PngColorType.Rgb, false);
        if (ids.Values.Length > Array.MaxLength / 3)
            throw new ArgumentException($"{ids.HeightPx}x{ids.WidthPx} is too large to be written", nameof(ids));
        byte[] rgb = new byte[3 * ids.Values.Length];
        for (int i = 0; i < ids.Values.Length; i++)
        {
            uint id = ids.Values[i];
            if (id > 0xFFFFFF) throw new ArgumentException($"id {id} needs more than 24 bits", nameof(ids));
            rgb[3 * i] = (byte)id;
            rgb[3 * i + 1] = (byte)(id >> 8);
            rgb[3 * i + 2] = (byte)(id >> 16);
        }
        return PngAssembly.Encode(header, null, rgb, PngFilter.None, compression);
    }

    private static void RequireBitDepth(int bitDepth)
    {
        if (bitDepth is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(bitDepth), bitDepth, "1, 2, 4 or 8 bits are possible");
    }

    private static void RequireAtMost(ReadOnlySpan<byte> values, int most)
    {
        int at = most == byte.MaxValue ? -1 : values.IndexOfAnyExceptInRange((byte)0, (byte)most);
        if (at >= 0)
            throw new ArgumentException($"pixel {at} (row-major) is {values[at]}, at most {most} can be stored");
    }
}
