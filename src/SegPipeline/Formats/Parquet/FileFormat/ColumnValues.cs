using System.Runtime.InteropServices;
using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The values of one column with their levels, for some rows.</summary>
/// <param name="leaf">The column.</param>
internal sealed class ColumnValues(ParquetNode leaf)
{
    private int[] _indices = [];

    /// <summary>The column.</summary>
    public ParquetNode Leaf => leaf;

    /// <summary>Levels of repetition, one for each entry.</summary>
    public List<byte> Repetitions { get; } = [];

    /// <summary>Levels of definition, one for each entry.</summary>
    public List<byte> Definitions { get; } = [];

    /// <summary>Numbers: whole ones, the bits of doubles, the lengths of byte arrays in bytes.</summary>
    public NumberList Numbers { get; } = new(leaf.Type == ParquetType.Double);

    /// <summary>The bytes of byte arrays, one after another.</summary>
    public List<byte> Bytes { get; } = [];

    /// <summary>About how many bytes all of it takes.</summary>
    public long SizeBytes => (2L * Definitions.Count) + (8L * Numbers.Count) + Bytes.Count;

    /// <summary>Room for a number for each value: kept, since a column is filled and encoded again and again.</summary>
    public int[] Indices(int count)
    {
        if (_indices.Length < count) _indices = GC.AllocateUninitializedArray<int>(Numbers.Capacity);
        return _indices;
    }

    /// <summary>Where the next entry goes.</summary>
    public ColumnMark Mark => new(Definitions.Count, Numbers.Count, Bytes.Count);

    /// <summary>Adds an entry without value.</summary>
    public void AddNull(int repetition, int definition)
    {
        Repetitions.Add((byte)repetition);
        Definitions.Add((byte)definition);
    }

    /// <summary>Adds a whole number, or the bits of a double.</summary>
    public void Add(int repetition, long value)
    {
        AddNull(repetition, leaf.Defined);
        Numbers.Add(value);
    }

    /// <summary>Adds a byte array.</summary>
    public void Add(int repetition, ReadOnlySpan<byte> value)
    {
        Add(repetition, value.Length);
        Bytes.AddRange(value);
    }

    /// <summary>Looks whether byte arrays can be added, before memory is taken for them.</summary>
    /// <exception cref="RecordFaultException">All of them are more than may be.</exception>
    public void CheckRoom(long bytes)
    {
        if (Bytes.Count + bytes > ParquetLimits.MostValueBytes)
            throw ParquetFault.TooLarge(
                "bytes or more in a column", Bytes.Count + bytes, ParquetLimits.MostValueBytes);
    }

    /// <summary>Adds a byte array that was read; its entry is there already.</summary>
    /// <exception cref="RecordFaultException">All of them are more than may be.</exception>
    public void AddRead(ReadOnlySpan<byte> value)
    {
        CheckRoom(value.Length);
        Bytes.AddRange(value);
        Numbers.Add(value.Length);
    }

    /// <summary>Adds text.</summary>
    public void Add(int repetition, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text), at = Bytes.Count;
        Add(repetition, length);
        CollectionsMarshal.SetCount(Bytes, at + length);
        Encoding.UTF8.GetBytes(text, CollectionsMarshal.AsSpan(Bytes)[at..]);
    }

    /// <summary>Adds a whole list of doubles, at least one.</summary>
    /// <param name="first">Level of repetition of the first.</param>
    /// <param name="values">The doubles.</param>
    public void Add(int first, ReadOnlySpan<double> values)
    {
        int at = Definitions.Count;
        CollectionsMarshal.SetCount(Repetitions, at + values.Length);
        CollectionsMarshal.SetCount(Definitions, at + values.Length);
        CollectionsMarshal.AsSpan(Repetitions)[at..].Fill((byte)leaf.Repeated);
        CollectionsMarshal.AsSpan(Definitions)[at..].Fill((byte)leaf.Defined);
        Repetitions[at] = (byte)first;
        Numbers.AddRange(MemoryMarshal.Cast<double, long>(values));
    }

    /// <summary>Adds entries of another.</summary>
    public void AddRange(ColumnValues other, ColumnMark from, ColumnMark to)
    {
        Repetitions.AddRange(CollectionsMarshal.AsSpan(other.Repetitions)[from.Entries..to.Entries]);
        Definitions.AddRange(CollectionsMarshal.AsSpan(other.Definitions)[from.Entries..to.Entries]);
        Numbers.AddRange(other.Numbers, from.Numbers..to.Numbers);
        Bytes.AddRange(CollectionsMarshal.AsSpan(other.Bytes)[from.Bytes..to.Bytes]);
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear()
    {
        Repetitions.Clear();
        Definitions.Clear();
        Numbers.Clear();
        Bytes.Clear();
    }
}

/// <summary>A place between two entries of a column.</summary>
/// <param name="Entries">Entries before it.</param>
/// <param name="Numbers">Numbers before it.</param>
/// <param name="Bytes">Bytes before it.</param>
internal readonly record struct ColumnMark(int Entries, int Numbers, int Bytes)
{
    /// <summary>About how many bytes stand between two places.</summary>
    public static long Distance(ColumnMark from, ColumnMark to) =>
        (2L * (to.Entries - from.Entries)) + (8L * (to.Numbers - from.Numbers)) + (to.Bytes - from.Bytes);
}
