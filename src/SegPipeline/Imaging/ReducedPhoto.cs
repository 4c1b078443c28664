using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>
/// A photo made smaller when it is opened, and only then, in its own file format. Pixels are worked on as stored; the
/// EXIF orientation goes along, everything else that is no pixel (colour profiles, comments) stays behind.
/// </summary>
/// <param name="source">The photo.</param>
/// <param name="frame">What the dataset says of it: name, width and height.</param>
/// <param name="widthPx">Width to make it, of the picture as the dataset sees it.</param>
/// <param name="heightPx">Height to make it.</param>
/// <param name="codecs">What reads and writes it.</param>
internal sealed class ReducedPhoto(Photo source, Frame frame, int widthPx, int heightPx, PhotoCodecs codecs) : Photo
{
    /// <inheritdoc/>
    public override string? FilePath => null;

    /// <inheritdoc/>
    public override long CostBytes => 3L * (frame.WidthPx * (long)frame.HeightPx + widthPx * (long)heightPx);

    /// <inheritdoc/>
    /// <exception cref="BadDataException">As declared; or it cannot be decoded, or is not of the size that the dataset
    /// says (<c>MEDIA_SIZE</c>).</exception>
    public override Stream OpenRead()
    {
        string name = source.FilePath ?? frame.Name;
        byte[] file = PhotoBytes.ReadAll(source);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        IPhotoCodec codec = codecs.For(header.Format, name);
        (int width, int height) = AsStored(header, name);
        byte[] reduced = codec.Encode(codec.DecodeReduced(file, name, width, height));
        return new MemoryStream(
            OrientationTag.Insert(reduced, header.Format, header.Orientation), writable: false);
    }

    private (int WidthPx, int HeightPx) AsStored(PhotoHeader header, string name)
    {
        if ((header.WidthPx, header.HeightPx) == (frame.WidthPx, frame.HeightPx)) return (widthPx, heightPx);
        if (header.IsTurnedFor(frame)) return (heightPx, widthPx);
        throw PhotoFault.OtherSize(name, frame, header);
    }
}
