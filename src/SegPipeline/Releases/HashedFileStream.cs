using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>
/// A file that is written from front to back, its SHA-256 taken on the way. A full buffer is hashed and written on
/// another thread while the caller fills the next, so that neither costs the caller more than a copy in memory.
/// </summary>
internal sealed class HashedFileStream : Stream
{
    private const int BufferBytes = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly Action<FileDigest> _closed;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _filling = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private byte[]? _spare;
    private int _filled;
    private long _handedOver;
    private Task _storing = Task.CompletedTask;
    private bool _failed;
    private bool _disposed;

    /// <param name="path">The file.</param>
    /// <param name="closed">Told size and digest when the stream was disposed of and all went well.</param>
    /// <param name="mode">How to open it; by default it must not exist yet.</param>
    public HashedFileStream(string path, Action<FileDigest> closed, FileMode mode = FileMode.CreateNew)
    {
        _file = File.OpenHandle(path, mode, FileAccess.Write, FileShare.Read);
        _closed = closed;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_disposed;

    /// <summary>Number of bytes written so far.</summary>
    public override long Length => _handedOver + _filled;

    /// <summary>Number of bytes written so far; cannot be set.</summary>
    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (buffer.Length > 0)
        {
            int count = Math.Min(buffer.Length, BufferBytes - _filled);
            buffer[..count].CopyTo(_filling.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == BufferBytes) HandOver();
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Does nothing: a file of a release is complete only when it is closed.</summary>
    public override void Flush() { }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _disposed) return;
        _disposed = true;
        try
        {
            if (!_failed)
            {
                AwaitStored();
                Store(_filling, _filled, _handedOver);
                _closed(new FileDigest(Length, Convert.ToHexStringLower(_hash.GetHashAndReset())));
            }
        }
        finally
        {
            _file.Dispose();
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_filling);
            if (_spare is not null) ArrayPool<byte>.Shared.Return(_spare);
        }
        base.Dispose(disposing);
    }

    private void HandOver()
    {
        AwaitStored();
        byte[] full = _filling;
        long offset = _handedOver;
        _filling = _spare ?? ArrayPool<byte>.Shared.Rent(BufferBytes);
        _spare = full;
        _filled = 0;
        _handedOver += BufferBytes;
        _storing = Task.Run(() => Store(full, BufferBytes, offset));
    }

    private void AwaitStored()
    {
        try
        {
            _storing.GetAwaiter().GetResult();
        }
        catch
        {
            // The caller hears of it once; closing the stream on its way out must not hide the cause.
            _failed = true;
            _storing = Task.CompletedTask;
            throw;
        }
    }

    private void Store(byte[] buffer, int count, long offset)
    {
        _hash.AppendData(buffer, 0, count);
        RandomAccess.Write(_file, buffer.AsSpan(0, count), offset);
        Telemetry.BytesWritten.Add(count);
    }
}
