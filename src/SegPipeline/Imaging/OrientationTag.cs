using System.Buffers.Binary;
using SegPipeline.Masks.Png;

namespace SegPipeline.Imaging;

/// <summary>Puts an EXIF orientation into a file that has none: pixels were written as stored, so viewers must go on
/// turning them.</summary>
internal static class OrientationTag
{
    private const int JpegMarkerBytes = 2;
    private const int PngStartBytes = 33; // signature and IHDR

    /// <summary>The file with the tag; the file itself for upright pictures.</summary>
    /// <param name="file">A JPEG or PNG without EXIF.</param>
    /// <param name="format">Which.</param>
    /// <param name="orientation">1 to 8.</param>
    public static byte[] Insert(byte[] file, PhotoFormat format, int orientation)
    {
        if (orientation == 1) return file;
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        if (format == PhotoFormat.Jpeg)
        {
            byte[] exif = [.. "Exif\0\0"u8, .. tiff];
            return
            [
                .. file[..JpegMarkerBytes], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. file[JpegMarkerBytes..],
            ];
        }
        byte[] chunk = [.. "eXIf"u8, .. tiff];
        byte[] check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.Of(chunk));
        return [.. file[..PngStartBytes], 0, 0, 0, (byte)tiff.Length, .. chunk, .. check, .. file[PngStartBytes..]];
    }
}
