using System.Runtime.InteropServices;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>JPEG by libjpeg-turbo: baseline, colour at half resolution (4:2:0). Two to three times as fast as
/// <see cref="JpegCodec"/>; its pixels differ from those in places.</summary>
/// <remarks>
/// A picture is made smaller in two steps. Of 1/8, 1/4 and 1/2 the decoder takes the smallest size (each axis rounded
/// up) that is not below the one asked for, by computing fewer values from each block of coefficients; what is left to
/// do is the exact mean of areas. The first step is not the mean of the pixels that the picture would have had, and
/// where the source's size is not a multiple of the step, the last column and row reach less than a pixel beyond it.
/// </remarks>
public sealed class TurboJpegCodec : IPhotoCodec
{
    [ThreadStatic]
    private static TurboJpegHandle? _decompressor;

    [ThreadStatic]
    private static TurboJpegHandle? _compressor;

    private readonly int _quality;

    /// <summary>A codec that writes with a given quality.</summary>
    /// <param name="quality">From 1 to 100, on the scale of libjpeg.</param>
    /// <exception cref="BadDataException">The system has no libturbojpeg (<c>CODEC_MISSING</c>).</exception>
    public TurboJpegCodec(int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (!IsInstalled)
            throw new BadDataException(new Problem("CODEC_MISSING",
                $"the codec turbojpeg needs {TurboJpegLibrary.Name}, which this system does not have")
            {
                Remedy = "install libturbojpeg0, or set codec: imagesharp",
            });
        _quality = quality;
    }

    /// <summary>True where the system has the library.</summary>
    public static bool IsInstalled => TurboJpegLibrary.IsInstalled;

    /// <inheritdoc/>
    public string FileExtension => ".jpg";

    private static TurboJpegHandle Decompressor => _decompressor ??= TurboJpegLibrary.tjInitDecompress();

    private static TurboJpegHandle Compressor => _compressor ??= TurboJpegLibrary.tjInitCompress();

    /// <inheritdoc/>
    public byte[] Encode(RgbPixels pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        nint file = 0;
        var fileBytes = new CULong(0);
        try
        {
            int status = TurboJpegLibrary.tjCompress2(Compressor, pixels.RowMajor, pixels.WidthPx, 3 * pixels.WidthPx,
                pixels.HeightPx, TurboJpegLibrary.Rgb, ref file, ref fileBytes, TurboJpegLibrary.HalfColour, _quality,
                flags: 0);
            if (status != 0)
                throw new InvalidOperationException("libturbojpeg cannot write the picture: " + Compressor.ErrorText);
            byte[] result = GC.AllocateUninitializedArray<byte>(checked((int)fileBytes.Value));
            Marshal.Copy(file, result, 0, result.Length);
            return result;
        }
        finally
        {
            TurboJpegLibrary.tjFree(file);
        }
    }

    /// <inheritdoc/>
    public RgbPixels Decode(byte[] file, string name)
    {
        JpegFrame frame = JpegFile.Check(file, name);
        return Decode(file, name, frame.WidthPx, frame.HeightPx);
    }

    /// <inheritdoc/>
    public RgbPixels DecodeReduced(byte[] file, string name, int widthPx, int heightPx)
    {
        JpegFrame frame = JpegFile.Check(file, name);
        int step = 8;
        while (step > 1 && (Part(frame.WidthPx, step) < widthPx || Part(frame.HeightPx, step) < heightPx)) step /= 2;
        RgbPixels pixels = Decode(file, name, Part(frame.WidthPx, step), Part(frame.HeightPx, step));
        return AreaMean.Reduce(pixels, widthPx, heightPx);
    }

    private static int Part(int sizePx, int step) => (sizePx + step - 1) / step;

    private static RgbPixels Decode(byte[] file, string name, int widthPx, int heightPx)
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(3 * widthPx * heightPx);
        TurboJpegHandle handle = Decompressor;
        int status = TurboJpegLibrary.tjDecompress2(handle, file, new CULong((nuint)file.Length), rgb, widthPx,
            3 * widthPx, heightPx, TurboJpegLibrary.Rgb, flags: 0);
        if (status != 0 && !IsHarmless(handle))
            throw PhotoFault.Format(name, "the JPEG cannot be decoded: " + handle.ErrorText);
        return new RgbPixels(widthPx, heightPx, rgb);
    }

    // Stray bytes between two markers spoil no pixel; every other warning is about pixels.
    private static bool IsHarmless(TurboJpegHandle handle) =>
        TurboJpegLibrary.tjGetErrorCode(handle) == TurboJpegLibrary.Warning &&
        handle.ErrorText.Contains("extraneous bytes before marker", StringComparison.Ordinal);
}
