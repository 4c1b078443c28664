namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Reads what is written as differences.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC</remarks>
internal static class DeltaReader
{
    private const int MostBlock = 1 << 16;

    /// <summary>Reads whole numbers.</summary>
    /// <param name="cursor">The page.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="isNarrow">True for numbers of 32 bits: differences wrap around there.</param>
    public static long[] Numbers(ref ByteCursor cursor, int count, bool isNarrow)
    {
        ulong block = cursor.Varint(), parts = cursor.Varint(), total = cursor.Varint();
        long value = cursor.ZigZag();
        if (block is 0 or > MostBlock || parts == 0 || block % parts != 0 || block / parts % 8 != 0)
            throw ParquetFault.Damaged($"found blocks of {block} differences in {parts} parts");
        if (total != (ulong)count) throw ParquetFault.Damaged($"expected {count} differences, found {total}");
        long[] values = new long[count];
        int part = (int)(block / parts), filled = 0;
        if (count > 0) values[filled++] = value;
        while (filled < count)
        {
            long least = cursor.ZigZag();
            ReadOnlySpan<byte> widths = cursor.Take((long)parts);
            for (int p = 0; p < widths.Length && filled < count; p++)
            {
                int width = widths[p];
                if (width > 64) throw ParquetFault.Damaged($"found differences of {width} bits");
                ReadOnlySpan<byte> packed = cursor.Take((long)part * width / 8);
                for (int i = 0; i < part && filled < count; i++)
                {
                    value = unchecked(value + least + (long)Bits(packed, (long)i * width, width));
                    if (isNarrow) value = unchecked((int)value);
                    values[filled++] = value;
                }
            }
        }

        return values;
    }

    /// <summary>Reads byte arrays whose lengths stand before all of them.</summary>
    public static void Arrays(ref ByteCursor cursor, int count, ColumnValues output)
    {
        long[] lengths = Numbers(ref cursor, count, isNarrow: true);
        foreach (long length in lengths)
        {
            output.AddRead(cursor.Take(length));
        }
    }

    /// <summary>Reads byte arrays that begin as the one before.</summary>
    public static void Fronts(ref ByteCursor cursor, int count, ColumnValues output)
    {
        long[] shared = Numbers(ref cursor, count, isNarrow: true), rests = Numbers(ref cursor, count, isNarrow: true);
        byte[] before = [];
        for (int i = 0; i < count; i++)
        {
            if (shared[i] < 0 || shared[i] > before.Length)
                throw ParquetFault.Damaged($"found a value that shares {shared[i]} of {before.Length} bytes");
            before = [.. before.AsSpan(0, (int)shared[i]), .. cursor.Take(rests[i])];
            output.AddRead(before);
        }
    }

    private static ulong Bits(ReadOnlySpan<byte> packed, long from, int width)
    {
        UInt128 bits = 0;
        int first = (int)(from / 8), shift = (int)(from % 8);
        for (int i = 0; 8 * i < shift + width; i++) bits |= (UInt128)packed[first + i] << (8 * i);
        return (ulong)((bits >> shift) & ((UInt128.One << width) - 1));
    }
}
