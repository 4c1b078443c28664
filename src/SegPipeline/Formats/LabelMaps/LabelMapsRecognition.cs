using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>Knows label maps by two folders, one of pictures and one of label images, whose names match.</summary>
internal static class LabelMapsRecognition
{
    private const int MostNames = 16;
    private const int MostFolders = 4;
    private static readonly string[] LabelFolders =
        ["annotations", "labels", "label", "masks", "mask", "gt", "segmentation", "SegmentationClassPNG"];

    private const string NeedsColors =
        "its label images are coloured, so the colours of the classes are needed: taxonomy=FILE";

    private static readonly string[] PictureFolders = ["images", "image", "JPEGImages", "imgs", "photos"];
    private const string Colors = "class_dict.csv";
    private static readonly string[] Taxonomies = ["objectInfo150.csv", Colors];

    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        PathLook? taxonomy = new[] { look, look.Parent }.OfType<PathLook>().SelectMany(folder =>
            Taxonomies.Select(folder.Child).Prepend(ClassLists.In(folder))).OfType<PathLook>().FirstOrDefault();
        PathLook? pictures = look.Folder(PictureFolders);
        Func<PathLook, bool> holds = LabelImageLook.MayHoldLabels;
        PathLook? labels = LabelsIn(look, holds);
        // Coloured PNGs are photos as a rule; with the names of other pictures they are labels in colours.
        bool areColored = labels is null;
        labels ??= LabelsIn(look, holds = LabelImageLook.HoldsPngs);
        if (labels is null)
        {
            if (LabelImageLook.HoldsPngs(look)) yield return Alone(look, taxonomy);
            yield break;
        }
        bool match = pictures is not null && Match(labels, pictures, holds);
        if (areColored ? !match : pictures is null && taxonomy is null) yield break;
        bool lacksColors = areColored && taxonomy?.Name != Colors;
        var reader = new LabelMapsReader
        {
            Labels = labels.ToInput(),
            Images = match ? pictures!.ToInput() : null,
            Taxonomy = taxonomy?.ToInput(),
        };
        yield return new Recognition(
            reader,
            lacksColors ? Certainty.Likely : match ? Certainty.Sure : Certainty.Possible,
            match ? $"label images in {labels.Name} with the names of the pictures in {pictures!.Name}"
                : $"label images in {labels.Name}")
        {
            Missing = lacksColors ? NeedsColors : null,
            Splits = labels.Folders.ToDictionary(set => set, Reader (set) => reader with
            {
                Labels = labels.Child(set)!.ToInput(),
                Images = match ? (pictures!.Child(set) ?? pictures).ToInput() : null,
            }, StringComparer.Ordinal),
        };
    }

    /// <summary>A folder of PNGs: photos, masks or labels, as nothing but who names the format tells.</summary>
    private static Recognition Alone(PathLook look, PathLook? taxonomy)
    {
        PathLook? pictures = look.Parent?.Folder(PictureFolders);
        if (pictures is not null && (pictures.FullPath == look.FullPath ||
            !Match(look, pictures, LabelImageLook.HoldsPngs))) pictures = null;
        var reader = new LabelMapsReader
        {
            Labels = look.ToInput(),
            Images = pictures?.ToInput(),
            Taxonomy = taxonomy?.ToInput(),
        };
        bool lacksColors = !LabelImageLook.MayHoldLabels(look) && taxonomy?.Name != Colors;
        return new Recognition(reader, Certainty.WhenNamed, "PNGs, and none of the other signs of label images")
        {
            Missing = lacksColors ? NeedsColors : null,
        };
    }

    private static PathLook? LabelsIn(PathLook look, Func<PathLook, bool> holds) =>
        LabelFolders.Select(f => look.Folder(f)).OfType<PathLook>().FirstOrDefault(f => SampleOf(f, holds) is not null);

    /// <summary>A folder that has label images: the folder itself, or one in it, of a set or of an image.</summary>
    private static PathLook? SampleOf(PathLook labels, Func<PathLook, bool> holds, int depth = 2) =>
        holds(labels) ? labels
        : depth == 0 ? null
        : labels.Folders.Take(MostFolders).Select(labels.Child).OfType<PathLook>()
            .Select(f => SampleOf(f, holds, depth - 1)).FirstOrDefault(f => f is not null);

    private static bool Match(PathLook labels, PathLook pictures, Func<PathLook, bool> holds)
    {
        PathLook some = SampleOf(labels, holds)!;
        string below = Path.GetRelativePath(labels.FullPath, some.FullPath).Replace('\\', '/');
        PathLook? beside = some == labels ? pictures : pictures.Folder(below);
        if (beside is null) return false;
        HashSet<string> stems = [.. LabelImageLook.PicturesIn(beside).Select(f => Path.GetFileNameWithoutExtension(f))];
        return LabelImageLook.PicturesIn(some).Take(MostNames)
            .Any(f => stems.Contains(Path.GetFileNameWithoutExtension(f)));
    }
}
