using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>
/// Reads and writes photos of one file format. Two codecs of one format need not give the same bytes or pixels, nor one
/// codec on two types of processor; so the codec is chosen by name and is part of what makes a release.
/// </summary>
public interface IPhotoCodec
{
    /// <summary>How file names of the format end, with the dot: <c>.jpg</c>.</summary>
    string FileExtension { get; }

    /// <summary>The picture as a file.</summary>
    byte[] Encode(RgbPixels pixels);

    /// <summary>The pixels of a file, as stored: an orientation that it asks for is not applied.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="BadDataException">The file is malformed or of another format (<c>MEDIA_FORMAT</c>), or its
    /// picture is larger than <see cref="RgbPixels.MaxPixels"/> (<c>MEDIA_SIZE</c>).</exception>
    RgbPixels Decode(byte[] file, string name);

    /// <summary>The pixels of a file, made smaller by the mean of the area that each new pixel covers.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <param name="widthPx">Width to make it, not above that of the file.</param>
    /// <param name="heightPx">Height to make it, not above that of the file.</param>
    /// <exception cref="BadDataException">As <see cref="Decode"/>.</exception>
    RgbPixels DecodeReduced(byte[] file, string name, int widthPx, int heightPx) =>
        AreaMean.Reduce(Decode(file, name), widthPx, heightPx);
}
