using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Which object keeps a pixel that several cover; a label image has one label a pixel.</summary>
public enum OverlapRule
{
    /// <summary>The one with the lowest label; the pixels that others lose are counted and warned of.</summary>
    LowestWins,

    /// <summary>The one with the highest label; the pixels that others lose are counted and warned of.</summary>
    HighestWins,

    /// <summary>None: the sample is bad.</summary>
    Fail,
}

/// <summary>A mask and the label that its pixels get.</summary>
/// <param name="Label">The label, 1 to 255.</param>
/// <param name="Mask">The pixels.</param>
internal readonly record struct LabelledMask(byte Label, Mask Mask);

/// <summary>Paints masks into a label image and writes it as a PNG; keeps its canvas for the next of the same
/// size.</summary>
/// <param name="overlap">Which mask keeps a pixel that several cover.</param>
internal sealed class LabelPainter(OverlapRule overlap)
{
    private LabelCanvas<byte>? _canvas;
    private byte[] _relabelled = [];
    private bool _isRelabelled;

    /// <summary>The labels painted last.</summary>
    public RowMajorPixels<byte> Pixels => _isRelabelled
        ? new RowMajorPixels<byte>(_relabelled, _canvas!.HeightPx, _canvas.WidthPx)
        : _canvas!.Pixels;

    /// <summary>Paints a picture anew.</summary>
    /// <param name="heightPx">Its height.</param>
    /// <param name="widthPx">Its width.</param>
    /// <param name="masks">What to paint, in ascending order of label.</param>
    /// <param name="voidMask">Pixels that get 255 where no mask lies; null when there are none.</param>
    /// <param name="place">What messages call the picture.</param>
    /// <returns>What masks lost to others.</returns>
    /// <exception cref="BadDataException"><c>OVERLAP</c>: masks overlap, and the rule forbids it.</exception>
    public PaintLosses Paint(
        int heightPx, int widthPx, IReadOnlyList<LabelledMask> masks, Mask? voidMask, string place)
    {
        var losses = new PaintLosses();
        _isRelabelled = false;
        if (_canvas is null || _canvas.HeightPx != heightPx || _canvas.WidthPx != widthPx)
            _canvas = new LabelCanvas<byte>(heightPx, widthPx, background: 0);
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
        if (voidMask is not null) _canvas.Paint(voidMask, byte.MaxValue, PaintRule.Under);
        return losses;
    }

    /// <summary>Gives every pixel another label, as a table says; until the next picture is painted.</summary>
    /// <param name="labelOf">The new label of each of the 256.</param>
    public void Relabel(ReadOnlySpan<byte> labelOf)
    {
        ReadOnlySpan<byte> labels = _canvas!.Pixels.Values;
        if (_relabelled.Length != labels.Length) _relabelled = GC.AllocateUninitializedArray<byte>(labels.Length);
        for (int i = 0; i < labels.Length; i++) _relabelled[i] = labelOf[labels[i]];
        _isRelabelled = true;
    }

    /// <summary>The picture as an indexed PNG.</summary>
    /// <param name="palette">Its colours; entries that it lacks come from VOC's.</param>
    /// <param name="compression">How hard to compress.</param>
    public byte[] ToIndexedPng(Palette palette, PngCompression compression) =>
        PngWriter.EncodeIndexed(Pixels, Whole(palette), compression);

    /// <summary>The picture as a grey PNG.</summary>
    /// <param name="compression">How hard to compress.</param>
    public byte[] ToGreyPng(PngCompression compression) => PngWriter.EncodeGrey(Pixels, compression);

    private static BadDataException Overlapping(byte label, long lostPx, string place) =>
        new(new Problem("OVERLAP",
            $"object {label} shares {lostPx} pixels of {place} with others, a label image has one label a pixel")
        {
            Remedy = "set overlap: lowest_wins or highest_wins",
        });

    private Palette Whole(Palette palette)
    {
        if (palette.Count == Palette.MaxCount) return palette;
        if (Pixels.Values.IndexOfAnyInRange((byte)palette.Count, byte.MaxValue) < 0) return palette;
        return new Palette([.. palette.Rgb, .. Palette.Voc.Rgb[palette.Rgb.Length..]]);
    }
}
