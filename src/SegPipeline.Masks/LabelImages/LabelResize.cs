using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Which label wins when several cover equally much of a pixel.</summary>
public enum VoteTie
{
    /// <summary>The one with the lowest number.</summary>
    Lowest,

    /// <summary>The lowest that is not background (label 0), so that thin objects survive.</summary>
    ForegroundLowest,

    /// <summary>The one at the pixel's centre when it is among them, else the lowest.</summary>
    AtCentre,
}

/// <summary>How void takes part in a vote.</summary>
public enum VoidVote
{
    /// <summary>Void is a label like any other.</summary>
    Counts,

    /// <summary>Void wins only where nothing else is: a border of void does not eat into objects.</summary>
    Abstains,
}

/// <summary>The rules of a majority vote.</summary>
public sealed record VoteRules
{
    /// <summary>Which label wins when several cover equally much of a pixel.</summary>
    public VoteTie Tie { get; init; } = VoteTie.Lowest;

    /// <summary>Label of void pixels; null when there is none.</summary>
    public uint? VoidLabel { get; init; }

    /// <summary>How void takes part.</summary>
    public VoidVote VoidVote { get; init; } = VoidVote.Counts;
}

/// <summary>
/// Changes the size of label images, by any ratio and never by mixing labels. All arithmetic is in whole numbers, so
/// the result is the same on every machine.
/// </summary>
public static class LabelResize
{
    /// <summary>
    /// Takes for each pixel the label of the source pixel that holds its centre: column
    /// floor((x + 1/2) * sourceWidth / width), rows alike.
    /// </summary>
    /// <remarks>As Pillow's NEAREST and OpenCV's INTER_NEAREST_EXACT; OpenCV's INTER_NEAREST is biased to the top
    /// left.</remarks>
    /// <param name="labels">The image, with at least one pixel.</param>
    /// <param name="heightPx">Height to make it, 1 or more.</param>
    /// <param name="widthPx">Width to make it, 1 or more.</param>
    /// <exception cref="ArgumentException">A size is 0 or less, or the result is too large.</exception>
    public static LabelImage<T> Nearest<T>(RowMajorPixels<T> labels, int heightPx, int widthPx)
        where T : unmanaged
    {
        T[] result = Allocate(labels, heightPx, widthPx);
        int[] columns = new int[widthPx];
        for (int x = 0; x < widthPx; x++) columns[x] = AxisCover.CentreOf(x, labels.WidthPx, widthPx);
        int lastRow = -1;
        for (int y = 0; y < heightPx; y++)
        {
            Span<T> target = result.AsSpan(y * widthPx, widthPx);
            int row = AxisCover.CentreOf(y, labels.HeightPx, heightPx);
            if (row == lastRow) result.AsSpan((y - 1) * widthPx, widthPx).CopyTo(target);
            else Gather(labels.Row(row), columns, target);
            lastRow = row;
        }
        return new LabelImage<T>(result, heightPx, widthPx);
    }

    /// <summary>
    /// Gives each pixel the label that covers most of its area; source pixels that it cuts count by the part it cuts.
    /// </summary>
    /// <param name="labels">The image, with at least one pixel.</param>
    /// <param name="heightPx">Height to make it, 1 or more.</param>
    /// <param name="widthPx">Width to make it, 1 or more.</param>
    /// <param name="rules">What happens to ties and void.</param>
    /// <exception cref="ArgumentException">A size is 0 or less, or the result is too large.</exception>
    public static LabelImage<T> Vote<T>(RowMajorPixels<T> labels, int heightPx, int widthPx, VoteRules rules)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ArgumentNullException.ThrowIfNull(rules);
        T[] result = Allocate(labels, heightPx, widthPx);
        var vote = new LabelVote<T>(rules);
        AxisCover[] columns = AxisCover.Of(labels.WidthPx, widthPx);
        AxisCover[] rows = AxisCover.Of(labels.HeightPx, heightPx);
        var mixed = new MixedColumns(labels.WidthPx);
        for (int y = 0; y < heightPx; y++)
        {
            mixed.Find(labels, rows[y]);
            ReadOnlySpan<T> source = labels.Row(rows[y].Centre);
            Span<T> target = result.AsSpan(y * widthPx, widthPx);
            int nextMixed = -1;
            for (int x = 0; x < target.Length; x++)
            {
                ref readonly AxisCover cover = ref columns[x];
                if (nextMixed < cover.First) nextMixed = mixed.NextFrom(cover.First);
                target[x] = nextMixed > cover.Last ? source[cover.Centre] : vote.Winner(labels, rows[y], cover);
            }
        }
        return new LabelImage<T>(result, heightPx, widthPx);
    }

    private static void Gather<T>(ReadOnlySpan<T> row, ReadOnlySpan<int> columns, Span<T> target)
    {
        for (int x = 0; x < target.Length; x++) target[x] = row[columns[x]];
    }

    private static T[] Allocate<T>(RowMajorPixels<T> labels, int heightPx, int widthPx)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPx);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPx);
        if (labels.Values.IsEmpty) throw new ArgumentException("an image without pixels has no labels", nameof(labels));
        if ((long)heightPx * widthPx > Array.MaxLength)
            throw new ArgumentException($"{heightPx}x{widthPx} is too large for a label image");
        return GC.AllocateUninitializedArray<T>(heightPx * widthPx);
    }
}
