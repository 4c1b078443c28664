using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>
/// Reads a file from front to back; of a large one the next piece is read, by another thread, while one is looked into.
/// What was read last can be kept in front of what is read next, so that a token that goes across two reads is in one
/// piece.
/// </summary>
internal sealed class JsonScanWindow : IDisposable
{
    /// <summary>Longest name, id or file name that is kept in one piece.</summary>
    public const int MaxTokenBytes = 1 << 16;

    private readonly SourceFile _file;
    private readonly int _readBytes;
    private byte[] _bytes;
    private byte[]? _next;
    private Task<Piece>? _ahead;
    private Piece _piece;

    /// <summary>A window that stands before the start of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="readBytes">Bytes per read, a multiple of 64.</param>
    public JsonScanWindow(SourceFile file, int readBytes)
    {
        _file = file;
        _readBytes = readBytes;
        _bytes = NewBuffer();
    }

    /// <summary>Position in the file of the first byte of the latest read.</summary>
    public long Offset { get; private set; }

    /// <summary>Number of bytes of the latest read.</summary>
    public int Count => _piece.Count;

    /// <summary>True when all of the latest read is ASCII.</summary>
    public bool IsAscii => _piece.IsAscii;

    /// <summary>The latest read, followed by at least as many blanks as make the last block full.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(MaxTokenBytes, Count + JsonBlockReader.Bytes);

    /// <summary>Reads on.</summary>
    /// <param name="keepFrom">Position from which on the bytes must stay in reach; null when none need to.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BadDataException">The token to be kept is too long (TOKEN_TOO_LONG).</exception>
    public bool Advance(long? keepFrom)
    {
        long next = Offset + Count;
        byte[] target = _ahead is null ? _bytes : _next!;
        if (keepFrom is { } from && from < next) Keep((int)Math.Min(next - from, int.MaxValue), target);
        _piece = _ahead is null ? Fill(target, next) : _ahead.GetAwaiter().GetResult();
        (_ahead, Offset) = (null, next);
        if (target != _bytes) (_bytes, _next) = (target, _bytes);
        _bytes.AsSpan(MaxTokenBytes + Count, JsonBlockReader.Bytes).Fill((byte)' ');
        if (Count == _readBytes && next + Count < _file.LengthBytes) ReadAhead(next + Count);
        return Count > 0;
    }

    /// <summary>Text that is in reach, by its position in the file.</summary>
    public ReadOnlySpan<byte> Text(long from, long to) =>
        _bytes.AsSpan(MaxTokenBytes + (int)(from - Offset), (int)(to - from));

    /// <summary>Waits for what is still being read; how that ends is of no interest any more.</summary>
    public void Dispose()
    {
        if (_ahead is Task ahead) ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
    }

    private byte[] NewBuffer() =>
        GC.AllocateUninitializedArray<byte>(MaxTokenBytes + _readBytes + JsonBlockReader.Bytes);

    private void Keep(int bytes, byte[] target)
    {
        if (bytes > MaxTokenBytes)
            throw JsonFault.At(_file, Offset + Count - bytes, "TOKEN_TOO_LONG",
                $"expected a name or id of at most {MaxTokenBytes} bytes, found one that goes on after them");
        _bytes.AsSpan(MaxTokenBytes + Count - bytes, bytes).CopyTo(target.AsSpan(MaxTokenBytes - bytes));
    }

    private void ReadAhead(long from)
    {
        byte[] target = _next ??= NewBuffer();
        _ahead = Task.Run(() => Fill(target, from));
    }

    private Piece Fill(byte[] target, long from)
    {
        int count = 0;
        while (count < _readBytes)
        {
            int got = _file.Read(from + count, target.AsSpan(MaxTokenBytes + count, _readBytes - count));
            if (got == 0) break;
            count += got;
        }

        return new Piece(count, Ascii.IsValid(target.AsSpan(MaxTokenBytes, count)));
    }

    private readonly record struct Piece(int Count, bool IsAscii);
}
