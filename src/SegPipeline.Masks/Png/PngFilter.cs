using System.Numerics;

namespace SegPipeline.Masks.Png;

/// <summary>The five ways to write a row of a PNG as differences (W3C PNG 3rd edition, chapter 9).</summary>
internal static class PngFilter
{
    public const byte None = 0;
    public const byte Sub = 1;
    public const byte Up = 2;
    public const byte Average = 3;
    public const byte Paeth = 4;

    /// <summary>Turns a row of differences back into bytes, in place.</summary>
    /// <param name="filter">Which kind of differences, 0 to 4.</param>
    /// <param name="row">The row without its filter byte.</param>
    /// <param name="above">The row above it, already undone; zeros above the first row of a pass.</param>
    /// <param name="distance">Bytes between a byte and its left neighbour.</param>
    /// <returns>False when there is no such filter.</returns>
    public static bool TryUndo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case None: return true;
            case Sub or Average or Paeth when distance == 1: PngByteFilter.Undo(filter, row, above); return true;
            case Sub: UndoSub(row, distance); return true;
            case Up: Add(row, above); return true;
            case Average: UndoAverage(row, above, distance); return true;
            case Paeth: UndoPaeth(row, above, distance); return true;
            default: return false;
        }
    }

    /// <summary>Prediction of filter Average: half of left and up together, rounded down.</summary>
    public static byte Halve(int left, int up) => (byte)(left + up >> 1);

    /// <summary>Prediction of filter Paeth: the neighbour closest to left + up - upper left, first of equals.</summary>
    public static byte Predict(int left, int up, int upLeft)
    {
        int toLeft = Math.Abs(up - upLeft), toUp = Math.Abs(left - upLeft), toUpLeft = Math.Abs(left + up - 2 * upLeft);
        return (byte)(toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft);
    }

    /// <summary>Writes a row as differences from the prediction of filter Paeth.</summary>
    public static void ApplyPaeth(ReadOnlySpan<byte> line, ReadOnlySpan<byte> above, int distance, Span<byte> row)
    {
        int first = Math.Min(distance, line.Length);
        for (int i = 0; i < first; i++) row[i] = (byte)(line[i] - above[i]);
        for (int i = first; i < line.Length; i++)
            row[i] = (byte)(line[i] - Predict(line[i - distance], above[i], above[i - distance]));
    }

    private static void UndoSub(Span<byte> row, int distance)
    {
        for (int i = distance; i < row.Length; i++) row[i] += row[i - distance];
    }

    private static void Add(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++) row[i] += above[i];
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] += Halve(i < distance ? 0 : row[i - distance], above[i]);
    }

    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        int first = Math.Min(distance, row.Length);
        for (int i = 0; i < first; i++) row[i] += above[i];
        for (int i = first; i < row.Length; i++)
            row[i] += Predict(row[i - distance], above[i], above[i - distance]);
    }
}
