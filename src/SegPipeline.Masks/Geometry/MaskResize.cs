namespace SegPipeline.Masks.Geometry;

/// <summary>Which point of a resized pixel is looked up in the source.</summary>
public enum SamplePoint
{
    /// <summary>Its centre: floor((i + 1/2) * sourceSize / size). Pillow's NEAREST, INTER_NEAREST_EXACT.</summary>
    Centre,

    /// <summary>Its top left corner: floor(i * sourceSize / size). OpenCV's INTER_NEAREST.</summary>
    TopLeft,
}

/// <summary>What becomes of a mask that has foreground, but no pixel with enough of it.</summary>
public enum Vanishing
{
    /// <summary>It becomes empty.</summary>
    Allowed,

    /// <summary>The best covered pixel becomes foreground; of several, the first in column-major order.</summary>
    KeepsBestPixel,
}

/// <summary>How much of a resized pixel must be covered: a share of its area, as a fraction of whole numbers.</summary>
/// <param name="Numerator">0 or more; with 0 any coverage at all is enough.</param>
/// <param name="Denominator">1 or more, not below the numerator.</param>
public readonly record struct CoverageShare(int Numerator, int Denominator)
{
    /// <summary>At least a half.</summary>
    public static CoverageShare Half { get; } = new(1, 2);

    /// <summary>Any part at all.</summary>
    public static CoverageShare Any { get; } = new(0, 1);

    /// <summary>The smallest number of parts that is enough, when a pixel has so many.</summary>
    internal ulong PartsNeeded(ulong partsOfPixel) =>
        Math.Max(1, (partsOfPixel * (ulong)Numerator + (ulong)Denominator - 1) / (ulong)Denominator);
}

/// <summary>
/// Changes the size of masks by any ratio, in whole numbers and without a bitmap: in the time of reading the runs and
/// visiting the resized pixels near foreground.
/// </summary>
public static class MaskResize
{
    /// <summary>Gives each pixel the value of one source pixel.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="heightPx">Height to make it.</param>
    /// <param name="widthPx">Width to make it.</param>
    /// <param name="point">Which source pixel is looked up.</param>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    public static Mask Nearest(Mask mask, int heightPx, int widthPx, SamplePoint point = SamplePoint.Centre)
    {
        MaskSize.Check(heightPx, widthPx);
        var columns = new SampledAxis(mask.WidthPx, widthPx, point);
        var rows = new SampledAxis(mask.HeightPx, heightPx, point);
        var runs = new RunBuilder(mask.Counts.Length);
        var pieces = new ColumnPieces(mask);
        bool isLeft = pieces.MoveNext();
        for (int x = isLeft ? columns.FirstFrom(pieces.Column) : widthPx; x < widthPx; x++)
        {
            int source = columns.SourceOf(x);
            while (isLeft && pieces.Column < source) isLeft = pieces.MoveNext();
            if (!isLeft) break;
            uint start = (uint)x * (uint)heightPx;
            ColumnPieces scan = pieces;
            for (bool more = scan.Column == source; more; more = scan.MoveNext() && scan.Column == source)
                runs.Fill(start + (uint)rows.FirstFrom(scan.Top), start + (uint)rows.FirstFrom(scan.Bottom));
        }
        return runs.Build(heightPx, widthPx);
    }

    /// <summary>Makes those pixels foreground of which at least a half is covered by foreground.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="heightPx">Height to make it.</param>
    /// <param name="widthPx">Width to make it.</param>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    public static Mask Coverage(Mask mask, int heightPx, int widthPx) =>
        Coverage(mask, heightPx, widthPx, CoverageShare.Half, Vanishing.Allowed);

    /// <summary>Makes those pixels foreground that are covered by foreground to a given share of their area.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="heightPx">Height to make it.</param>
    /// <param name="widthPx">Width to make it.</param>
    /// <param name="share">The share that is enough.</param>
    /// <param name="vanishing">What becomes of foreground that nowhere is enough.</param>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static Mask Coverage(Mask mask, int heightPx, int widthPx, CoverageShare share, Vanishing vanishing)
    {
        MaskSize.Check(heightPx, widthPx);
        if (share.Numerator < 0 || share.Denominator < 1 || share.Numerator > share.Denominator)
            throw new ArgumentOutOfRangeException(nameof(share), share, "the share must lie between 0 and 1");
        PixelBox box = mask.Box;
        if (heightPx == 0 || widthPx == 0 || box.WidthPx == 0) return Mask.Empty(heightPx, widthPx);
        CoveredAxis columns = new(mask.WidthPx, widthPx), rows = new(mask.HeightPx, heightPx);
        var column = new CoverageColumn(rows, heightPx, box);
        ulong needed = share.PartsNeeded((ulong)(columns.PixelParts * rows.PixelParts));
        var runs = new RunBuilder(mask.Counts.Length);
        var pieces = new ColumnPieces(mask);
        bool isLeft = pieces.MoveNext();
        for (int x = 0; isLeft; x++)
        {
            x = Math.Max(x, columns.First(pieces.Column));
            if (x >= widthPx) break;
            int lastSource = columns.LastSource(x);
            ColumnPieces scan = pieces;
            for (bool more = true; more && scan.Column <= lastSource; more = scan.MoveNext())
                column.Add(scan.Top, scan.Bottom, columns.Shared(scan.Column, x));
            column.Flush(x, needed, ref runs);
            while (isLeft && columns.Last(pieces.Column) <= x) isLeft = pieces.MoveNext();
        }
        if (runs.Count == 0 && vanishing == Vanishing.KeepsBestPixel && column.Best is uint best)
            runs.Fill(best, best + 1);
        return runs.Build(heightPx, widthPx);
    }
}
