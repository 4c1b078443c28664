using System.Buffers.Binary;

namespace SegPipeline.Tests.Traps;

/// <summary>JPEGs whose frame header says something else than that of the good one they are made of.</summary>
internal static class JpegKinds
{
    private const int FixedBytes = 8, ComponentBytes = 3;

    /// <summary>Another process (the marker of the frame), precision and number of components.</summary>
    public static byte[] With(byte[] jpeg, byte process, byte bits, byte components)
    {
        int at = Frame(jpeg), length = FixedBytes + (ComponentBytes * components);
        byte[] sizes = jpeg[(at + 5)..(at + 9)];
        byte[] lastOnes = [.. Enumerable.Range(1, components).SelectMany(i => (byte[])[(byte)i, 0x11, 0])];
        int end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
        return [.. jpeg[..at], 0xFF, process, 0, (byte)length, bits, .. sizes, components, .. lastOnes, .. jpeg[end..]];
    }

    /// <summary>With the marker of Adobe, whose transform 2 makes four components YCCK.</summary>
    public static byte[] WithAdobe(byte[] jpeg, byte transform) =>
        [.. jpeg[..2], 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform, .. jpeg[2..]];

    /// <summary>With another size.</summary>
    public static byte[] Sized(byte[] jpeg, ushort widthPx, ushort heightPx)
    {
        byte[] sized = [.. jpeg];
        BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(Frame(jpeg) + 5), heightPx);
        BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(Frame(jpeg) + 7), widthPx);
        return sized;
    }

    private static int Frame(byte[] jpeg) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
}
