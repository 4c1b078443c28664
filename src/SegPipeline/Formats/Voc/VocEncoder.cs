using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Voc;

/// <summary>Turns images into masks of classes and objects. For one thread at a time.</summary>
/// <param name="stage">The writer.</param>
/// <param name="classes">The labels of the categories.</param>
internal sealed class VocEncoder(VocWriter stage, ClassLabels classes)
{
    private readonly LabelPainter _painter = new(stage.Overlap);
    private readonly ObjectLabels _labels = new(stage.Ids, Most: 254);

    /// <summary>Encodes an image.</summary>
    /// <exception cref="BadDataException">It cannot be written as label images.</exception>
    public EncodedVocImage Encode(Sample image)
    {
        if (image.Frame.HeightPx <= 0 || image.Frame.WidthPx <= 0)
            throw new BadDataException(new Problem("FRAME_SIZE", "expected the size of the image, found none")
            {
                Record = $"image {image.Key}",
                Remedy = "give width and height in the source, or the folder of its pictures",
            });
        string name = ReleaseName.From(NameParts.Last(image.Frame.Name.Replace('\\', '/'), 1)).Value;
        string stem = Path.GetFileNameWithoutExtension(name);
        ReleaseName mask = ReleaseName.From(stem + ".png");
        var files = new EncodedFiles();
        (PaintLosses losses, int shapeless) = stage.Of == VocInstances.Objects
            ? AddObjects(image, mask, files)
            : AddClasses(image, mask, files);
        if (stage.Images != MediaTransfer.None)
            files.Add(ReleaseName.From("JPEGImages") / ReleaseName.From(name), PhotoOf(image));
        return new EncodedVocImage(stem, files, losses, shapeless);
    }

    private (PaintLosses Losses, int Shapeless) AddObjects(Sample image, ReleaseName name, EncodedFiles files)
    {
        byte[] labels = _labels.Of(image.Instances, $"image {image.Key}");
        byte[] classOf = new byte[256];
        classOf[byte.MaxValue] = byte.MaxValue;
        var masks = new List<LabelledMask<byte>>();
        for (int i = 0; i < labels.Length; i++)
        {
            classOf[labels[i]] = classes.Of(image.Instances[i], image);
            if (MaskOf(image.Instances[i], image) is { IsEmpty: false } mask)
                masks.Add(new LabelledMask<byte>(labels[i], mask));
        }
        masks.Sort((a, b) => a.Label.CompareTo(b.Label));
        PaintLosses losses = Paint(image, masks);
        byte[] objects = _painter.ToIndexedPng(PaletteOf(image), stage.Compression);
        // The class of a pixel is that of the object which got it, so that the two masks cannot contradict each other.
        _painter.Relabel(classOf);
        Add(files, "SegmentationClass", name, _painter.ToIndexedPng(PaletteOf(image), stage.Compression));
        Add(files, "SegmentationObject", name, objects);
        return (losses, labels.Length - masks.Count);
    }

    private (PaintLosses Losses, int Shapeless) AddClasses(Sample image, ReleaseName name, EncodedFiles files)
    {
        var masks = new SortedDictionary<byte, Mask>();
        int shapeless = 0;
        foreach (Instance instance in image.Instances)
        {
            byte label = classes.Of(instance, image);
            if (MaskOf(instance, image) is not { IsEmpty: false } mask) shapeless++;
            else masks[label] = masks.TryGetValue(label, out Mask? others) ? MaskSets.Union(others, mask) : mask;
        }
        PaintLosses losses = Paint(image, [.. masks.Select(m => new LabelledMask<byte>(m.Key, m.Value))]);
        Add(files, "SegmentationClass", name, _painter.ToIndexedPng(PaletteOf(image), stage.Compression));
        return (losses, shapeless);
    }

    private PaintLosses Paint(Sample image, List<LabelledMask<byte>> masks)
    {
        Frame frame = image.Frame;
        Mask? voidMask = frame.Void?.ToMask(frame.HeightPx, frame.WidthPx);
        return _painter.Paint(frame.HeightPx, frame.WidthPx, masks, voidMask, $"image '{frame.Name}'");
    }

    private static void Add(EncodedFiles files, string folder, ReleaseName name, byte[] png) =>
        files.Add(ReleaseName.From(folder) / name, png);

    private static Mask? MaskOf(Instance instance, Sample image) =>
        instance.Segmentation.ToMask(image.Frame.HeightPx, image.Frame.WidthPx);

    private static Palette PaletteOf(Sample image) => image.Frame.Palette ?? Palette.Voc;

    private Photo PhotoOf(Sample image) => image.Frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
        $"'images: {stage.Images.ToString().ToLowerInvariant()}' needs the picture of every image, found none")
    {
        Record = $"image {image.Key}",
        Remedy = "give the reader its folder of pictures, or set images: none",
    });
}
