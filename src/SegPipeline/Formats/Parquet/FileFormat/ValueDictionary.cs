using System.Runtime.InteropServices;
using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The distinct values of a column, in the order in which they come, and which each value is.</summary>
/// <param name="Distinct">The values, in plain encoding.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Indices">For each value of the column its number.</param>
internal sealed record ValueDictionary(byte[] Distinct, int Count, int[] Indices)
{
    private const int MostNumbers = 1 << 17, MostTexts = 1 << 15, FewRepeats = 4;

    /// <summary>The dictionary of a column; null when it has too many values for one to pay.</summary>
    public static ValueDictionary? Of(ColumnValues column)
    {
        if (column.Numbers.Count == 0) return null;
        return column.Leaf.Type == ParquetType.ByteArray ? OfBytes(column) : OfNumbers(column);
    }

    private static ValueDictionary? OfNumbers(ColumnValues column)
    {
        ReadOnlySpan<long> numbers = CollectionsMarshal.AsSpan(column.Numbers);
        var known = new NumberSet(MostNumbers);
        int[] indices = GC.AllocateUninitializedArray<int>(numbers.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = known.IndexOf(numbers[i]);
            if (indices[i] < 0) return null;
        }

        if (known.Distinct.Count * FewRepeats > indices.Length + FewRepeats) return null;
        var distinct = new ColumnValues(column.Leaf);
        distinct.Numbers.AddRange(known.Distinct);
        return new ValueDictionary(PlainValues.Of(distinct, default, distinct.Mark), known.Distinct.Count, indices);
    }

    private static ValueDictionary? OfBytes(ColumnValues column)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new ColumnValues(column.Leaf);
        int[] indices = new int[column.Numbers.Count];
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(column.Bytes);
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> value = rest[..(int)column.Numbers[i]];
            rest = rest[value.Length..];
            string text = Encoding.Latin1.GetString(value);
            if (known.TryGetValue(text, out indices[i])) continue;
            if (known.Count == MostTexts) return null;
            indices[i] = known.Count;
            known.Add(text, known.Count);
            distinct.Add(0, value);
        }

        return known.Count * FewRepeats > indices.Length + FewRepeats
            ? null
            : new ValueDictionary(PlainValues.Of(distinct, default, distinct.Mark), known.Count, indices);
    }
}
