using System.Buffers;
using System.Numerics;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>A PNG with the pixels of one object: light ones are of the object, dark ones are not.</summary>
/// <param name="Mask">The object.</param>
/// <param name="Lightest">The lightest level, 0 to 255.</param>
/// <param name="SoftPx">Number of pixels that are neither 0 nor 255.</param>
/// <param name="ClearPx">Number of pixels that are not opaque.</param>
internal sealed record BinaryMaskFile(Mask Mask, byte Lightest, long SoftPx, long ClearPx)
{
    /// <summary>Reads a file: grey, indexed or of colours, which count by their luma; opacity is ignored.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="threshold">Levels above this one are of the object, 0 to 254.</param>
    /// <exception cref="BadDataException">The file cannot be read, or is no PNG or a damaged one.</exception>
    public static BinaryMaskFile Read(string path, string name, int threshold)
    {
        using FileRent file = FileRent.Read(path, name);
        try
        {
            using PngImage image = PngReader.Read(file.Bytes);
            return Of(image, (byte)threshold);
        }
        catch (PngFormatException e)
        {
            throw LabelFile.Damaged(e, name);
        }
    }

    /// <summary>Tells what is odd about the file and does not follow from the mask; mostly nothing is.</summary>
    /// <param name="place">What messages call the file.</param>
    /// <param name="folder">What messages call the folder that it lies in.</param>
    /// <param name="threshold">As it was read with.</param>
    /// <param name="warn">Told.</param>
    public void Report(string place, string folder, int threshold, Action<string> warn)
    {
        if (Lightest > 0 && Lightest <= threshold)
            warn($"{place}: no pixel is above {threshold}, the lightest is {Lightest}, so the mask is empty; " +
                "set threshold: 0 when every pixel but 0 is of the object");
        if (ClearPx > 0) warn($"{place}: {Counted.Of(ClearPx, "pixel is", "pixels are")} not opaque, which is ignored");
        // Soft masks come by the thousand; one sentence tells of all.
        if (SoftPx > 0)
            warn($"some masks in '{folder}' have levels between 0 and 255; pixels above {threshold} are of the object");
    }

    private static BinaryMaskFile Of(PngImage image, byte threshold)
    {
        PngHeader header = image.Header;
        int pixels = checked(header.WidthPx * header.HeightPx);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(pixels);
        try
        {
            Span<byte> levels = buffer.AsSpan(0, pixels);
            PngGreys.Write(image, levels);
            long softPx = CountSoft(levels);
            byte lightest = softPx == 0 ? (byte)(levels.Contains(byte.MaxValue) ? byte.MaxValue : 0) : Max(levels);
            Binarise(levels, threshold);
            return new BinaryMaskFile(Mask.FromBitmapRowMajor(header.HeightPx, header.WidthPx, levels),
                lightest, softPx, PngGreys.CountClear(image));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long CountSoft(ReadOnlySpan<byte> levels)
    {
        int first = levels.IndexOfAnyExcept((byte)0, byte.MaxValue);
        if (first < 0) return 0;
        long count = 0;
        foreach (byte level in levels[first..]) count += level is 0 or byte.MaxValue ? 0 : 1;
        return count;
    }

    private static byte Max(ReadOnlySpan<byte> levels)
    {
        byte most = 0;
        foreach (byte level in levels) most = Math.Max(most, level);
        return most;
    }

    /// <summary>Makes levels above the threshold 255 and all others 0.</summary>
    private static void Binarise(Span<byte> levels, byte threshold)
    {
        var limit = new Vector<byte>(threshold);
        int i = 0;
        for (; i <= levels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            Vector.GreaterThan(new Vector<byte>(levels[i..]), limit).CopyTo(levels[i..]);
        for (; i < levels.Length; i++) levels[i] = levels[i] > threshold ? byte.MaxValue : (byte)0;
    }
}
