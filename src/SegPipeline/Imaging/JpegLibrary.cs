using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>What reads and writes JPEGs.</summary>
public enum JpegLibrary
{
    /// <summary>SixLabors.ImageSharp: part of SegPipeline, works everywhere.</summary>
    Imagesharp,

    /// <summary>libjpeg-turbo: two to three times as fast, must be installed (Debian: libturbojpeg0).</summary>
    Turbojpeg,
}

/// <summary>The codecs that pixels of photos are read and written with.</summary>
/// <param name="jpeg">For JPEGs.</param>
internal sealed class PhotoCodecs(IPhotoCodec jpeg)
{
    private readonly PngCodec _png = new();

    /// <summary>The codecs of a choice.</summary>
    /// <param name="library">What reads and writes JPEGs.</param>
    /// <param name="quality">Quality of the JPEGs written, 1 to 100.</param>
    /// <exception cref="BadDataException">The system lacks the library.</exception>
    public static PhotoCodecs Of(JpegLibrary library, int quality) =>
        new(library == JpegLibrary.Turbojpeg ? new TurboJpegCodec(quality) : new JpegCodec(quality));

    /// <summary>The codec of a file format.</summary>
    /// <exception cref="BadDataException">There is none.</exception>
    public IPhotoCodec For(PhotoFormat format, string name) => format switch
    {
        PhotoFormat.Jpeg => jpeg,
        PhotoFormat.Png => _png,
        _ => throw new BadDataException(new Problem("MEDIA_FORMAT",
            $"a JPEG or PNG is expected, found a {format}, whose pixels are not decoded")
        {
            File = name,
            Remedy = "convert it to JPEG or PNG, or leave the pictures out (images: none)",
        }),
    };
}
