namespace SegPipeline.Masks.Geometry;

/// <summary>A turn by a multiple of a right angle.</summary>
public enum Turn
{
    /// <summary>90 degrees clockwise: the first row becomes the last column.</summary>
    Clockwise,

    /// <summary>180 degrees.</summary>
    Half,

    /// <summary>90 degrees counterclockwise: the first row becomes the first column, bottom up.</summary>
    Counterclockwise,
}

/// <summary>Masks cut, moved, mirrored and turned, pixel for pixel, on their run lengths.</summary>
public static class MaskGeometry
{
    /// <summary>The part of a mask within a box.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="window">A box that lies within the picture; it may be empty.</param>
    /// <exception cref="MaskFormatException">The box reaches out of the picture (MASK_SIZE).</exception>
    public static Mask Crop(Mask mask, PixelBox window)
    {
        if (window.X < 0 || window.Y < 0 || window.WidthPx < 0 || window.HeightPx < 0 ||
            (long)window.X + window.WidthPx > mask.WidthPx || (long)window.Y + window.HeightPx > mask.HeightPx)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"the window {window} must lie within the mask of {mask.HeightPx}x{mask.WidthPx} (height x width)");
        return Window(mask, window.X, window.Y, window.HeightPx, window.WidthPx);
    }

    /// <summary>Adds background around a mask.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="leftPx">Columns before the first, 0 or more.</param>
    /// <param name="topPx">Rows above the first, 0 or more.</param>
    /// <param name="rightPx">Columns after the last, 0 or more.</param>
    /// <param name="bottomPx">Rows below the last, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="MaskFormatException">The result has too many pixels (MASK_SIZE).</exception>
    public static Mask Pad(Mask mask, int leftPx, int topPx, int rightPx, int bottomPx)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leftPx);
        ArgumentOutOfRangeException.ThrowIfNegative(topPx);
        ArgumentOutOfRangeException.ThrowIfNegative(rightPx);
        ArgumentOutOfRangeException.ThrowIfNegative(bottomPx);
        long heightPx = (long)mask.HeightPx + topPx + bottomPx, widthPx = (long)mask.WidthPx + leftPx + rightPx;
        MaskSize.Check(heightPx, widthPx);
        return Window(mask, -leftPx, -topPx, (int)heightPx, (int)widthPx);
    }

    /// <summary>Moves the foreground within the picture; what leaves it is lost, what comes in is background.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="rightPx">Columns to the right; negative is to the left.</param>
    /// <param name="downPx">Rows downwards; negative is upwards.</param>
    public static Mask Translate(Mask mask, int rightPx, int downPx) =>
        Window(mask, -(long)rightPx, -(long)downPx, mask.HeightPx, mask.WidthPx);

    /// <summary>Mirrors left and right.</summary>
    public static Mask FlipHorizontal(Mask mask) => FlipVertical(TurnHalf(mask));

    /// <summary>Mirrors top and bottom.</summary>
    public static Mask FlipVertical(Mask mask)
    {
        var runs = new RunBuilder(2 * mask.Counts.Length);
        var pieces = new ColumnPieces(mask);
        int column = 0, columnBegin = 0;
        while (pieces.MoveNext())
        {
            if (pieces.Column != column)
            {
                runs.ReverseFrom(columnBegin);
                (column, columnBegin) = (pieces.Column, runs.Count);
            }
            uint end = (uint)(column + 1) * (uint)mask.HeightPx;
            runs.Toggle(end - (uint)pieces.Top);
            runs.Toggle(end - (uint)pieces.Bottom);
        }
        runs.ReverseFrom(columnBegin);
        return runs.Build(mask.HeightPx, mask.WidthPx);
    }

    /// <summary>Turns by a multiple of a right angle; a quarter turn exchanges height and width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The turn is none of the three.</exception>
    public static Mask Rotate(Mask mask, Turn turn) => turn switch
    {
        Turn.Clockwise => FlipHorizontal(Transpose(mask)),
        Turn.Half => TurnHalf(mask),
        Turn.Counterclockwise => FlipVertical(Transpose(mask)),
        _ => throw new ArgumentOutOfRangeException(nameof(turn), turn, "not a turn"),
    };

    /// <summary>Exchanges rows and columns.</summary>
    public static Mask Transpose(Mask mask) => MaskTranspose.Of(mask);

    private static Mask TurnHalf(Mask mask)
    {
        mask = mask.ToCanonical();
        if (mask.PixelCount == 0) return mask;
        ReadOnlySpan<uint> counts = mask.Counts;
        uint[] turned = counts.Length % 2 == 0 ? [0, .. counts] : counts.ToArray();
        turned.AsSpan(turned.Length - counts.Length).Reverse();
        return new Mask(mask.HeightPx, mask.WidthPx, turned[^1] == 0 ? turned[..^1] : turned);
    }

    private static Mask Window(Mask mask, long x, long y, int heightPx, int widthPx)
    {
        var runs = new RunBuilder(mask.Counts.Length);
        var pieces = new ColumnPieces(mask);
        while (pieces.MoveNext())
        {
            if (pieces.Column < x) continue;
            if (pieces.Column >= x + widthPx) break;
            long top = Math.Clamp(pieces.Top - y, 0, heightPx), bottom = Math.Clamp(pieces.Bottom - y, 0, heightPx);
            uint column = (uint)(pieces.Column - x) * (uint)heightPx;
            runs.Fill(column + (uint)top, column + (uint)bottom);
        }
        return runs.Build(heightPx, widthPx);
    }
}
