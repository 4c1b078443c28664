using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>File formats of photos.</summary>
public enum PhotoFormat
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG (W3C).</summary>
    Png,

    /// <summary>WebP (RFC 9649).</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF 6.0.</summary>
    Tiff,
}

/// <summary>What a photo's file says of itself, read without decoding the picture.</summary>
/// <param name="Format">Its file format, told by its first bytes, not by its name.</param>
/// <param name="WidthPx">Width of the picture as stored.</param>
/// <param name="HeightPx">Height of the picture as stored.</param>
/// <param name="Orientation">The EXIF orientation, 1 to 8; 1, upright, when it does not say. From 5 on, a viewer that
/// obeys it shows width and height exchanged.</param>
public sealed record PhotoHeader(PhotoFormat Format, int WidthPx, int HeightPx, int Orientation)
{
    /// <summary>True when a viewer that obeys the orientation shows width and height exchanged.</summary>
    public bool IsTurned => Orientation >= 5;

    /// <summary>True when a dataset states the size that this photo has once it is turned: its shapes lie on the
    /// picture as viewers show it, not as it is stored.</summary>
    internal bool IsTurnedFor(Frame frame) => IsTurned && WidthPx != HeightPx &&
        (HeightPx, WidthPx) == (frame.WidthPx, frame.HeightPx);

    /// <summary>Reads the header of a photo.</summary>
    /// <param name="file">The file, at its beginning; it may be read further than the header reaches.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="BadDataException"><c>MEDIA_FORMAT</c>: none of the formats above, or it ends within the
    /// header.</exception>
    public static PhotoHeader Read(Stream file, string name)
    {
        using var reader = new HeaderReader(file, name);
        return Read(reader);
    }

    /// <summary>Reads the header of a photo: of a file on disk, mostly in one read.</summary>
    /// <exception cref="BadDataException">As above, or the file cannot be opened (<c>MEDIA_MISSING</c>).</exception>
    public static PhotoHeader Read(Photo photo, string name)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (photo.FilePath is { } path) return ReadFile(path, name);
        using Stream file = photo.OpenRead();
        return Read(file, name);
    }

    private static PhotoHeader ReadFile(string path, string name)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            using var reader = new HeaderReader(file, name);
            return Read(reader);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PhotoFault.Missing(path, e);
        }
    }

    /// <summary>Reads the header of a photo and leaves the reader behind it.</summary>
    internal static PhotoHeader Read(HeaderReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        byte first = reader.Byte(), second = reader.Byte();
        return (first, second) switch
        {
            (0xFF, 0xD8) => JpegHeader.Read(reader),
            (0x89, (byte)'P') => PngPhotoHeader.Read(reader),
            ((byte)'R', (byte)'I') => WebPHeader.Read(reader),
            ((byte)'B', (byte)'M') => BmpHeader.Read(reader),
            ((byte)'I', (byte)'I') => TiffHeader.Read(reader, isLittleEndian: true),
            ((byte)'M', (byte)'M') => TiffHeader.Read(reader, isLittleEndian: false),
            _ => throw reader.Fault(
                $"a JPEG, PNG, WebP, BMP or TIFF is expected, found a file that begins with {first:X2} {second:X2}"),
        };
    }
}
