using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Reads bits from the lowest of each byte up. Zeros stand behind the stream, so that no step needs to look for the
/// end; <see cref="IsOverdrawn"/> tells when it was passed.
/// </summary>
internal ref struct BitSource
{
    /// <summary>Bytes of padding that must stand behind a stream.</summary>
    public const int PaddingBytes = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private int _count;

    /// <summary>Begins at the first bit.</summary>
    /// <param name="padded">The stream with its padding.</param>
    public BitSource(ReadOnlySpan<byte> padded) => _bytes = padded;

    /// <summary>The bits that come next, the first one lowest; at least 56 after <see cref="Fill"/>.</summary>
    public ulong Bits { get; private set; }

    /// <summary>True when more bits were taken than the stream has.</summary>
    public readonly bool IsOverdrawn => 8L * _next - _count > 8L * (_bytes.Length - PaddingBytes);

    /// <summary>Makes at least 56 bits available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        int next = Math.Min(_next, _bytes.Length - sizeof(ulong));
        Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes[next..]) << _count;
        _next = next + (63 - _count >> 3);
        _count |= 56;
    }

    /// <summary>Takes bits away, of those that <see cref="Fill"/> made available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        Bits >>= count;
        _count -= count;
    }

    /// <summary>Takes up to 16 bits as a number.</summary>
    public uint Take(int count)
    {
        Fill();
        uint value = (uint)Bits & (1u << count) - 1;
        Skip(count);
        return value;
    }

    /// <summary>Skips to the next whole byte and takes bytes from there on.</summary>
    /// <returns>The bytes; fewer than asked for when the stream has not as many.</returns>
    public ReadOnlySpan<byte> TakeBytes(int count)
    {
        int end = _bytes.Length - PaddingBytes;
        int position = Math.Min(end, _next - _count / 8);
        ReadOnlySpan<byte> taken = _bytes.Slice(position, Math.Min(count, end - position));
        _next = position + taken.Length;
        (Bits, _count) = (0, 0);
        return taken;
    }
}
