using System.Buffers.Binary;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Finds size and orientation among the chunks of a WebP.</summary>
/// <remarks>RFC 9649; the frame header of <c>VP8 </c> is that of RFC 6386, section 9.1. The orientation stands behind
/// the picture, which is passed over without being read.</remarks>
internal static class WebPHeader
{
    private const int SizeBits = 14;
    private const byte LosslessSignature = 0x2F;
    private const byte HasExif = 0x08;

    /// <summary>Reads on from behind the first two bytes.</summary>
    /// <exception cref="BadDataException">It is no WebP, or the file ends.</exception>
    public static PhotoHeader Read(HeaderReader reader)
    {
        ReadOnlySpan<byte> start = reader.Bytes(10);
        if (!start.StartsWith("FF"u8) || !start.EndsWith("WEBP"u8)) throw reader.Fault("the RIFF file is no WebP");
        ReadOnlySpan<byte> type = reader.Bytes(4);
        if (type.SequenceEqual("VP8 "u8)) return Lossy(reader);
        if (type.SequenceEqual("VP8L"u8)) return Lossless(reader);
        return type.SequenceEqual("VP8X"u8) ? Extended(reader) : throw reader.Fault("the WebP begins with no picture");
    }

    private static PhotoHeader Lossy(HeaderReader reader)
    {
        reader.Skip(4);
        ReadOnlySpan<byte> frame = reader.Bytes(10);
        bool isKeyFrame = (frame[0] & 1) == 0 && frame[3..6].SequenceEqual<byte>([0x9D, 0x01, 0x2A]);
        if (!isKeyFrame) throw reader.Fault("the WebP has no key frame");
        const int sizeMask = (1 << SizeBits) - 1;
        int widthPx = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & sizeMask;
        int heightPx = BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & sizeMask;
        return widthPx > 0 && heightPx > 0
            ? new PhotoHeader(PhotoFormat.WebP, widthPx, heightPx, Orientation: 1)
            : throw reader.Fault($"the WebP frame header says {widthPx}x{heightPx}");
    }

    private static PhotoHeader Lossless(HeaderReader reader)
    {
        reader.Skip(4);
        if (reader.Byte() != LosslessSignature) throw reader.Fault("the lossless WebP has no signature");
        uint sizes = reader.UInt32LittleEndian();
        const uint sizeMask = (1 << SizeBits) - 1;
        return new PhotoHeader(PhotoFormat.WebP,
            (int)(sizes & sizeMask) + 1, (int)(sizes >> SizeBits & sizeMask) + 1, Orientation: 1);
    }

    private static PhotoHeader Extended(HeaderReader reader)
    {
        uint bodyBytes = reader.UInt32LittleEndian();
        if (bodyBytes < 10) throw reader.Fault("the WebP header is too short");
        ReadOnlySpan<byte> header = reader.Bytes(10);
        bool hasExif = (header[0] & HasExif) != 0;
        int widthPx = UInt24(header[4..]) + 1, heightPx = UInt24(header[7..]) + 1;
        reader.Skip(bodyBytes - 10L + (bodyBytes & 1));
        return new PhotoHeader(PhotoFormat.WebP, widthPx, heightPx, hasExif ? Orientation(reader) : 1);
    }

    private static int Orientation(HeaderReader reader)
    {
        while (!reader.IsAtEnd)
        {
            bool isExif = reader.Bytes(4).SequenceEqual("EXIF"u8);
            long bodyBytes = reader.UInt32LittleEndian();
            if (isExif && bodyBytes <= ushort.MaxValue)
            {
                ReadOnlySpan<byte> block = reader.Bytes((int)bodyBytes);
                return ExifOrientation.Find(block) ?? ExifOrientation.FindInTiff(block) ?? 1;
            }
            reader.Skip(bodyBytes + (bodyBytes & 1)); // chunks are padded to even length
        }
        return 1;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
