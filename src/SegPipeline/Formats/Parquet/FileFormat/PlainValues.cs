using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Lays values out as they are.</summary>
internal static class PlainValues
{
    /// <summary>The values between two places of a column, one after another.</summary>
    public static byte[] Of(ColumnValues column, ColumnMark from, ColumnMark to)
    {
        ReadOnlySpan<long> numbers = column.Numbers.AsSpan()[from.Numbers..to.Numbers];
        if (column.Leaf.Type != ParquetType.ByteArray) return MemoryMarshal.AsBytes(numbers).ToArray();
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(column.Bytes)[from.Bytes..to.Bytes];
        byte[] page = GC.AllocateUninitializedArray<byte>(bytes.Length + (sizeof(int) * numbers.Length));
        int at = 0;
        foreach (long length in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(at), (int)length);
            bytes[..(int)length].CopyTo(page.AsSpan(at + sizeof(int)));
            bytes = bytes[(int)length..];
            at += sizeof(int) + (int)length;
        }

        return page;
    }

    /// <summary>Numbers with their first bytes first, then their second bytes, ...</summary>
    public static byte[] Split(ReadOnlySpan<long> numbers)
    {
        byte[] page = GC.AllocateUninitializedArray<byte>(sizeof(long) * numbers.Length);
        for (int b = 0; b < sizeof(long); b++)
        {
            Span<byte> stream = page.AsSpan(b * numbers.Length, numbers.Length);
            for (int i = 0; i < stream.Length; i++) stream[i] = (byte)(numbers[i] >> (8 * b));
        }

        return page;
    }
}
