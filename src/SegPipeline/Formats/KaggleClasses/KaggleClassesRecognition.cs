using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleClasses;

/// <summary>Knows class folders: folders of photos and nothing else.</summary>
internal static class KaggleClassesRecognition
{
    private const int MostFolders = 8;

    // Folders with these names hold sets or layouts of other formats, never a class.
    private static readonly string[] NoClasses =
        ["images", "JPEGImages", "Annotations", "annotations", "labels", "masks", "train", "val", "valid", "test",
            "Visualization", "predictions", "data"];

    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        PathLook[] folders = [.. look.Folders.Take(MostFolders).Select(look.Child).OfType<PathLook>()];
        if (folders.Length == 0 || LabelImageLook.PicturesIn(look).Any()) yield break;
        PictureSort[] sorts = [.. folders.Select(LabelImageLook.SortOf)];
        if (folders.Any(f => f.Folders.Count > 0)) yield break;
        if (sorts.Any(s => s is PictureSort.None or PictureSort.Indexed)) yield break;
        bool isOther = folders.Any(f => NoClasses.Any(n => f.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase)));
        if (isOther) yield break;
        bool isSure = sorts.All(s => s == PictureSort.Photos) && folders.Length > 1;
        yield return new Recognition(
            new KaggleClassesReader { Root = look.ToInput() },
            isSure ? Certainty.Likely : Certainty.Possible, "folders of photos, one for each class");
    }
}
