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

    private static readonly string[] PictureFolders = ["images", "image", "JPEGImages", "imgs", "photos"];
    private static readonly string[] Taxonomies = ["objectInfo150.csv", "class_dict.csv"];

    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        if (LabelFolders.Select(f => look.Folder(f)).OfType<PathLook>().FirstOrDefault(f => SampleOf(f) is not null)
            is not { } labels) yield break;
        PathLook? pictures = look.Folder(PictureFolders);
        bool match = pictures is not null && Match(labels, pictures);
        PathLook? taxonomy = new[] { look, look.Parent }.OfType<PathLook>().SelectMany(folder =>
            Taxonomies.Select(folder.Child).Prepend(ClassLists.In(folder))).OfType<PathLook>().FirstOrDefault();
        if (pictures is null && taxonomy is null) yield break;
        var reader = new LabelMapsReader
        {
            Labels = labels.ToInput(),
            Images = match ? pictures!.ToInput() : null,
            Taxonomy = taxonomy?.ToInput(),
        };
        yield return new Recognition(
            reader,
            match ? Certainty.Sure : Certainty.Possible,
            match ? $"label images in {labels.Name} with the names of the pictures in {pictures!.Name}"
                : $"label images in {labels.Name}")
        {
            Splits = labels.Folders.ToDictionary(set => set, Reader (set) => reader with
            {
                Labels = labels.Child(set)!.ToInput(),
                Images = match ? (pictures!.Child(set) ?? pictures).ToInput() : null,
            }, StringComparer.Ordinal),
        };
    }

    /// <summary>A folder that has label images: the folder itself, or one in it, of a set or of an image.</summary>
    private static PathLook? SampleOf(PathLook labels, int depth = 2) =>
        LabelImageLook.MayHoldLabels(labels) ? labels
        : depth == 0 ? null
        : labels.Folders.Take(MostFolders).Select(labels.Child).OfType<PathLook>()
            .Select(f => SampleOf(f, depth - 1)).FirstOrDefault(f => f is not null);

    private static bool Match(PathLook labels, PathLook pictures)
    {
        PathLook some = SampleOf(labels)!;
        string below = Path.GetRelativePath(labels.FullPath, some.FullPath).Replace('\\', '/');
        PathLook? beside = some == labels ? pictures : pictures.Folder(below);
        if (beside is null) return false;
        HashSet<string> stems = [.. LabelImageLook.PicturesIn(beside).Select(f => Path.GetFileNameWithoutExtension(f))];
        return LabelImageLook.PicturesIn(some).Take(MostNames)
            .Any(f => stems.Contains(Path.GetFileNameWithoutExtension(f)));
    }
}
