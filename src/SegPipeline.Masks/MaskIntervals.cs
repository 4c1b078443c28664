using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>
/// The foreground of several masks of one size as intervals of column-major indices, so that a pair of masks is
/// compared only within the columns that both reach.
/// </summary>
internal readonly struct MaskIntervals : IDisposable
{
    // Start of each interval in the upper half, the index after its last pixel in the lower; the intervals of each
    // mask are followed by one more word, so that a loop may look one ahead.
    private readonly ulong[] _intervals;
    private readonly int[] _starts;
    private readonly PixelBox[] _boxes;
    private readonly long[] _areasPx;
    private readonly int _heightPx;

    /// <summary>The intervals of masks that all have the same size.</summary>
    public MaskIntervals(ReadOnlySpan<Mask> masks)
    {
        long room = 0;
        foreach (Mask mask in masks) room += mask.Counts.Length / 2 + 1;
        _intervals = ArrayPool<ulong>.Shared.Rent(checked((int)room));
        _starts = new int[masks.Length + 1];
        _boxes = new PixelBox[masks.Length];
        _areasPx = new long[masks.Length];
        _heightPx = masks.IsEmpty ? 0 : masks[0].HeightPx;
        for (int i = 0; i < masks.Length; i++)
        {
            _starts[i + 1] = _starts[i] + Write(masks[i].Counts, _intervals.AsSpan(_starts[i])) + 1;
            _boxes[i] = masks[i].Box;
            _areasPx[i] = masks[i].AreaPx;
        }
    }

    /// <summary>Foreground pixels of a mask.</summary>
    public long AreaPx(int mask) => _areasPx[mask];

    /// <summary>Number of pixels that a mask shares with one of others of the same size.</summary>
    public long SharedPx(int mask, in MaskIntervals others, int other)
    {
        PixelBox a = _boxes[mask], b = others._boxes[other];
        if (Math.Min(a.Y + a.HeightPx, b.Y + b.HeightPx) <= Math.Max(a.Y, b.Y)) return 0;
        int left = Math.Max(a.X, b.X), right = Math.Min(a.X + a.WidthPx, b.X + b.WidthPx);
        if (left >= right) return 0;
        uint start = (uint)left * (uint)_heightPx, end = (uint)right * (uint)_heightPx;
        return Shared(Within(mask, start, end), others.Within(other, start, end));
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_intervals);

    private static int Write(ReadOnlySpan<uint> counts, Span<ulong> intervals)
    {
        uint start = 0;
        int written = 0;
        for (int i = 1; i < counts.Length; i += 2)
        {
            start += counts[i - 1];
            uint end = start + counts[i];
            intervals[written++] = (ulong)start << 32 | end;
            start = end;
        }
        return written;
    }

    /// <summary>The intervals that reach into a range of indices, and one word after them.</summary>
    private ReadOnlySpan<ulong> Within(int mask, uint start, uint end)
    {
        ReadOnlySpan<ulong> all = _intervals.AsSpan(_starts[mask]..(_starts[mask + 1] - 1));
        int from = CountBelow(all, 0, start + 1L);
        int count = CountBelow(all[from..], 32, end);
        return _intervals.AsSpan(_starts[mask] + from, count + 1);
    }

    /// <summary>How many of ascending intervals have their start (shift 32) or end (shift 0) below a limit.</summary>
    private static int CountBelow(ReadOnlySpan<ulong> intervals, int shift, long limit)
    {
        int below = 0;
        for (int left = intervals.Length; left > 0; left >>= 1)
        {
            int half = (left + 1) >> 1;
            long bound = (uint)(intervals[below + half - 1] >> shift);
            below += half & (int)Branchless.IfNegative(bound - limit);
        }
        return below;
    }

    private static long Shared(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        long shared = 0;
        int i = 0, j = 0;
        ulong intervalA = a[0], intervalB = b[0];
        while (i + 1 < a.Length && j + 1 < b.Length)
        {
            // Without branches on the data, as nobody can predict which interval ends first, and with the next
            // intervals loaded before it is known whether they are needed.
            long endA = (uint)intervalA, endB = (uint)intervalB;
            long isAFirst = Branchless.IfNegative(endA - endB), isBFirst = Branchless.IfNegative(endB - endA);
            long start = Branchless.Max((long)(intervalA >> 32), (long)(intervalB >> 32));
            shared += Branchless.Max(endB + ((endA - endB) & isAFirst) - start, 0);
            intervalA ^= (intervalA ^ a[i + 1]) & (ulong)~isBFirst;
            intervalB ^= (intervalB ^ b[j + 1]) & (ulong)~isAFirst;
            i += 1 + (int)isBFirst;
            j += 1 + (int)isAFirst;
        }
        return shared;
    }
}
