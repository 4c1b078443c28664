using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>What the frame header of a JPEG says.</summary>
/// <param name="Process">Its marker, C0 to CF: baseline, progressive, lossless, ...</param>
/// <param name="BitsPerSample">Usually 8.</param>
/// <param name="WidthPx">Width.</param>
/// <param name="HeightPx">Height.</param>
/// <param name="Components">1 for grey, 3 for colour, 4 for CMYK.</param>
internal readonly record struct JpegFrame(
    byte Process, int BitsPerSample, int WidthPx, int HeightPx, int Components);

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
        JpegFrame frame = ReadFrame(reader, out int orientation);
        return new PhotoHeader(PhotoFormat.Jpeg, frame.WidthPx, frame.HeightPx, orientation);
    }

    /// <summary>The frame header of a JPEG that lies in memory.</summary>
    /// <param name="file">The whole file, which begins with a start-of-image marker.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="endOffset">Where the header ends and the tables and pixels go on.</param>
    public static JpegFrame ReadFrame(byte[] file, string name, out int endOffset)
    {
        using var reader = new HeaderReader(new MemoryStream(file, writable: false), name);
        if (reader.UInt16() != 0xFFD8) throw reader.Fault("a JPEG is expected");
        JpegFrame frame = ReadFrame(reader, out _);
        endOffset = (int)reader.Offset;
        return frame;
    }

    private static JpegFrame ReadFrame(HeaderReader reader, out int orientation)
    {
        orientation = 1;
        while (true)
        {
            byte marker = NextMarker(reader);
            if (marker is StartOfScan or EndOfImage) throw reader.Fault("the JPEG has no frame header");
            if (IsAlone(marker)) continue;
            int bodyBytes = reader.UInt16() - 2;
            if (bodyBytes < 0) throw reader.Fault($"the JPEG segment {marker:X2} is shorter than its own length");
            if (IsFrame(marker)) return Frame(reader, marker, bodyBytes);
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

    private static JpegFrame Frame(HeaderReader reader, byte marker, int bodyBytes)
    {
        if (bodyBytes < 6) throw reader.Fault("the JPEG frame header is too short");
        int bits = reader.Byte(), heightPx = reader.UInt16(), widthPx = reader.UInt16();
        return widthPx > 0 && heightPx > 0
            ? new JpegFrame(marker, bits, widthPx, heightPx, reader.Byte())
            : throw reader.Fault($"the JPEG frame header says {widthPx}x{heightPx}");
    }
}
