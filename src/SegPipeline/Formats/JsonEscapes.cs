using System.Runtime.CompilerServices;

namespace SegPipeline.Formats;

/// <summary>Finds what backslashes escape, also across the end of a block, and checks that JSON knows it.</summary>
internal struct JsonEscapes
{
    private ulong _escaped;
    private ulong _hexDue;

    /// <summary>The escaped bytes of a block: a backslash that is not escaped itself escapes the next byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find<TLanes>(TLanes lanes, out ulong faults)
        where TLanes : struct, IJsonLanes<TLanes>
    {
        ulong backslashes = lanes.Equal((byte)'\\');
        faults = 0;
        if ((backslashes | _escaped | _hexDue) == 0) return 0;
        ulong escaped = Resolve(lanes, backslashes, out ulong wrong);
        faults = wrong;
        return escaped;
    }

    private ulong Resolve<TLanes>(TLanes lanes, ulong backslashes, out ulong faults)
        where TLanes : struct, IJsonLanes<TLanes>
    {
        ulong escaped = _escaped;
        _escaped = 0;
        ulong left = backslashes & ~escaped;
        while (left != 0)
        {
            ulong first = left & (0 - left);
            escaped |= first << 1;
            _escaped = first >> 63;
            left &= ~(first | (first << 1));
        }

        ulong plain = backslashes | lanes.Equal((byte)'"') | lanes.Equal((byte)'/') | lanes.Equal((byte)'b')
            | lanes.Equal((byte)'f') | lanes.Equal((byte)'n') | lanes.Equal((byte)'r') | lanes.Equal((byte)'t');
        ulong unicode = lanes.Equal((byte)'u') & escaped;
        faults = escaped & ~(plain | unicode);
        ulong hexDue = (unicode << 1) | (unicode << 2) | (unicode << 3) | (unicode << 4) | _hexDue;
        _hexDue = (unicode >> 63) | (unicode >> 62) | (unicode >> 61) | (unicode >> 60);
        if (hexDue != 0)
        {
            ulong letters = lanes.InRange((byte)'a', 6) | lanes.InRange((byte)'A', 6);
            faults |= hexDue & ~(lanes.InRange((byte)'0', 10) | letters);
        }

        return escaped;
    }
}
