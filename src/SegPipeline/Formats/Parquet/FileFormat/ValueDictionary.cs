using System.Runtime.InteropServices;
using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The distinct values of a column, in the order in which they come, and which each value is. Good as long as
/// nothing is added to the column.</summary>
internal sealed class ValueDictionary
{
    private const int MostNumbers = 1 << 17, MostTexts = 1 << 15, FewRepeats = 4;

    [ThreadStatic]
    private static NumberSet? _numbers;

    private readonly int[] _indices;
    private readonly int _valueCount;

    private ValueDictionary(ColumnValues distinct, int[] indices, int valueCount) =>
        (Distinct, _indices, _valueCount) = (distinct, indices, valueCount);

    /// <summary>The values.</summary>
    public ColumnValues Distinct { get; }

    /// <summary>How many they are.</summary>
    public int Count => Distinct.Numbers.Count;

    /// <summary>For each value of the column its number.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _valueCount);

    /// <summary>The dictionary of a column; null when it has too many values for one to pay.</summary>
    public static ValueDictionary? Of(ColumnValues column)
    {
        int count = column.Numbers.Count;
        if (count == 0) return null;
        int[] indices = column.Indices(count);
        ColumnValues? distinct = column.Leaf.Type == ParquetType.ByteArray
            ? OfBytes(column, indices)
            : OfNumbers(column, indices);
        return distinct is null || distinct.Numbers.Count * FewRepeats > count + FewRepeats
            ? null
            : new ValueDictionary(distinct, indices, count);
    }

    private static ColumnValues? OfNumbers(ColumnValues column, int[] indices)
    {
        NumberSet known = _numbers ??= new NumberSet();
        known.Clear();
        bool areHundredths = column.Numbers.TryGetHundredths(out ReadOnlySpan<int> hundredths);
        ReadOnlySpan<long> numbers = areHundredths ? default : column.Numbers.AsSpan();
        int count = column.Numbers.Count;
        for (int at = 0; at < count; at += NumberSet.Most)
        {
            Range some = at..Math.Min(at + NumberSet.Most, count);
            if (areHundredths) known.IndicesOf(hundredths[some], indices.AsSpan(at));
            else known.IndicesOf(numbers[some], indices.AsSpan(at));
            if (known.Distinct.Length > MostNumbers) return null;
        }

        var distinct = new ColumnValues(column.Leaf);
        distinct.Numbers.AddRange(known.Distinct);
        return distinct;
    }

    private static ColumnValues? OfBytes(ColumnValues column, int[] indices)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new ColumnValues(column.Leaf);
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(column.Bytes), before = default;
        for (int i = 0; i < column.Numbers.Count; i++)
        {
            ReadOnlySpan<byte> value = rest[..(int)column.Numbers[i]];
            rest = rest[value.Length..];
            bool isSame = i > 0 && value.SequenceEqual(before);
            before = value;
            if (isSame)
            {
                indices[i] = indices[i - 1];
                continue;
            }

            string text = Encoding.Latin1.GetString(value);
            if (known.TryGetValue(text, out indices[i])) continue;
            if (known.Count == MostTexts) return null;
            indices[i] = known.Count;
            known.Add(text, known.Count);
            distinct.Add(0, value);
        }

        return distinct;
    }
}
