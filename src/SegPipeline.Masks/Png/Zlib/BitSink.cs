using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>Writes bits from the lowest of each byte up, into a buffer that grows.</summary>
internal ref struct BitSink
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>An empty sink.</summary>
    public BitSink()
    {
    }

    /// <summary>The whole bytes written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Makes room; must come before anything is written.</summary>
    /// <param name="bits">Number of bits to come.</param>
    public void Reserve(long bits)
    {
        int needed = checked((int)(_length + (_count + bits) / 8 + 2 * sizeof(ulong)));
        if (needed <= _buffer.Length) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _buffer.Length));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Writes a number in up to 48 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ulong value, int count)
    {
        _bits |= value << _count;
        _count += count;
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), _bits);
        int whole = _count >> 3;
        _length += whole;
        _bits >>= whole << 3;
        _count &= 7;
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align() => Write(0, -_count & 7);

    /// <summary>Writes whole bytes; must come after <see cref="Align"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
