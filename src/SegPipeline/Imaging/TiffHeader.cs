using System.Buffers.Binary;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Finds size and orientation in the first directory of a TIFF.</summary>
/// <remarks>TIFF 6.0, section 2; tags 256 (width), 257 (height) and 274 (orientation).</remarks>
internal static class TiffHeader
{
    private const ushort WidthTag = 256;
    private const ushort HeightTag = 257;
    private const ushort OrientationTag = 274;
    private const ushort ShortType = 3;
    private const ushort LongType = 4;
    private const int HeaderBytes = 8;

    /// <summary>Reads on from behind the first two bytes, which tell the order of bytes.</summary>
    /// <exception cref="BadDataException">It is no TIFF, a size is missing or makes no sense, or the file
    /// ends.</exception>
    public static PhotoHeader Read(HeaderReader reader, bool isLittleEndian)
    {
        ushort version = UInt16(reader.Bytes(2), isLittleEndian);
        if (version != 42) throw reader.Fault($"a TIFF of version 42 is expected, found {version}");
        uint directory = UInt32(reader.Bytes(4), isLittleEndian);
        if (directory < HeaderBytes) throw reader.Fault($"the TIFF directory is said to be at byte {directory}");
        reader.Skip(directory - HeaderBytes);
        uint widthPx = 0, heightPx = 0, orientation = 1;
        for (int left = UInt16(reader.Bytes(2), isLittleEndian); left > 0; left--)
        {
            ReadOnlySpan<byte> entry = reader.Bytes(12);
            uint value = Value(entry, isLittleEndian);
            switch (UInt16(entry, isLittleEndian))
            {
                case WidthTag: widthPx = value; break;
                case HeightTag: heightPx = value; break;
                case OrientationTag: orientation = value; break;
            }
        }
        return widthPx is > 0 and <= int.MaxValue && heightPx is > 0 and <= int.MaxValue
            ? new PhotoHeader(
                PhotoFormat.Tiff, (int)widthPx, (int)heightPx, orientation is >= 1 and <= 8 ? (int)orientation : 1)
            : throw reader.Fault($"the TIFF directory says {widthPx}x{heightPx}");
    }

    // One short or long; anything else counts as not given.
    private static uint Value(ReadOnlySpan<byte> entry, bool isLittleEndian)
    {
        if (UInt32(entry[4..], isLittleEndian) != 1) return 0;
        return UInt16(entry[2..], isLittleEndian) switch
        {
            ShortType => UInt16(entry[8..], isLittleEndian),
            LongType => UInt32(entry[8..], isLittleEndian),
            _ => 0,
        };
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
