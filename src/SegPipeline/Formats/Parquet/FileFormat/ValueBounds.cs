using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The least and the greatest value of a column, as statistics state them.</summary>
/// <param name="Least">In plain encoding; null when it is not stated.</param>
/// <param name="Greatest">In plain encoding; null when it is not stated.</param>
internal readonly record struct ValueBounds(byte[]? Least, byte[]? Greatest)
{
    private const int LongestBytes = 64;

    /// <summary>
    /// The bounds of a column. NaN is no bound; zeros are -0 below and +0 above, since the two compare as equal. Byte
    /// arrays that are long (pictures, run lengths) have none.
    /// </summary>
    public static ValueBounds Of(ColumnValues column)
    {
        if (column.Numbers.Count == 0) return default;
        ReadOnlySpan<long> numbers = column.Numbers.AsSpan();
        return column.Leaf.Type switch
        {
            ParquetType.Double => OfDoubles(MemoryMarshal.Cast<long, double>(numbers)),
            ParquetType.ByteArray => OfBytes(numbers, CollectionsMarshal.AsSpan(column.Bytes)),
            _ => OfNumbers(numbers),
        };
    }

    private static ValueBounds OfNumbers(ReadOnlySpan<long> numbers)
    {
        long least = long.MaxValue, greatest = long.MinValue;
        foreach (long number in numbers) (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
        return new ValueBounds(Plain(least), Plain(greatest));
    }

    private static ValueBounds OfDoubles(ReadOnlySpan<double> numbers)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        bool isAny = false;
        foreach (double number in numbers)
        {
            if (double.IsNaN(number)) continue;
            isAny = true;
            if (number < least) least = number;
            if (number > greatest) greatest = number;
        }

        if (!isAny) return default;
        if (least == 0) least = -0.0;
        if (greatest == 0) greatest = 0.0;
        return new ValueBounds(
            Plain(BitConverter.DoubleToInt64Bits(least)), Plain(BitConverter.DoubleToInt64Bits(greatest)));
    }

    private static ValueBounds OfBytes(ReadOnlySpan<long> lengths, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> least = bytes[..(int)lengths[0]], greatest = least;
        foreach (long length in lengths)
        {
            if (length > LongestBytes) return default;
            ReadOnlySpan<byte> value = bytes[..(int)length];
            bytes = bytes[(int)length..];
            if (value.SequenceCompareTo(least) < 0) least = value;
            if (value.SequenceCompareTo(greatest) > 0) greatest = value;
        }

        return new ValueBounds(least.ToArray(), greatest.ToArray());
    }

    private static byte[] Plain(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
