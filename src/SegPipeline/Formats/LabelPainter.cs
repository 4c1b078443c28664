using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Paints masks into a label image and writes it as a PNG; keeps its canvas for the next of the same
/// size.</summary>
/// <param name="overlap">Which mask keeps a pixel that several cover.</param>
internal sealed class LabelPainter(OverlapRule overlap)
{
    private readonly MaskStack<byte> _stack = new(overlap, background: 0, "object");
    private byte[] _relabelled = [];
    private bool _isRelabelled;

    /// <summary>The labels painted last.</summary>
    public RowMajorPixels<byte> Pixels => _isRelabelled
        ? new RowMajorPixels<byte>(_relabelled, _stack.Canvas.HeightPx, _stack.Canvas.WidthPx)
        : _stack.Canvas.Pixels;

    /// <summary>Paints a picture anew.</summary>
    /// <param name="heightPx">Its height.</param>
    /// <param name="widthPx">Its width.</param>
    /// <param name="masks">What to paint, in ascending order of label.</param>
    /// <param name="voidMask">Pixels that get 255 where no mask lies; null when there are none.</param>
    /// <param name="place">What messages call the picture.</param>
    /// <returns>What masks lost to others.</returns>
    /// <exception cref="BadDataException"><c>OVERLAP</c>: masks overlap, and the rule forbids it.</exception>
    public PaintLosses Paint(
        int heightPx, int widthPx, IReadOnlyList<LabelledMask<byte>> masks, Mask? voidMask, string place)
    {
        _isRelabelled = false;
        PaintLosses losses = _stack.Paint(heightPx, widthPx, masks, place);
        if (voidMask is not null) _stack.Canvas.Paint(voidMask, byte.MaxValue, PaintRule.Under);
        return losses;
    }

    /// <summary>Gives every pixel another label, as a table says; until the next picture is painted.</summary>
    /// <param name="labelOf">The new label of each of the 256.</param>
    public void Relabel(ReadOnlySpan<byte> labelOf)
    {
        ReadOnlySpan<byte> labels = _stack.Canvas.Pixels.Values;
        if (_relabelled.Length != labels.Length) _relabelled = GC.AllocateUninitializedArray<byte>(labels.Length);
        for (int i = 0; i < labels.Length; i++) _relabelled[i] = labelOf[labels[i]];
        _isRelabelled = true;
    }

    /// <summary>The picture as an indexed PNG.</summary>
    /// <param name="palette">Its colours; entries that it lacks come from VOC's.</param>
    /// <param name="compression">How hard to compress.</param>
    public byte[] ToIndexedPng(Palette palette, PngCompression compression) =>
        PngWriter.EncodeIndexed(Pixels, Palettes.Covering(palette, Pixels), compression);

    /// <summary>The picture as a grey PNG.</summary>
    /// <param name="compression">How hard to compress.</param>
    public byte[] ToGreyPng(PngCompression compression) => PngWriter.EncodeGrey(Pixels, compression);
}
