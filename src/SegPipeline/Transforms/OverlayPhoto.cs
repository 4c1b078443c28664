using System.Collections.Immutable;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Masks.Morphology;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>A photo with the objects of its frame drawn on it, when it is opened.</summary>
/// <param name="stage">How to draw.</param>
/// <param name="sample">The sample.</param>
/// <param name="frame">Number of the frame, which has a photo.</param>
/// <param name="colours">The number of each category's colour.</param>
/// <param name="codecs">What reads and writes photos.</param>
internal sealed class OverlayPhoto(
    Overlay stage, Sample sample, int frame, IReadOnlyDictionary<RecordId, int> colours, PhotoCodecs codecs) : Photo
{
    private const int Whole = 256;
    private static readonly (byte Red, byte Green, byte Blue) VoidColour = (192, 192, 192);

    private readonly Frame _picture = sample.Frames[frame];

    /// <inheritdoc/>
    public override string? FilePath => null;

    /// <inheritdoc/>
    public override long CostBytes => _picture.Photo!.CostBytes + 3L * _picture.WidthPx * _picture.HeightPx;

    /// <inheritdoc/>
    /// <exception cref="BadDataException">As declared; or the picture cannot be decoded, is not of the size that the
    /// dataset says (<c>MEDIA_SIZE</c>), or a shape is malformed.</exception>
    public override Stream OpenRead()
    {
        string name = _picture.Photo!.FilePath ?? _picture.Name;
        byte[] file = PhotoBytes.ReadAll(_picture.Photo);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        IPhotoCodec codec = codecs.For(header.Format, name);
        bool isOtherSize = _picture.WidthPx > 0 && _picture.HeightPx > 0 &&
            (header.WidthPx, header.HeightPx) != (_picture.WidthPx, _picture.HeightPx);
        if (isOtherSize) throw PhotoFault.OtherSize(name, _picture, header);
        RgbPixels pixels = codec.Decode(file, name);
        // Of a frame whose size was not stated, shapes are held against that of its picture.
        Frame sized = _picture with { WidthPx = header.WidthPx, HeightPx = header.HeightPx };
        Draw(new OverlayCanvas(pixels), sample with { Frames = sample.Frames.SetItem(frame, sized) });
        return new MemoryStream(
            OrientationTag.Insert(codec.Encode(pixels), header.Format, header.Orientation), writable: false);
    }

    private void Draw(OverlayCanvas canvas, Sample drawn)
    {
        int share = (int)Math.Floor(stage.Alpha * Whole + 0.5);
        if (drawn.VoidIn(frame) is { } @void)
            canvas.Paint(@void, VoidColour, share, Hatching.Falling);
        for (int i = 0; i < drawn.Instances.Length; i++)
        {
            Instance instance = drawn.Instances[i];
            ImmutableArray<Segmentation> shapes = instance.ShapesIn(drawn);
            Mask? mask = shapes.IsEmpty ? null : instance.MaskOf(shapes[frame], drawn, frame);
            Mask? outlined = mask ?? BoxOf(instance, drawn.Frames[frame].HeightPx, drawn.Frames[frame].WidthPx);
            (byte Red, byte Green, byte Blue) colour = ColourOf(instance, i);
            if (mask is not null)
                canvas.Paint(mask, colour, share, instance.IsCrowd == true ? Hatching.Rising : Hatching.None);
            if (outlined is not null && stage.Outline > 0)
                canvas.Paint(OutlineOf(outlined), colour, Whole, Hatching.None);
        }
    }

    private Mask OutlineOf(Mask mask)
    {
        int sidePx = 2 * stage.Outline + 1;
        Mask inside = MaskMorphology.Erode(mask, Kernel.Rectangle(sidePx, sidePx), Outside.Background);
        return MaskSets.Difference(mask, inside);
    }

    private Mask? BoxOf(Instance instance, int heightPx, int widthPx)
    {
        ImmutableArray<Box?> boxes = instance.Boxes;
        if (boxes.IsDefault || frame >= boxes.Length || boxes[frame] is not { } box) return null;
        try
        {
            return PolygonFill.FillBox(heightPx, widthPx, box.X, box.Y, box.Width, box.Height);
        }
        catch (MaskFormatException e)
        {
            throw new BadDataException(new Problem(e.Code, "the box cannot be drawn: " + e.Message), e)
                .At(instance, sample);
        }
    }

    private (byte Red, byte Green, byte Blue) ColourOf(Instance instance, int number)
    {
        bool byCategory = stage.Colours == OverlayColours.Category && instance.CategoryId is not null;
        int colour = byCategory ? colours.GetValueOrDefault(instance.CategoryId!.Value, 1) : number + 1;
        // Colour 0 is black, as background.
        return Palette.Voc[(colour - 1) % (Palette.MaxCount - 1) + 1];
    }
}
