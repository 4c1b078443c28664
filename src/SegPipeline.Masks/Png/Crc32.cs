using System.Buffers.Binary;

namespace SegPipeline.Masks.Png;

/// <summary>
/// CRC-32 of ISO 3309 (polynomial 0xEDB88320 reflected), which PNG puts behind each chunk. Eight bytes a step by
/// tables: "slicing-by-8", Kounavis and Berry 2005.
/// </summary>
public static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables.AsSpan(0, Slices * 256);
        uint crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(int)(7 * 256 + (low & 0xFF))] ^ tables[(int)(6 * 256 + (low >> 8 & 0xFF))]
                ^ tables[(int)(5 * 256 + (low >> 16 & 0xFF))] ^ tables[(int)(4 * 256 + (low >> 24))]
                ^ tables[(int)(3 * 256 + (high & 0xFF))] ^ tables[(int)(2 * 256 + (high >> 8 & 0xFF))]
                ^ tables[(int)(256 + (high >> 16 & 0xFF))] ^ tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte value in bytes)
            crc = tables[(byte)(crc ^ value)] ^ crc >> 8;
        return ~crc;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (int i = 0; i < tables.Length; i++)
            tables[i] = i < 256 ? Remainder((uint)i) : tables[i - 256] >> 8 ^ tables[(byte)tables[i - 256]];
        return tables;
    }

    private static uint Remainder(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
