using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// Takes down what is left of a chunk, so that an interrupted run can go on behind it without working on it again. What
/// is written is read back by a <see cref="JournalReader"/>, call by call in the same order, by the same version of the
/// program.
/// </summary>
/// <param name="numberOf">The number of a file that slices may point into; null for one that no reader
/// declares.</param>
public sealed class JournalWriter(Func<SourceFile, int?> numberOf)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<ReleaseName> _files = [];

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>The files of the release that were named.</summary>
    public IReadOnlyList<ReleaseName> Files => _files;

    /// <summary>False when something was given that cannot be found again, so that the chunk must be worked on
    /// again.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>A record that was written before, to be kept again.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="files">The files that were named.</param>
    /// <param name="numberOf">The number of a file that slices may point into.</param>
    internal static JournalWriter Again(
        ReadOnlySpan<byte> written, IEnumerable<ReleaseName> files, Func<SourceFile, int?> numberOf)
    {
        var journal = new JournalWriter(numberOf);
        journal._bytes.Write(written);
        journal._files.AddRange(files);
        return journal;
    }

    /// <summary>Forgets what was written.</summary>
    internal void Clear()
    {
        _bytes.ResetWrittenCount();
        _files.Clear();
        IsWhole = true;
    }

    /// <summary>Writes a whole number; small ones take one byte.</summary>
    public void Number(long number)
    {
        ulong rest = (ulong)((number << 1) ^ (number >> 63));
        Span<byte> target = _bytes.GetSpan(10);
        int count = 0;
        for (; rest >= 0x80; rest >>= 7) target[count++] = (byte)(rest | 0x80);
        target[count++] = (byte)rest;
        _bytes.Advance(count);
    }

    /// <summary>Writes a whole number or none.</summary>
    public void OptionalNumber(long? number)
    {
        Flag(number is not null);
        if (number is { } value) Number(value);
    }

    /// <summary>Writes yes or no.</summary>
    public void Flag(bool flag) => Number(flag ? 1 : 0);

    /// <summary>Writes a number with a fraction, to the last bit, or none.</summary>
    public void Fraction(double? number)
    {
        Flag(number is not null);
        if (number is not { } value) return;
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>Writes a text or none; half of a surrogate pair is kept.</summary>
    public void Text(string? text)
    {
        Flag(text is not null);
        if (text is null) return;
        bool isPlain = Ascii.IsValid(text);
        Flag(isPlain);
        Bytes((isPlain ? Encoding.ASCII : Encoding.Unicode).GetBytes(text));
    }

    /// <summary>Writes an id or none.</summary>
    public void Id(RecordId? id) => Text(id?.JsonText);

    /// <summary>Writes which file a record stands in, or none.</summary>
    public void Source(SourceFile? file)
    {
        int? number = file is null ? null : numberOf(file);
        IsWhole &= file is null || number is not null;
        OptionalNumber(number);
    }

    /// <summary>Writes where a record stands, or that it stands nowhere; its text is not kept.</summary>
    public void Slice(JsonSlice? slice)
    {
        Source(slice?.File);
        if (slice is not { } record) return;
        Number(record.Offset);
        Number(record.LengthBytes);
    }

    /// <summary>Writes the name of a file that the chunk puts into the release; its bytes stay where they
    /// are.</summary>
    public void File(ReleaseName name)
    {
        _files.Add(name);
        Text(name.Value);
    }
}
