using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>Turns images into label images. For one thread at a time.</summary>
/// <param name="stage">The writer.</param>
/// <param name="labels">The labels of the categories.</param>
/// <param name="palette">The palette that all images get; null for none, or where images keep theirs.</param>
internal sealed class LabelMapEncoder(LabelMapsWriter stage, MapLabels labels, Palette? palette)
{
    // Where no pixel may be bare, bare ones get a value that no label of 16 bits has.
    private const uint Bare = 1 << 16;

    private readonly uint _background = stage.Background.Value is { } label ? (uint)label : Bare;
    private readonly MaskStack<uint> _stack = new(
        stage.Overlap, stage.Background.Value is { } label ? (uint)label : Bare, "category");

    /// <summary>Encodes an image.</summary>
    /// <exception cref="BadDataException">It cannot be written as a label image.</exception>
    public EncodedLabelMap Encode(Sample image)
    {
        if (image.Frame.HeightPx <= 0 || image.Frame.WidthPx <= 0)
            throw Fault(image, "FRAME_SIZE", "expected the size of the image, found none",
                "give width and height in the source, or the folder of its pictures");
        ReleaseName name = ReleaseName.From(image.Frame.Name);
        string stem = name.Value[..^Path.GetExtension(name.Value).Length];
        var files = new EncodedFiles();
        var masks = new SortedDictionary<uint, Mask>();
        int shapeless = 0;
        foreach (Instance instance in image.Instances)
        {
            uint label = labels.Of(instance, image);
            if (MaskOf(instance.Segmentation, image) is not { IsEmpty: false } mask) shapeless++;
            else masks[label] = masks.TryGetValue(label, out Mask? others) ? MaskSets.Union(others, mask) : mask;
        }
        PaintLosses losses = _stack.Paint(image.Frame.HeightPx, image.Frame.WidthPx,
            [.. masks.Select(m => new LabelledMask<uint>(m.Key, m.Value))], $"image '{image.Frame.Name}'");
        bool isMixed = PaintVoid(image);
        files.Add(stage.Dir / ReleaseName.From(stem + ".png"), ToPng(image));
        if (stage.Images != MediaTransfer.None) files.Add(stage.ImagesDir / name, PhotoOf(image));
        return new EncodedLabelMap(files, losses, shapeless, isMixed);
    }

    /// <summary>Paints void where nothing is; true when void and background can no longer be told apart.</summary>
    private bool PaintVoid(Sample image)
    {
        long bare = _stack.Canvas.Pixels.Values.Count(_background);
        Mask? mask = image.Frame.Void is { } shape ? MaskOf(shape, image) : null;
        long voidPx = 0;
        if (mask is not null)
            voidPx = mask.AreaPx - _stack.Canvas.Paint(mask, (uint)stage.Void.Value!.Value, PaintRule.Under);
        if (_background == Bare && bare > voidPx)
            throw Fault(image, "UNLABELLED",
                $"expected every pixel to have a category or to be void, found {bare - voidPx} that have none",
                "set background to a label");
        return voidPx > 0 && bare > voidPx && stage.Void.Value == (int)_background;
    }

    private byte[] ToPng(Sample image)
    {
        RowMajorPixels<uint> pixels = _stack.Canvas.Pixels;
        if (stage.Bits == 16)
        {
            ushort[] wide = new ushort[pixels.Values.Length];
            for (int i = 0; i < wide.Length; i++) wide[i] = (ushort)pixels.Values[i];
            return PngWriter.EncodeGrey16(
                new RowMajorPixels<ushort>(wide, pixels.HeightPx, pixels.WidthPx), stage.Compression);
        }
        byte[] narrow = new byte[pixels.Values.Length];
        for (int i = 0; i < narrow.Length; i++) narrow[i] = (byte)pixels.Values[i];
        var labelled = new RowMajorPixels<byte>(narrow, pixels.HeightPx, pixels.WidthPx);
        Palette? colors = palette ?? (stage.Palette == MapColors.Keep ? image.Frame.Palette : null);
        return colors is null
            ? PngWriter.EncodeGrey(labelled, stage.Compression)
            : PngWriter.EncodeIndexed(labelled, Palettes.Covering(colors, labelled), stage.Compression);
    }

    private static Mask? MaskOf(Segmentation shape, Sample image) =>
        shape.ToMask(image.Frame.HeightPx, image.Frame.WidthPx);

    private Photo PhotoOf(Sample image) => image.Frame.Photo ?? throw Fault(image, "NO_PICTURE",
        $"'images: {stage.Images.ToString().ToLowerInvariant()}' needs the picture of every image, found none",
        "give the reader its folder of pictures, or set images: none");

    private static BadDataException Fault(Sample image, string code, string message, string? remedy) =>
        new(new Problem(code, message) { Record = $"image {image.Key}", Remedy = remedy });
}
