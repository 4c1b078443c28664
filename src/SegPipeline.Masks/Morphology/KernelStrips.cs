using System.Collections.Immutable;

namespace SegPipeline.Masks.Morphology;

/// <summary>Vertical strips of a kernel that are equally long and equally high above or below the anchor.</summary>
/// <param name="LengthPx">Number of cells of each strip, 1 or more.</param>
/// <param name="OffsetY">Row of the topmost cell, relative to the anchor; negative above it.</param>
/// <param name="OffsetsX">Columns of the strips, relative to the anchor, ascending.</param>
internal sealed record KernelStrip(int LengthPx, int OffsetY, ImmutableArray<int> OffsetsX)
{
    // From about this width on a window that slides is less work than one addition for each column.
    private const int WideFromPx = 12;

    /// <summary>True when the strips stand side by side and are many.</summary>
    public bool IsWide => WidthPx >= WideFromPx && WidthPx == OffsetsX.Length;

    /// <summary>From the first strip's column to the last one's, both counted.</summary>
    public int WidthPx => OffsetsX[^1] - OffsetsX[0] + 1;
}

/// <summary>The set cells of a kernel as vertical strips, and how far they reach from the anchor.</summary>
internal sealed class KernelStrips
{
    private KernelStrips(ImmutableArray<KernelStrip> strips, bool hasAnchor)
    {
        ByLength = strips;
        HasAnchor = hasAnchor;
        MinX = strips.Min(s => s.OffsetsX[0]);
        MaxX = strips.Max(s => s.OffsetsX[^1]);
        MinY = strips.Min(s => s.OffsetY);
        MaxY = strips.Max(s => s.OffsetY + s.LengthPx - 1);
    }

    /// <summary>All strips, the shortest first.</summary>
    public ImmutableArray<KernelStrip> ByLength { get; }

    /// <summary>True when the anchor's own cell is set.</summary>
    public bool HasAnchor { get; }

    /// <summary>Leftmost column with a cell, relative to the anchor.</summary>
    public int MinX { get; }

    /// <summary>Rightmost column with a cell, relative to the anchor.</summary>
    public int MaxX { get; }

    /// <summary>Topmost row with a cell, relative to the anchor.</summary>
    public int MinY { get; }

    /// <summary>Lowest row with a cell, relative to the anchor.</summary>
    public int MaxY { get; }

    /// <summary>Cuts a kernel into its strips.</summary>
    public static KernelStrips Of(Kernel kernel)
    {
        var strips = new SortedDictionary<(int LengthPx, int OffsetY), List<int>>();
        for (int x = 0; x < kernel.WidthPx; x++)
            for (int y = 0; y < kernel.HeightPx; y++)
            {
                if (!kernel[x, y]) continue;
                int top = y;
                while (y < kernel.HeightPx && kernel[x, y]) y++;
                (int, int) shape = (y - top, top - kernel.AnchorY);
                if (!strips.TryGetValue(shape, out List<int>? offsetsX)) strips[shape] = offsetsX = [];
                offsetsX.Add(x - kernel.AnchorX);
            }
        return new KernelStrips(
            [.. strips.Select(s => new KernelStrip(s.Key.LengthPx, s.Key.OffsetY, [.. s.Value]))],
            kernel[kernel.AnchorX, kernel.AnchorY]);
    }
}
