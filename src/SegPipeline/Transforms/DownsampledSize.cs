using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>A frame and the size it gets.</summary>
/// <param name="Frame">The frame as it came, its size known.</param>
/// <param name="WidthPx">Width to make it, not above that of the frame.</param>
/// <param name="HeightPx">Height to make it, not above that of the frame.</param>
internal readonly record struct FrameScale(Frame Frame, int WidthPx, int HeightPx)
{
    /// <summary>True when the frame keeps its size.</summary>
    public bool IsWhole => WidthPx == Frame.WidthPx && HeightPx == Frame.HeightPx;

    /// <summary>What horizontal coordinates are multiplied by.</summary>
    public double X => (double)WidthPx / Frame.WidthPx;

    /// <summary>What vertical coordinates are multiplied by.</summary>
    public double Y => (double)HeightPx / Frame.HeightPx;
}

/// <summary>The sizes that a stage asks for.</summary>
internal static class DownsampledSize
{
    /// <summary>The size of a picture of another: rounded half up, at least 1, no axis longer than before.</summary>
    public static (int WidthPx, int HeightPx) Of(Downsample stage, int widthPx, int heightPx)
    {
        if (stage.Factor is { } factor) return (Divide(widthPx, factor), Divide(heightPx, factor));
        if (stage.Longest is { } longest)
        {
            int longer = Math.Max(widthPx, heightPx);
            return (Follow(widthPx, longest, longer), Follow(heightPx, longest, longer));
        }
        return (
            stage.Width is { } width ? Math.Min(width, widthPx) : Follow(widthPx, stage.Height!.Value, heightPx),
            stage.Height is { } height ? Math.Min(height, heightPx) : Follow(heightPx, stage.Width!.Value, widthPx));
    }

    private static int Divide(int sizePx, double factor) => Math.Max(1, (int)Math.Floor(sizePx / factor + 0.5));

    // The size of one axis when another goes from one length to a new one.
    private static int Follow(int sizePx, int newPx, int oldPx) => newPx >= oldPx
        ? sizePx
        : (int)Math.Max(1, (2L * sizePx * newPx + oldPx) / (2L * oldPx));
}
