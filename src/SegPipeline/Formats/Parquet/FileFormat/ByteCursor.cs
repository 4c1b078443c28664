using System.Buffers.Binary;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Takes bytes of a page, one after another, and never more than there are.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private const int Group = 8;

    /// <summary>What is left.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>Takes bytes.</summary>
    /// <exception cref="RecordFaultException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Rest.Length) throw ParquetFault.CutShort();
        ReadOnlySpan<byte> taken = Rest[..(int)count];
        Rest = Rest[(int)count..];
        return taken;
    }

    /// <summary>Takes a whole number of four bytes.</summary>
    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Takes a number of any length, seven bits a byte.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            int next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw ParquetFault.Damaged("found a number of more than ten bytes");
    }

    /// <summary>Takes a signed number of any length.</summary>
    public long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Takes runs and bit-packed groups: see <see cref="BitRuns"/>.</summary>
    /// <param name="width">Bits of a value.</param>
    /// <param name="values">Gets the values.</param>
    public void Runs(int width, Span<int> values)
    {
        if (width is < 0 or > 32) throw ParquetFault.Damaged($"found values of {width} bits");
        int filled = 0;
        while (filled < values.Length)
        {
            ulong head = Varint();
            ulong length = head >> 1;
            if (length == 0) throw ParquetFault.Damaged("found a run of no values");
            if ((head & 1) == 0)
            {
                int value = 0;
                ReadOnlySpan<byte> bytes = Take((width + 7) / 8);
                for (int i = 0; i < bytes.Length; i++) value |= bytes[i] << (8 * i);
                int run = (int)Math.Min(length, (ulong)(values.Length - filled));
                values.Slice(filled, run).Fill(value);
                filled += run;
                continue;
            }

            int count = (int)Math.Min(length, (ulong)values.Length) * Group;
            // The last group need not be whole.
            int left = Math.Min(count, values.Length - filled);
            long needed = Math.Min((long)count * width / 8, Math.Max(Rest.Length, ((long)left * width + 7) / 8));
            Unpack(Take(needed), width, values.Slice(filled, left));
            filled += left;
        }
    }

    /// <summary>Unpacks values, the first in the lowest bits.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, int width, Span<int> values)
    {
        ulong bits = 0, mask = (1UL << width) - 1;
        int count = 0, at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            for (; count < width; count += 8) bits |= (ulong)packed[at++] << count;
            values[i] = (int)(bits & mask);
            (bits, count) = (bits >> width, count - width);
        }
    }
}
