using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>File formats of photos.</summary>
public enum PhotoFormat
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG (W3C).</summary>
    Png,
}

/// <summary>What a photo's file says of itself, read without decoding the picture.</summary>
/// <param name="Format">Its file format, told by its first bytes, not by its name.</param>
/// <param name="WidthPx">Width of the picture as stored.</param>
/// <param name="HeightPx">Height of the picture as stored.</param>
/// <param name="Orientation">The EXIF orientation, 1 to 8; 1, upright, when it does not say. From 5 on, a viewer that
/// obeys it shows width and height exchanged.</param>
public sealed record PhotoHeader(PhotoFormat Format, int WidthPx, int HeightPx, int Orientation)
{
    /// <summary>Reads the header of a photo.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="BadDataException"><c>MEDIA_FORMAT</c>: neither JPEG nor PNG, or it ends within the
    /// header.</exception>
    public static PhotoHeader Read(Stream file, string name)
    {
        var reader = new HeaderReader(file, name);
        byte first = reader.Byte(), second = reader.Byte();
        return (first, second) switch
        {
            (0xFF, 0xD8) => JpegHeader.Read(reader),
            (0x89, (byte)'P') => PngPhotoHeader.Read(reader),
            _ => throw reader.Fault($"a JPEG or PNG is expected, found a file that begins with {first:X2} {second:X2}"),
        };
    }

    /// <summary>Reads the header of a photo.</summary>
    /// <exception cref="BadDataException">As above, or the file cannot be opened (<c>MEDIA_MISSING</c>).</exception>
    public static PhotoHeader Read(Photo photo, string name)
    {
        ArgumentNullException.ThrowIfNull(photo);
        using Stream file = photo.OpenRead();
        return Read(file, name);
    }
}
