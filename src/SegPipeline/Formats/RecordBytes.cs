using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>The text of one record, read into a pooled buffer for as long as somebody looks into it.</summary>
internal readonly ref struct RecordBytes : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _lengthBytes;

    /// <summary>Reads a record.</summary>
    /// <exception cref="BadDataException">The file was cut short since it was opened.</exception>
    public RecordBytes(SourceFile file, long offset, int lengthBytes)
    {
        _lengthBytes = lengthBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(lengthBytes);
        file.ReadExactly(offset, _buffer.AsSpan(0, lengthBytes));
    }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(0, _lengthBytes);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
