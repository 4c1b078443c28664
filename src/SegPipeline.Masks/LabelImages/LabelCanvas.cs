using System.Numerics;
using System.Runtime.Intrinsics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>What happens to a pixel that is already painted.</summary>
public enum PaintRule
{
    /// <summary>It takes the new label: the last one painted wins.</summary>
    Over,

    /// <summary>It keeps its label: the first one painted wins.</summary>
    Under,
}

/// <summary>
/// A label image that masks are painted on, one after another; in which order, and over or under what is there, is the
/// caller's choice. Not safe for use by several threads at once.
/// </summary>
/// <typeparam name="T">byte, ushort, or uint for ids of panoptic images.</typeparam>
public sealed class LabelCanvas<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly T[] _labels;
    private readonly T[] _row;
    private readonly T _background;

    /// <summary>A canvas that is background everywhere.</summary>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="background">Label of a pixel that is not painted.</param>
    /// <exception cref="MaskFormatException">The size is impossible (MASK_SIZE).</exception>
    public LabelCanvas(int heightPx, int widthPx, T background)
    {
        long pixels = MaskSize.Check(heightPx, widthPx, Array.MaxLength);
        HeightPx = heightPx;
        WidthPx = widthPx;
        _background = background;
        _labels = GC.AllocateUninitializedArray<T>((int)pixels);
        _row = new T[widthPx];
        Clear();
    }

    /// <summary>Height in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Width in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>The labels painted so far, row-major.</summary>
    public RowMajorPixels<T> Pixels => new(_labels, HeightPx, WidthPx);

    /// <summary>Makes every pixel background again.</summary>
    public void Clear() => _labels.AsSpan().Fill(_background);

    /// <summary>Paints a mask.</summary>
    /// <param name="mask">The pixels to paint; its size must be that of the canvas.</param>
    /// <param name="label">Their label.</param>
    /// <param name="rule">What happens to pixels that are already painted.</param>
    /// <returns>Number of pixels of the mask that were already painted.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public long Paint(Mask mask, T label, PaintRule rule)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.HeightPx != HeightPx || mask.WidthPx != WidthPx)
            throw new ArgumentException(
                $"the mask is {mask.HeightPx}x{mask.WidthPx}, the canvas {HeightPx}x{WidthPx} (height x width)",
                nameof(mask));
        if (_labels.Length == 0) return 0;
        using RowToggles toggles = RowToggles.Of(mask);
        if (toggles.FirstRow == HeightPx) return 0;
        // Whole vectors as far as the row allows: beside the object nothing is marked, so nothing is painted.
        int width = Math.Min(WidthPx, RoundUp(toggles.EndColumn - toggles.FirstColumn));
        int first = Math.Min(toggles.FirstColumn, WidthPx - width);
        Span<T> inside = _row;
        inside.Clear();
        long painted = 0;
        for (int y = toggles.FirstRow; y < HeightPx; y++)
        {
            if (y < toggles.EndRow)
                foreach (int x in toggles[y]) inside[x] = ~inside[x];
            else if (!inside.Slice(first, width).ContainsAnyExcept(T.Zero))
                break;
            painted += PaintRow(_labels.AsSpan(y * WidthPx + first, width), inside.Slice(first, width), label, rule);
        }
        return painted;
    }

    private static int RoundUp(int count) => (count + Vector256<T>.Count - 1) / Vector256<T>.Count * Vector256<T>.Count;

    /// <summary>Paints the pixels of a row whose mark has all bits set.</summary>
    private int PaintRow(Span<T> row, ReadOnlySpan<T> inside, T label, PaintRule rule)
    {
        int taken = 0, i = 0;
        Vector256<T> labels = Vector256.Create(label), background = Vector256.Create(_background);
        for (; i <= row.Length - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            Vector256<T> marks = Vector256.Create(inside[i..]);
            Vector256<T> old = Vector256.Create(row[i..]);
            Vector256<T> isFree = Vector256.Equals(old, background);
            taken += BitOperations.PopCount(Vector256.AndNot(marks, isFree).ExtractMostSignificantBits());
            if (rule == PaintRule.Under) marks &= isFree;
            Vector256.ConditionalSelect(marks, labels, old).CopyTo(row[i..]);
        }
        for (; i < row.Length; i++)
        {
            if (inside[i] == T.Zero) continue;
            bool isFree = row[i] == _background;
            taken += isFree ? 0 : 1;
            if (isFree || rule == PaintRule.Over) row[i] = label;
        }
        return taken;
    }
}
