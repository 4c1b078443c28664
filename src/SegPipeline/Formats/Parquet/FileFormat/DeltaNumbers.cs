using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Writes whole numbers as bit-packed differences: ids that ascend take next to nothing.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC</remarks>
internal static class DeltaNumbers
{
    private const int Block = 128, Parts = 4, Part = Block / Parts;

    /// <summary>Writes numbers.</summary>
    public static void Write(List<byte> output, ReadOnlySpan<long> values)
    {
        WriteHead(output, values.Length, values.IsEmpty ? 0 : values[0]);
        Span<long> steps = stackalloc long[Block];
        for (int at = 1; at < values.Length; at += Block)
        {
            int count = Math.Min(Block, values.Length - at);
            long least = Steps(values.Slice(at - 1, count + 1), steps);
            WriteBlock(output, steps, count, least);
        }
    }

    /// <summary>Writes numbers of 32 bits, as if they had 64.</summary>
    public static void Write(List<byte> output, ReadOnlySpan<int> values)
    {
        WriteHead(output, values.Length, values.IsEmpty ? 0 : values[0]);
        Span<long> wide = stackalloc long[Block + 1], steps = stackalloc long[Block];
        for (int at = 1; at < values.Length; at += Block)
        {
            int count = Math.Min(Block, values.Length - at);
            long least = Steps(Widened(values.Slice(at - 1, count + 1), wide), steps);
            WriteBlock(output, steps, count, least);
        }
    }

    private static void WriteHead(List<byte> output, int count, long first)
    {
        BitRuns.Varint(output, Block);
        BitRuns.Varint(output, Parts);
        BitRuns.Varint(output, (ulong)count);
        BitRuns.Varint(output, ZigZag(first));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<long> Widened(ReadOnlySpan<int> values, Span<long> wide)
    {
        int at = 0;
        for (; at <= values.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            (Vector256<long> low, Vector256<long> high) = Vector256.Widen(Vector256.Create(values[at..]));
            low.CopyTo(wide[at..]);
            high.CopyTo(wide[(at + Vector256<long>.Count)..]);
        }

        for (; at < values.Length; at++) wide[at] = values[at];
        return wide[..values.Length];
    }

    /// <summary>The differences of neighbours; the least of them comes back, and fills what room is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Steps(ReadOnlySpan<long> values, Span<long> steps)
    {
        int count = values.Length - 1, at = 0;
        Vector512<long> leasts = Vector512.Create(long.MaxValue);
        for (; at <= count - Vector512<long>.Count; at += Vector512<long>.Count)
        {
            Vector512<long> eight = Vector512.Create(values[(at + 1)..]) - Vector512.Create(values[at..]);
            eight.CopyTo(steps[at..]);
            leasts = Vector512.Min(leasts, eight);
        }

        long least = long.MaxValue;
        for (int i = 0; i < Vector512<long>.Count; i++) least = Math.Min(least, leasts[i]);
        for (; at < count; at++)
        {
            steps[at] = unchecked(values[at + 1] - values[at]);
            least = Math.Min(least, steps[at]);
        }

        steps[count..].Fill(least);
        return least;
    }

    private static void WriteBlock(List<byte> output, ReadOnlySpan<long> steps, int count, long least)
    {
        Span<ulong> rests = stackalloc ulong[Block];
        BitRuns.Varint(output, ZigZag(least));
        Span<int> widths = stackalloc int[Parts];
        for (int p = 0; p < Parts; p++)
        {
            ulong all = Rests(steps.Slice(p * Part, Part), least, rests[(p * Part)..]);
            widths[p] = 64 - BitOperations.LeadingZeroCount(all);
            output.Add((byte)widths[p]);
        }

        for (int p = 0; p * Part < count; p++) BitRuns.Pack(output, rests.Slice(p * Part, Part), widths[p]);
    }

    /// <summary>By how much the steps of a part are above the least; all bits that are set in any of them come
    /// back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Rests(ReadOnlySpan<long> steps, long least, Span<ulong> rests)
    {
        Vector512<ulong> all = Vector512<ulong>.Zero;
        for (int at = 0; at < Part; at += Vector512<ulong>.Count)
        {
            Vector512<ulong> eight = (Vector512.Create(steps[at..]) - Vector512.Create(least)).AsUInt64();
            eight.CopyTo(rests[at..]);
            all |= eight;
        }

        ulong bits = 0;
        for (int i = 0; i < Vector512<ulong>.Count; i++) bits |= all[i];
        return bits;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
