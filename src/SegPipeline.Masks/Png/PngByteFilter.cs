using System.Runtime.Intrinsics;

namespace SegPipeline.Masks.Png;

/// <summary>
/// Undoes the filters of pictures whose pixels are single bytes. In label images most pixels equal all their
/// neighbours; where 32 in a row do, they are one step.
/// </summary>
internal static class PngByteFilter
{
    private const int BlockBytes = 32;

    /// <summary>Turns a row of differences back into bytes, in place.</summary>
    /// <param name="filter">Sub, Average or Paeth.</param>
    /// <param name="row">The row without its filter byte.</param>
    /// <param name="above">The row above it, already undone; not looked at for Sub.</param>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        byte left = 0;
        for (int x = 0; x < row.Length; x += BlockBytes)
        {
            Span<byte> block = row[x..Math.Min(x + BlockBytes, row.Length)];
            ReadOnlySpan<byte> blockAbove = filter == PngFilter.Sub ? default : above.Slice(x, block.Length);
            byte upLeft = x == 0 || filter == PngFilter.Sub ? (byte)0 : above[x - 1];
            if (block.Length == BlockBytes && IsSteady(filter, block, blockAbove, left, upLeft))
                block.Fill(left);
            else
                UndoOneByOne(filter, block, blockAbove, left, upLeft);
            left = block[^1];
        }
    }

    /// <summary>Whether all pixels of the block equal the one on their left.</summary>
    private static bool IsSteady(
        byte filter, ReadOnlySpan<byte> block, ReadOnlySpan<byte> above, byte left, byte upLeft)
    {
        if (Vector256.Create(block) != Vector256<byte>.Zero) return false;
        if (filter == PngFilter.Sub) return true;
        return Vector256.Create(above) == Vector256.Create(left) && (filter == PngFilter.Average || upLeft == left);
    }

    private static void UndoOneByOne(
        byte filter, Span<byte> block, ReadOnlySpan<byte> above, byte left, byte upLeft)
    {
        if (filter == PngFilter.Sub)
        {
            for (int i = 0; i < block.Length; i++) block[i] = left += block[i];
            return;
        }
        above = above[..block.Length];
        if (filter == PngFilter.Average)
        {
            for (int i = 0; i < block.Length; i++) block[i] = left = (byte)(block[i] + PngFilter.Halve(left, above[i]));
            return;
        }
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = left = (byte)(block[i] + PngFilter.Predict(left, above[i], upLeft));
            upLeft = above[i];
        }
    }
}
