using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace SegPipeline.Imaging;

/// <summary>JPEG by SixLabors.ImageSharp: baseline, colour at half resolution (4:2:0).</summary>
/// <remarks>
/// The library is set up with JPEG alone: the decoders of other formats in its version 2.1.3 have known security faults
/// and are not wanted here.
/// </remarks>
public sealed class JpegCodec : IPhotoCodec
{
    // One thread per picture: the pipeline works on many pictures at once.
    private static readonly Configuration JpegOnly =
        new(new JpegConfigurationModule()) { MaxDegreeOfParallelism = 1 };

    private readonly JpegEncoder _encoder;

    /// <summary>A codec that writes with a given quality.</summary>
    /// <param name="quality">From 1 to 100, on the scale of libjpeg.</param>
    public JpegCodec(int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        _encoder = new JpegEncoder { Quality = quality, ColorType = JpegColorType.YCbCrRatio420 };
    }

    /// <inheritdoc/>
    public string FileExtension => ".jpg";

    /// <inheritdoc/>
    public byte[] Encode(RgbPixels pixels)
    {
        using var file = new MemoryStream();
        using Image<Rgb24> image = Image.WrapMemory<Rgb24>(JpegOnly, pixels.RowMajor, pixels.WidthPx, pixels.HeightPx);
        image.Save(file, _encoder);
        return file.ToArray();
    }

    /// <inheritdoc/>
    public RgbPixels Decode(byte[] file, string name) => Load(file, name, image =>
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(3 * image.Width * image.Height);
        image.CopyPixelDataTo(rgb);
        return new RgbPixels(image.Width, image.Height, rgb);
    });

    /// <inheritdoc/>
    public RgbPixels DecodeReduced(byte[] file, string name, int widthPx, int heightPx) => Load(file, name, image =>
    {
        var mean = new AreaMean(image.Width, image.Height, widthPx, heightPx);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++) mean.Add(MemoryMarshal.AsBytes(rows.GetRowSpan(y)));
        });
        return mean.Target;
    });

    private static RgbPixels Load(byte[] file, string name, Func<Image<Rgb24>, RgbPixels> take)
    {
        JpegFile.Check(file, name);
        try
        {
            using Image<Rgb24> image = Image.Load<Rgb24>(JpegOnly, file);
            return take(image);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // On damaged files the library throws many kinds of exceptions beyond its own.
            throw PhotoFault.Format(name, "the JPEG cannot be decoded: " + e.Message, inner: e);
        }
    }
}
