using System.Numerics;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Writes whole numbers as bit-packed differences: ids that ascend take next to nothing.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC</remarks>
internal static class DeltaNumbers
{
    private const int Block = 128, Parts = 4, Part = Block / Parts;

    /// <summary>Writes numbers.</summary>
    public static void Write(List<byte> output, ReadOnlySpan<long> values)
    {
        BitRuns.Varint(output, Block);
        BitRuns.Varint(output, Parts);
        BitRuns.Varint(output, (ulong)values.Length);
        BitRuns.Varint(output, ZigZag(values.IsEmpty ? 0 : values[0]));
        Span<long> steps = stackalloc long[Block];
        for (int at = 1; at < values.Length; at += Block)
        {
            int count = Math.Min(Block, values.Length - at);
            for (int i = 0; i < count; i++) steps[i] = unchecked(values[at + i] - values[at + i - 1]);
            WriteBlock(output, steps[..count]);
        }
    }

    private static void WriteBlock(List<byte> output, ReadOnlySpan<long> steps)
    {
        long least = long.MaxValue;
        foreach (long step in steps) least = Math.Min(least, step);
        Span<ulong> rests = stackalloc ulong[Block];
        rests.Clear();
        for (int i = 0; i < steps.Length; i++) rests[i] = unchecked((ulong)(steps[i] - least));
        BitRuns.Varint(output, ZigZag(least));
        Span<int> widths = stackalloc int[Parts];
        for (int p = 0; p < Parts; p++)
        {
            ulong all = 0;
            foreach (ulong rest in rests.Slice(p * Part, Part)) all |= rest;
            widths[p] = 64 - BitOperations.LeadingZeroCount(all);
            output.Add((byte)widths[p]);
        }

        for (int p = 0; p * Part < steps.Length; p++) BitRuns.Pack(output, rests.Slice(p * Part, Part), widths[p]);
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
