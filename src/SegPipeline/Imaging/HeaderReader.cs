using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>
/// Reads the beginning of a file, number by number, and knows where it is. What lies between the parts that are asked
/// for is not read where the file can be read by position: most photos cost one read of a few kilobytes.
/// </summary>
internal sealed class HeaderReader : IDisposable
{
    private const int ReadAheadBytes = 4096;

    private readonly string _name;
    private readonly SafeFileHandle? _file;
    private readonly Stream? _stream;
    private byte[] _window = ArrayPool<byte>.Shared.Rent(ReadAheadBytes);
    private int _next;
    private int _end;

    /// <summary>A reader of a file on disk.</summary>
    /// <param name="file">The file; stays open.</param>
    /// <param name="name">Its name, for messages.</param>
    public HeaderReader(SafeFileHandle file, string name) => (_file, _name) = (file, name);

    /// <summary>A reader of anything else, from where it stands.</summary>
    public HeaderReader(Stream stream, string name) => (_stream, _name) = (stream, name);

    /// <summary>Offset of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>True when nothing follows.</summary>
    public bool IsAtEnd => _next == _end && !Fill(1);

    /// <summary>The next byte.</summary>
    /// <exception cref="BadDataException">The file has ended.</exception>
    public byte Byte() => Bytes(1)[0];

    /// <summary>The next two bytes as a number, the larger part first.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    /// <summary>The next four bytes as a number, the larger part first.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    /// <summary>The next four bytes as a number, the smaller part first.</summary>
    public uint UInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>The next bytes; valid until more is asked for.</summary>
    /// <exception cref="BadDataException">The file has ended.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (_end - _next < count && !Fill(count))
        {
            Offset += _end - _next;
            throw Fault("the file ends within its header");
        }
        ReadOnlySpan<byte> bytes = _window.AsSpan(_next, count);
        _next += count;
        Offset += count;
        return bytes;
    }

    /// <summary>Goes past bytes that nobody needs.</summary>
    public void Skip(long count)
    {
        long inWindow = Math.Min(count, _end - _next);
        _next += (int)inWindow;
        Offset += inWindow;
        for (long left = count - inWindow; left > 0;)
        {
            if (_file is not null)
            {
                Offset += left;
                return;
            }
            if (_stream!.CanSeek)
            {
                Offset += left;
                // What a file says of its parts may reach beyond its end, where not every stream can stand.
                _stream.Seek(Math.Min(left, Math.Max(0, _stream.Length - _stream.Position)), SeekOrigin.Current);
                return;
            }
            int step = (int)Math.Min(left, ReadAheadBytes);
            _ = Bytes(step);
            left -= step;
        }
    }

    /// <summary>A fault at this place.</summary>
    public BadDataException Fault(string message) => PhotoFault.Format(_name, message, Offset);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_window);

    /// <summary>Makes so many bytes lie in the window; false when the file ends before.</summary>
    private bool Fill(int count)
    {
        int left = _end - _next;
        byte[] window = count > _window.Length ? ArrayPool<byte>.Shared.Rent(count) : _window;
        _window.AsSpan(_next, left).CopyTo(window);
        if (window != _window) ArrayPool<byte>.Shared.Return(_window);
        (_window, _next, _end) = (window, 0, left);
        while (_end < count)
        {
            Span<byte> room = _window.AsSpan(_end, Math.Max(count, ReadAheadBytes) - _end);
            int got = _file is null ? _stream!.Read(room) : RandomAccess.Read(_file, room, Offset + _end);
            if (got == 0) return false;
            _end += got;
        }
        return true;
    }
}
