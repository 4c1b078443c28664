using System.Buffers.Binary;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>Reads what a <see cref="JournalWriter"/> took down, call by call in the same order.</summary>
/// <param name="written">What was written.</param>
/// <param name="fileOf">The file of a number.</param>
public sealed class JournalReader(ReadOnlyMemory<byte> written, Func<int, SourceFile> fileOf)
{
    private ReadOnlyMemory<byte> _rest = written;

    /// <summary>What was not read yet.</summary>
    internal ReadOnlyMemory<byte> Rest => _rest;

    /// <summary>True when everything was read.</summary>
    public bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a whole number.</summary>
    public long Number()
    {
        ulong number = 0;
        int shift = 0;
        ReadOnlySpan<byte> bytes = _rest.Span;
        int count = 0;
        do
        {
            number |= (ulong)(bytes[count] & 0x7F) << shift;
            shift += 7;
        }
        while (bytes[count++] >= 0x80);
        _rest = _rest[count..];
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>Reads a whole number that is a count or a place in memory.</summary>
    public int Count() => checked((int)Number());

    /// <summary>Reads a whole number or none.</summary>
    public long? OptionalNumber() => Flag() ? Number() : null;

    /// <summary>Reads yes or no.</summary>
    public bool Flag() => Number() != 0;

    /// <summary>Reads a number with a fraction, or none.</summary>
    public double? Fraction() => Flag() ? BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)).Span) : null;

    /// <summary>Reads bytes; they are not copied.</summary>
    public ReadOnlyMemory<byte> Bytes() => Take(Count());

    /// <summary>Reads a text or none.</summary>
    public string? Text()
    {
        if (!Flag()) return null;
        Encoding encoding = Flag() ? Encoding.ASCII : Encoding.Unicode;
        return encoding.GetString(Bytes().Span);
    }

    /// <summary>Reads an id or none.</summary>
    public RecordId? Id() => Text() is { } json ? RecordId.FromJson(json) : null;

    /// <summary>Reads which file a record stands in, or none.</summary>
    public SourceFile? Source() => OptionalNumber() is { } number ? fileOf((int)number) : null;

    /// <summary>Reads where a record stands, or none.</summary>
    public JsonSlice? Slice() => Source() is { } file ? new JsonSlice(file, Number(), Count()) : null;

    /// <summary>
    /// Reads the name of a file of the release. To put it there is to add a <see cref="StagedPhoto"/> of this name.
    /// </summary>
    public ReleaseName File() => ReleaseName.From(Text()!);

    private ReadOnlyMemory<byte> Take(int count)
    {
        ReadOnlyMemory<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

/// <summary>
/// Stands for a file, picture or not, that an interrupted run has already brought to its place in the release. The
/// release takes it over as it is; its bytes are not asked for.
/// </summary>
/// <param name="filePath">The file that it was copied from, where somebody asks for it.</param>
public sealed class StagedPhoto(string? filePath = null) : Photo
{
    /// <inheritdoc/>
    public override string? FilePath => filePath;

    /// <inheritdoc/>
    public override Stream OpenRead() =>
        throw new InvalidOperationException("a file that is already in the release was to be made again");
}
