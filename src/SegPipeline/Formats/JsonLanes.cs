using System.Runtime.Intrinsics;

namespace SegPipeline.Formats;

/// <summary>A block of 64 bytes in vector registers; every question about it is answered by one bit per byte.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IJsonLanes<TSelf>
    where TSelf : struct, IJsonLanes<TSelf>
{
    /// <summary>Loads the first 64 bytes of a span.</summary>
    static abstract TSelf Load(ReadOnlySpan<byte> block);

    /// <summary>Which bytes are equal to a value.</summary>
    ulong Equal(byte value);

    /// <summary>Which bytes are equal to a value once bit 5 is set: <c>[</c> and <c>{</c> are one then.</summary>
    ulong EqualFolded(byte value);

    /// <summary>Which bytes lie in low .. low + count - 1.</summary>
    ulong InRange(byte low, byte count);
}

/// <summary>One 512-bit register.</summary>
internal readonly struct JsonLanes512(Vector512<byte> bytes) : IJsonLanes<JsonLanes512>
{
    private readonly Vector512<byte> _bytes = bytes;

    public static JsonLanes512 Load(ReadOnlySpan<byte> block) => new(Vector512.Create(block));

    public ulong Equal(byte value) => Vector512.Equals(_bytes, Vector512.Create(value)).ExtractMostSignificantBits();

    public ulong EqualFolded(byte value) =>
        Vector512.Equals(_bytes | Vector512.Create((byte)0x20), Vector512.Create(value)).ExtractMostSignificantBits();

    public ulong InRange(byte low, byte count) =>
        Vector512.LessThan(_bytes - Vector512.Create(low), Vector512.Create(count)).ExtractMostSignificantBits();
}

/// <summary>Two 256-bit registers; the runtime makes four of 128 bits of them where there is nothing wider.</summary>
internal readonly struct JsonLanes256(Vector256<byte> low, Vector256<byte> high) : IJsonLanes<JsonLanes256>
{
    private readonly Vector256<byte> _low = low;
    private readonly Vector256<byte> _high = high;

    public static JsonLanes256 Load(ReadOnlySpan<byte> block) =>
        new(Vector256.Create(block), Vector256.Create(block[32..]));

    public ulong Equal(byte value)
    {
        Vector256<byte> wanted = Vector256.Create(value);
        return Bits(Vector256.Equals(_low, wanted), Vector256.Equals(_high, wanted));
    }

    public ulong EqualFolded(byte value)
    {
        Vector256<byte> wanted = Vector256.Create(value), bit = Vector256.Create((byte)0x20);
        return Bits(Vector256.Equals(_low | bit, wanted), Vector256.Equals(_high | bit, wanted));
    }

    public ulong InRange(byte low, byte count)
    {
        Vector256<byte> first = Vector256.Create(low), many = Vector256.Create(count);
        return Bits(Vector256.LessThan(_low - first, many), Vector256.LessThan(_high - first, many));
    }

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
