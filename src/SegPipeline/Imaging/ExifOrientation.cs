using System.Buffers.Binary;

namespace SegPipeline.Imaging;

/// <summary>Finds the orientation in an EXIF block.</summary>
/// <remarks>EXIF 2.32: TIFF with the tag 0x0112, a short, in its first directory.</remarks>
internal static class ExifOrientation
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryBytes = 12;

    /// <summary>The orientation, 1 to 8; null when the block has none, or none that makes sense.</summary>
    /// <param name="block">What stands in an APP1 segment: <c>Exif</c>, two zeros, TIFF.</param>
    public static int? Find(ReadOnlySpan<byte> block) =>
        block.StartsWith("Exif\0\0"u8) ? FindInTiff(block[6..]) : null;

    /// <summary>The same in bare TIFF, as a PNG holds it.</summary>
    public static int? FindInTiff(ReadOnlySpan<byte> tiff)
    {
        bool isLittleEndian = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!isLittleEndian && !tiff.StartsWith("MM\0*"u8))) return null;
        long directory = UInt32(tiff[4..], isLittleEndian);
        if (directory + 2 > tiff.Length) return null;
        ReadOnlySpan<byte> entries = tiff[(int)directory..];
        int count = UInt16(entries, isLittleEndian);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            bool isIt = UInt16(entries, isLittleEndian) == OrientationTag &&
                UInt16(entries[2..], isLittleEndian) == ShortType;
            if (isIt) return UInt16(entries[8..], isLittleEndian) is >= 1 and <= 8 and int value ? value : null;
        }
        return null;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
