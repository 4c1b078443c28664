using System.Numerics;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>A mask and the label that its pixels get.</summary>
/// <param name="Label">The label; not that of the background.</param>
/// <param name="Mask">The pixels.</param>
internal readonly record struct LabelledMask<T>(T Label, Mask Mask);

/// <summary>Paints masks that may overlap on a canvas, by a rule; keeps the canvas for the next picture of the same
/// size.</summary>
/// <typeparam name="T">byte, ushort, or uint for ids of panoptic images.</typeparam>
/// <param name="overlap">Which mask keeps a pixel that several cover.</param>
/// <param name="background">The label of pixels that no mask has.</param>
/// <param name="thing">What messages call a mask.</param>
internal sealed class MaskStack<T>(OverlapRule overlap, T background, string thing)
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private LabelCanvas<T>? _canvas;

    /// <summary>What to do about masks that overlap where they must not.</summary>
    public string Remedy { get; init; } = "set overlap: lowest_wins or highest_wins";

    /// <summary>What was painted last.</summary>
    public LabelCanvas<T> Canvas => _canvas ?? throw new InvalidOperationException("nothing was painted yet");

    /// <summary>Paints a picture anew.</summary>
    /// <param name="heightPx">Its height.</param>
    /// <param name="widthPx">Its width.</param>
    /// <param name="masks">What to paint, in ascending order of label.</param>
    /// <param name="place">What messages call the picture.</param>
    /// <returns>What masks lost to others.</returns>
    /// <exception cref="BadDataException"><c>OVERLAP</c>: masks overlap, and the rule forbids it.</exception>
    public PaintLosses Paint(int heightPx, int widthPx, IReadOnlyList<LabelledMask<T>> masks, string place)
    {
        var losses = new PaintLosses();
        if (_canvas is null || _canvas.HeightPx != heightPx || _canvas.WidthPx != widthPx)
            _canvas = new LabelCanvas<T>(heightPx, widthPx, background);
        else
            _canvas.Clear();
        for (int i = 0; i < masks.Count; i++)
        {
            // Whoever is painted first keeps its pixels, so that what a mask loses is known when it is painted.
            int next = overlap == OverlapRule.HighestWins ? masks.Count - 1 - i : i;
            long lostPx = _canvas.Paint(masks[next].Mask, masks[next].Label, PaintRule.Under);
            if (lostPx == 0) continue;
            if (overlap == OverlapRule.Fail) throw Overlapping(masks[next].Label, lostPx, place);
            losses += new PaintLosses(lostPx, 1, lostPx == masks[next].Mask.AreaPx ? 1 : 0);
        }
        return losses;
    }

    private BadDataException Overlapping(T label, long lostPx, string place) => new(new Problem("OVERLAP",
        $"{thing} {label} shares {Counted.Of(lostPx, "pixel")} of {place} with others, " +
        "a label image has one label a pixel")
    {
        Remedy = Remedy,
    });
}
