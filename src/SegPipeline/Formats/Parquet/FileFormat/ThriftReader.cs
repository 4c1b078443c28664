using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>A structure of Thrift: what was read, by number of the field.</summary>
internal sealed class ThriftStruct
{
    private readonly Dictionary<int, object> _fields = [];

    /// <summary>Sets a field.</summary>
    public void Set(int field, object value) => _fields[field] = value;

    /// <summary>A whole number; null when it is not there.</summary>
    public long? Number(int field) => _fields.GetValueOrDefault(field) as long?;

    /// <summary>A whole number that must be there, within bounds.</summary>
    /// <exception cref="RecordFaultException">It is not.</exception>
    public long Needed(int field, string what, long most = long.MaxValue)
    {
        if (Number(field) is not { } number)
            throw ParquetFault.Damaged($"expected {what} from 0 to {most}, found none");
        return number >= 0 && number <= most
            ? number
            : throw ParquetFault.Damaged($"expected {what} from 0 to {most}, found {number}");
    }

    /// <summary>A truth value; null when it is not there.</summary>
    public bool? Flag(int field) => _fields.GetValueOrDefault(field) as bool?;

    /// <summary>Text; null when it is not there.</summary>
    public string? Text(int field) => TextOf(_fields.GetValueOrDefault(field));

    /// <summary>A structure; null when it is not there.</summary>
    public ThriftStruct? Struct(int field) => _fields.GetValueOrDefault(field) as ThriftStruct;

    /// <summary>A list of structures; empty when it is not there.</summary>
    public IReadOnlyList<ThriftStruct> Structs(int field) =>
        _fields.GetValueOrDefault(field) is List<object> items ? [.. items.OfType<ThriftStruct>()] : [];

    private static string? TextOf(object? value) => value is byte[] utf8 ? Encoding.UTF8.GetString(utf8) : null;
}

/// <summary>Reads the compact protocol of Thrift; never reads beyond its bytes, whatever they say.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="at">Where to begin.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes, int at)
{
    private const int DeepestNesting = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _depth;

    /// <summary>Index of the next byte.</summary>
    public int At { get; private set; } = at;

    /// <summary>Reads a structure.</summary>
    /// <exception cref="RecordFaultException">The bytes are damaged.</exception>
    public ThriftStruct ReadStruct()
    {
        Deeper();
        var result = new ThriftStruct();
        int field = 0;
        for (int head = Byte(); head != 0; head = Byte())
        {
            int type = head & 15;
            field = head >> 4 == 0 ? (int)ZigZag() : field + (head >> 4);
            result.Set(field, type is 1 or 2 ? type == 1 : ReadValue(type));
        }

        _depth--;
        return result;
    }

    private void Deeper()
    {
        if (++_depth > DeepestNesting) throw ParquetFault.Damaged("structures and lists lie too deep in each other");
    }

    private object ReadValue(int type)
    {
        switch (type)
        {
            case 1 or 2:
                return Byte() == 1;
            case 3:
                return (long)(sbyte)Byte();
            case 4 or 5 or 6:
                return ZigZag();
            case 7:
                return BitConverter.ToDouble(Take(sizeof(double)));
            case 8:
                return Take(Length()).ToArray();
            case 9 or 10:
                return ReadList();
            case 12:
                return ReadStruct();
            default:
                throw ParquetFault.Damaged($"found a field of the unknown type {type}");
        }
    }

    private List<object> ReadList()
    {
        Deeper();
        int head = Byte(), count = head >> 4 == 15 ? Length() : head >> 4;
        if (count > _bytes.Length - At) throw ParquetFault.CutShort();
        var items = new List<object>(count);
        for (int i = 0; i < count; i++) items.Add(ReadValue(head & 15));
        _depth--;
        return items;
    }

    private int Byte() => Take(1)[0];

    private int Length()
    {
        ulong length = Varint();
        return length <= (ulong)(_bytes.Length - At) ? (int)length : throw ParquetFault.CutShort();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (At < 0 || count > _bytes.Length - At) throw ParquetFault.CutShort();
        At += count;
        return _bytes.Slice(At - count, count);
    }

    private long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw ParquetFault.Damaged("found a number of more than ten bytes");
    }
}
