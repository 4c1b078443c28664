using System.Buffers;
using System.Numerics;

namespace SegPipeline.Masks;

/// <summary>
/// One bit per pixel, in column-major order, for the part of a picture that some masks reach: the quicker way to unite
/// many masks that lie close together.
/// </summary>
internal ref struct BitCanvas
{
    private readonly ulong[] _words;
    private readonly int _count;
    private readonly long _firstPixel;

    /// <summary>An empty canvas.</summary>
    /// <param name="start">First index that will be painted.</param>
    /// <param name="end">Index after the last that will be painted.</param>
    public BitCanvas(long start, long end)
    {
        _firstPixel = start & ~63L;
        _count = checked((int)WordsFor(start, end));
        _words = ArrayPool<ulong>.Shared.Rent(_count);
        _words.AsSpan(0, _count).Clear();
    }

    /// <summary>Number of words that a canvas takes.</summary>
    public static long WordsFor(long start, long end) => ((end - (start & ~63L)) >> 6) + 1;

    /// <summary>Paints the foreground of a mask.</summary>
    public readonly void Paint(ReadOnlySpan<uint> counts)
    {
        ulong[] words = _words;
        long end = -_firstPixel;
        for (int i = 1; i < counts.Length; i += 2)
        {
            long start = end + counts[i - 1];
            end = start + counts[i];
            int first = (int)(start >> 6), last = (int)(end >> 6);
            ulong from = ulong.MaxValue << (int)start, before = ~(ulong.MaxValue << (int)end);
            // Most runs begin and end in one word or in two neighbours; both are served without asking which.
            ulong isApart = (ulong)Branchless.IfNegative(first - last);
            words[first] |= from & (before | isApart);
            words[last] |= before & (from | isApart);
            if (last - first > 1) words.AsSpan(first + 1, last - first - 1).Fill(ulong.MaxValue);
        }
    }

    /// <summary>Reads the canvas as a mask and gives its memory back; it is of no use afterwards.</summary>
    /// <param name="heightPx">Height of the mask.</param>
    /// <param name="widthPx">Width of the mask.</param>
    /// <param name="expectedEdges">How many edges to make room for at first.</param>
    public readonly Mask ToMask(int heightPx, int widthPx, int expectedEdges)
    {
        var runs = new RunBuilder(expectedEdges);
        ulong above = 0;
        for (int i = 0; i < _count; i++)
        {
            ulong word = _words[i];
            for (ulong edges = word ^ (word << 1 | above); edges != 0; edges &= edges - 1)
                runs.Toggle((uint)(_firstPixel + ((long)i << 6) + BitOperations.TrailingZeroCount(edges)));
            above = word >> 63;
        }
        ArrayPool<ulong>.Shared.Return(_words);
        return runs.Build(heightPx, widthPx);
    }
}
