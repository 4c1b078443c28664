using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Writes the compact protocol of Apache Thrift, in which Parquet writes all about its data.</summary>
/// <remarks>https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
internal sealed class ThriftWriter
{
    private const int True = 1, False = 2, Int16 = 4, Int32 = 5, Int64 = 6, Binary = 8, ListOf = 9, Structure = 12;

    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _outer = new();
    private int _last;

    /// <summary>What was written.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Writes a truth value.</summary>
    public void Flag(int field, bool value) => Head(field, value ? True : False);

    /// <summary>Writes a number of 16 bits.</summary>
    public void Short(int field, int value)
    {
        Head(field, Int16);
        Varint(ZigZag(value));
    }

    /// <summary>Writes a number of 32 bits.</summary>
    public void Int(int field, int value)
    {
        Head(field, Int32);
        Varint(ZigZag(value));
    }

    /// <summary>Writes a number of 64 bits.</summary>
    public void Long(int field, long value)
    {
        Head(field, Int64);
        Varint(ZigZag(value));
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Head(field, Binary);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
    }

    /// <summary>Writes text.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes numbers of 32 bits.</summary>
    public void Ints(int field, IReadOnlyCollection<int> values)
    {
        ListHead(field, values.Count, Int32);
        foreach (int value in values) Varint(ZigZag(value));
    }

    /// <summary>Writes texts.</summary>
    public void Texts(int field, IReadOnlyCollection<string> values)
    {
        ListHead(field, values.Count, Binary);
        foreach (string value in values)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(value);
            Varint((ulong)utf8.Length);
            _bytes.AddRange(utf8);
        }
    }

    /// <summary>Writes a structure.</summary>
    public void Struct(int field, Action write)
    {
        Head(field, Structure);
        Body(write);
    }

    /// <summary>Writes a list of structures.</summary>
    public void Structs<T>(int field, IReadOnlyCollection<T> items, Action<T> write)
    {
        ListHead(field, items.Count, Structure);
        foreach (T item in items) Body(() => write(item));
    }

    /// <summary>Ends the outermost structure.</summary>
    public void End() => _bytes.Add(0);

    private void Body(Action write)
    {
        _outer.Push(_last);
        _last = 0;
        write();
        _bytes.Add(0);
        _last = _outer.Pop();
    }

    private void ListHead(int field, int count, int type)
    {
        const int fewest = 15;
        Head(field, ListOf);
        _bytes.Add((byte)((Math.Min(count, fewest) << 4) | type));
        if (count >= fewest) Varint((ulong)count);
    }

    private void Head(int field, int type)
    {
        int step = field - _last;
        if (step is > 0 and < 16)
        {
            _bytes.Add((byte)((step << 4) | type));
        }
        else
        {
            _bytes.Add((byte)type);
            Varint(ZigZag(field));
        }

        _last = field;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
