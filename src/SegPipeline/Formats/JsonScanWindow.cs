using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>
/// Reads a file from front to back into one reused buffer. What was read last can be kept in front of what is read
/// next, so that a token that goes across two reads is in one piece.
/// </summary>
internal sealed class JsonScanWindow
{
    /// <summary>Longest name, id or file name that is kept in one piece.</summary>
    public const int MaxTokenBytes = 1 << 16;

    private readonly SourceFile _file;
    private readonly byte[] _bytes;
    private readonly int _readBytes;

    /// <summary>A window that stands before the start of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="readBytes">Bytes per read, a multiple of 64.</param>
    public JsonScanWindow(SourceFile file, int readBytes)
    {
        _file = file;
        _readBytes = readBytes;
        _bytes = GC.AllocateUninitializedArray<byte>(MaxTokenBytes + readBytes + JsonBlockReader.Bytes);
    }

    /// <summary>Position in the file of the first byte of the latest read.</summary>
    public long Offset { get; private set; }

    /// <summary>Number of bytes of the latest read.</summary>
    public int Count { get; private set; }

    /// <summary>The latest read, followed by at least as many blanks as make the last block full.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(MaxTokenBytes, Count + JsonBlockReader.Bytes);

    /// <summary>Reads on.</summary>
    /// <param name="keepFrom">Position from which on the bytes must stay in reach; null when none need to.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BadDataException">The token to be kept is too long (TOKEN_TOO_LONG).</exception>
    public bool Advance(long? keepFrom)
    {
        long next = Offset + Count;
        if (keepFrom is { } from && from < next)
        {
            if (next - from > MaxTokenBytes)
                throw JsonFault.At(_file, from, "TOKEN_TOO_LONG",
                    $"expected a name or id of at most {MaxTokenBytes} bytes, found one that goes on after them");
            int keep = (int)(next - from);
            _bytes.AsSpan(MaxTokenBytes + Count - keep, keep).CopyTo(_bytes.AsSpan(MaxTokenBytes - keep));
        }

        int got = Fill(next);
        Offset = next;
        Count = got;
        _bytes.AsSpan(MaxTokenBytes + got, JsonBlockReader.Bytes).Fill((byte)' ');
        return got > 0;
    }

    /// <summary>Text that is in reach, by its position in the file.</summary>
    public ReadOnlySpan<byte> Text(long from, long to) =>
        _bytes.AsSpan(MaxTokenBytes + (int)(from - Offset), (int)(to - from));

    private int Fill(long from)
    {
        int count = 0;
        while (count < _readBytes)
        {
            int got = _file.Read(from + count, _bytes.AsSpan(MaxTokenBytes + count, _readBytes - count));
            if (got == 0) break;
            count += got;
        }

        return count;
    }
}
