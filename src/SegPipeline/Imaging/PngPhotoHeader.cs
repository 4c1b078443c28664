using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Finds size and orientation among the chunks of a PNG.</summary>
/// <remarks>W3C Portable Network Graphics, 3rd edition: IHDR first, eXIf anywhere; looked for before the
/// pixels.</remarks>
internal static class PngPhotoHeader
{
    private const uint Pixels = 0x49444154; // IDAT
    private const uint End = 0x49454E44; // IEND
    private const uint Exif = 0x65584966; // eXIf
    private const int CheckBytes = 4;

    /// <summary>Reads on from behind the first two bytes of the signature.</summary>
    /// <exception cref="BadDataException">It is no PNG, or the file ends.</exception>
    public static PhotoHeader Read(HeaderReader reader)
    {
        PngHeader header;
        try
        {
            header = PngHeader.Read([0x89, (byte)'P', .. reader.Bytes(PngHeader.LengthBytes - 2)]);
        }
        catch (PngFormatException e)
        {
            throw reader.Fault("the PNG header is damaged: " + e.Message);
        }
        return new PhotoHeader(PhotoFormat.Png, header.WidthPx, header.HeightPx, Orientation(reader));
    }

    private static int Orientation(HeaderReader reader)
    {
        while (true)
        {
            long bodyBytes = reader.UInt32();
            uint type = reader.UInt32();
            if (type is Pixels or End) return 1;
            if (type == Exif && bodyBytes <= ushort.MaxValue)
                return ExifOrientation.FindInTiff(reader.Bytes((int)bodyBytes)) ?? 1;
            reader.Skip(bodyBytes + CheckBytes);
        }
    }
}
