using System.Buffers;

namespace SegPipeline.Formats;

/// <summary>Text that is being written, in a pooled array; grows as needed.</summary>
internal sealed class TextBuffer : IBufferWriter<byte>, IDisposable
{
    private const int StartBytes = 1 << 12;

    private byte[] _buffer = [];

    /// <summary>Number of bytes written.</summary>
    public int Count { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Count);

    /// <summary>Empties it.</summary>
    public void Clear() => Count = 0;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Writes every byte of a kind twice, from a place on: how JSON escapes a back-slash.</summary>
    public void Double(byte value, int from)
    {
        int more = Written[from..].Count(value);
        if (more == 0) return;
        Reserve(more);
        int read = Count, write = Count + more;
        Count = write;
        while (write > read)
        {
            int plain = read - 1 - _buffer.AsSpan(from, read - from).LastIndexOf(value) - from;
            _buffer.AsSpan(read - plain, plain).CopyTo(_buffer.AsSpan(write - plain));
            (read, write) = (read - plain - 1, write - plain - 2);
            (_buffer[write], _buffer[write + 1]) = (value, value);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(Count);
    }

    /// <summary>Gives the array back; what was written is gone.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, Count) = ([], 0);
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 32);
        if (size <= _buffer.Length - Count) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(
            checked((int)Math.Min(Array.MaxLength, Math.Max(StartBytes, Math.Max(2L * Count, (long)Count + size)))));
        Written.CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
