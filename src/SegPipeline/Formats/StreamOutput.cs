using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Gathers what is written into large pieces for a stream.</summary>
internal sealed class StreamOutput(Stream stream) : IBufferWriter<byte>, IDisposable
{
    private const int BufferBytes = 1 << 18;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _count;

    /// <inheritdoc/>
    public void Advance(int count) => _count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_count);
    }

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _count) Flush();
        if (bytes.Length > _buffer.Length)
        {
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Writes a slice of a file, however long it is.</summary>
    public void Copy(JsonSlice slice)
    {
        for (int done = 0; done < slice.LengthBytes;)
        {
            Span<byte> target = GetSpan();
            int count = Math.Min(target.Length, slice.LengthBytes - done);
            slice.File.ReadExactly(slice.Offset + done, target[..count]);
            Advance(count);
            done += count;
        }
    }

    /// <summary>Passes everything on to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer.AsSpan(0, _count));
        _count = 0;
    }

    /// <summary>Gives the buffer back; what was not flushed is lost.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 256);
        if (size <= _buffer.Length - _count) return;
        Flush();
        if (size <= _buffer.Length) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }
}
