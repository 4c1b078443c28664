using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Reads the values of a page into a column: whole numbers, the bits of doubles, byte arrays.</summary>
/// <param name="leaf">The column.</param>
internal sealed class PageValues(ParquetNode leaf)
{
    private ColumnValues? _dictionary;
    private int[] _starts = [];

    private bool IsArray => leaf.Type is ParquetType.ByteArray or ParquetType.FixedLengthByteArray;

    private int WidthBytes => leaf.Type switch
    {
        ParquetType.Int32 or ParquetType.Float => 4,
        ParquetType.Int64 or ParquetType.Double => 8,
        ParquetType.FixedLengthByteArray => leaf.LengthBytes,
        _ => throw ParquetFault.Unknown($"the type {leaf.Type} in this encoding"),
    };

    /// <summary>Reads the page of the dictionary.</summary>
    public void ReadDictionary(ReadOnlySpan<byte> page, int count)
    {
        var cursor = new ByteCursor(page);
        _dictionary = new ColumnValues(leaf);
        Plain(ref cursor, count, _dictionary);
        _starts = Starts(_dictionary);
    }

    /// <summary>Reads values.</summary>
    /// <exception cref="RecordFaultException">They are damaged, or of a kind that is not supported.</exception>
    public void Read(ParquetEncoding encoding, ref ByteCursor cursor, int count, ColumnValues output)
    {
        switch (encoding)
        {
            case ParquetEncoding.Plain:
                Plain(ref cursor, count, output);
                break;
            case ParquetEncoding.RleDictionary or ParquetEncoding.PlainDictionary:
                Indices(ref cursor, count, output);
                break;
            case ParquetEncoding.Rle when leaf.Type == ParquetType.Boolean:
                int length = cursor.Int();
                var runs = new ByteCursor(cursor.Take(length));
                int[] flags = new int[count];
                runs.Runs(1, flags);
                foreach (int flag in flags) output.Numbers.Add(flag);
                break;
            case ParquetEncoding.DeltaBinaryPacked when leaf.Type is ParquetType.Int32 or ParquetType.Int64:
                output.Numbers.AddRange(DeltaReader.Numbers(ref cursor, count, leaf.Type == ParquetType.Int32));
                break;
            case ParquetEncoding.DeltaLengthByteArray when IsArray:
                DeltaReader.Arrays(ref cursor, count, output);
                break;
            case ParquetEncoding.DeltaByteArray when IsArray:
                DeltaReader.Fronts(ref cursor, count, output);
                break;
            case ParquetEncoding.ByteStreamSplit:
                Split(ref cursor, count, output);
                break;
            default:
                throw ParquetFault.Unknown($"the encoding {encoding} of {leaf.Type}");
        }
    }

    /// <summary>Where the values of byte arrays begin, and where the last ends; empty for numbers.</summary>
    public static int[] Starts(ColumnValues column)
    {
        if (column.Leaf.Type is not (ParquetType.ByteArray or ParquetType.FixedLengthByteArray)) return [];
        int[] starts = new int[column.Numbers.Count + 1];
        for (int i = 0; i < column.Numbers.Count; i++) starts[i + 1] = starts[i] + (int)column.Numbers[i];
        return starts;
    }

    private void Plain(ref ByteCursor cursor, int count, ColumnValues output)
    {
        switch (leaf.Type)
        {
            case ParquetType.Boolean:
                ReadOnlySpan<byte> bits = cursor.Take((count + 7L) / 8);
                for (int i = 0; i < count; i++) output.Numbers.Add((bits[i / 8] >> (i % 8)) & 1);
                break;
            case ParquetType.ByteArray:
                for (int i = 0; i < count; i++) output.AddRead(cursor.Take(cursor.Int()));
                break;
            default:
                AddWide(cursor.Take((long)count * WidthBytes), output);
                break;
        }
    }

    private void Split(ref ByteCursor cursor, int count, ColumnValues output)
    {
        int width = WidthBytes;
        ReadOnlySpan<byte> streams = cursor.Take((long)count * width);
        byte[] joined = new byte[streams.Length];
        for (int b = 0; b < width; b++)
            for (int i = 0; i < count; i++) joined[(i * width) + b] = streams[(b * count) + i];
        AddWide(joined, output);
    }

    private void AddWide(ReadOnlySpan<byte> bytes, ColumnValues output)
    {
        switch (leaf.Type)
        {
            case ParquetType.Int64 or ParquetType.Double:
                output.Numbers.AddRange(MemoryMarshal.Cast<byte, long>(bytes));
                break;
            case ParquetType.Int32:
                foreach (int number in MemoryMarshal.Cast<byte, int>(bytes)) output.Numbers.Add(number);
                break;
            case ParquetType.Float:
                foreach (float number in MemoryMarshal.Cast<byte, float>(bytes))
                    output.Numbers.Add(BitConverter.DoubleToInt64Bits(number));
                break;
            default:
                for (; bytes.Length > 0; bytes = bytes[WidthBytes..]) output.AddRead(bytes[..WidthBytes]);
                break;
        }
    }

    private void Indices(ref ByteCursor cursor, int count, ColumnValues output)
    {
        if (_dictionary is not { } dictionary) throw ParquetFault.Damaged("found indices without a dictionary");
        if (count == 0) return;
        int[] indices = new int[count];
        int width = cursor.Take(1)[0];
        cursor.Runs(width, indices);
        ReadOnlySpan<long> numbers = dictionary.Numbers.AsSpan();
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(dictionary.Bytes);
        long size = 0;
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)numbers.Length)
                throw ParquetFault.Damaged($"found index {index} into a dictionary of {numbers.Length} values");
            size += numbers[index];
        }

        if (IsArray) output.CheckRoom(size);
        foreach (int index in indices)
        {
            if (IsArray) output.AddRead(bytes[_starts[index].._starts[index + 1]]);
            else output.Numbers.Add(numbers[index]);
        }
    }
}
