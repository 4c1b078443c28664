using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Finds size and orientation among the marker segments of a JPEG.</summary>
/// <remarks>ITU-T T.81, annex B; EXIF 2.32 for the orientation.</remarks>
internal static class JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Exif = 0xE1;

    /// <summary>Reads on from behind the start-of-image marker.</summary>
    /// <exception cref="BadDataException">There is no frame header before the picture, or the file ends.</exception>
    public static PhotoHeader Read(HeaderReader reader)
    {
        int orientation = 1;
        while (true)
        {
            byte marker = NextMarker(reader);
            if (marker is StartOfScan or EndOfImage) throw reader.Fault("the JPEG has no frame header");
            if (IsAlone(marker)) continue;
            int bodyBytes = reader.UInt16() - 2;
            if (bodyBytes < 0) throw reader.Fault($"the JPEG segment {marker:X2} is shorter than its own length");
            if (IsFrame(marker)) return Frame(reader, bodyBytes, orientation);
            if (marker != Exif) reader.Skip(bodyBytes);
            else orientation = ExifOrientation.Find(reader.Bytes(bodyBytes)) ?? orientation;
        }
    }

    private static byte NextMarker(HeaderReader reader)
    {
        byte found = reader.Byte();
        if (found != 0xFF) throw reader.Fault($"a JPEG marker is expected, found {found:X2}");
        while (found == 0xFF) found = reader.Byte(); // any number of fill bytes may precede a marker
        return found;
    }

    // TEM and RSTn have no length and no body.
    private static bool IsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);

    // SOF0 to SOF15; among them stand DHT (C4), JPG (C8) and DAC (CC), which are no frames.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static PhotoHeader Frame(HeaderReader reader, int bodyBytes, int orientation)
    {
        if (bodyBytes < 5) throw reader.Fault("the JPEG frame header is too short");
        reader.Byte(); // bits per sample
        int heightPx = reader.UInt16(), widthPx = reader.UInt16();
        return widthPx > 0 && heightPx > 0
            ? new PhotoHeader(PhotoFormat.Jpeg, widthPx, heightPx, orientation)
            : throw reader.Fault($"the JPEG frame header says {widthPx}x{heightPx}");
    }
}
