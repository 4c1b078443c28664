using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Knows videos of label images by their folders: one for each video, of numbered PNGs.</summary>
internal static class PaletteRecognition
{
    private const int MostVideos = 4;
    private static readonly string[] MaskFolders = ["Annotations", "Annotations_unsupervised"];
    private static readonly string[] Resolutions = ["480p", "Full-Resolution"];

    /// <summary>What a folder is: the root of a dataset, or its folder of masks.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        if (!look.IsFolder) yield break;
        foreach (string name in MaskFolders)
            if (look.Folder(name) is { } folder && MasksIn(folder) is { } masks)
            {
                yield return Found(masks, look, Certainty.Sure, $"a folder of label images for each video in {name}");
                yield break;
            }
        if (MasksIn(look) is not { } own) yield break;
        bool isNamed = MaskFolders.Contains(look.Name, StringComparer.Ordinal) ||
            MaskFolders.Contains(look.Parent?.Name, StringComparer.Ordinal);
        bool isIndexed = SortOf(own) == PictureSort.Indexed;
        yield return Found(own, RootOf(own), isNamed && isIndexed ? Certainty.Sure
            : isNamed || isIndexed ? Certainty.Likely : Certainty.Possible, "a folder of label images for each video");
    }

    private static Recognition Found(PathLook masks, PathLook? root, Certainty certainty, string why)
    {
        PathLook? frames = root?.Folder("JPEGImages");
        string below = root is null ? "" : Path.GetRelativePath(root.FullPath, masks.FullPath);
        string resolution = below.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? masks.Name : "";
        if (frames is not null && resolution.Length > 0) frames = frames.Folder(resolution) ?? frames;
        // Photos of some of the videos, or of other ones, are no frames of these masks.
        if (frames is not null && !masks.Folders.Any(v => frames.Folder(v) is not null)) frames = null;
        PathLook? meta = root?.Child("meta.json");
        var reader = new PaletteReader
        {
            Masks = masks.ToInput(),
            Frames = frames?.ToInput(),
            Meta = meta?.Json?.Members.Contains("videos") == true ? meta.ToInput() : null,
        };
        return new Recognition(reader, certainty, why)
        {
            Splits = ListsIn(root).ToDictionary(list => Path.GetFileNameWithoutExtension(list.Name),
                Reader (list) => reader with { SequencesFile = list.ToInput() }, StringComparer.Ordinal),
        };
    }

    /// <summary>The lists of videos, as DAVIS has them: <c>ImageSets/2017/val.txt</c>, of the latest year.</summary>
    private static IEnumerable<PathLook> ListsIn(PathLook? root)
    {
        if (root?.Folder("ImageSets") is not { } sets) return [];
        PathLook lists = sets.Folders.Select(sets.Child).OfType<PathLook>().LastOrDefault(f => f.FilesOf(".txt").Any())
            ?? sets;
        return lists.FilesOf(".txt").DistinctBy(f => Path.GetFileNameWithoutExtension(f)).Select(lists.Child)
            .OfType<PathLook>();
    }

    private static PathLook? RootOf(PathLook masks) =>
        MaskFolders.Contains(masks.Name, StringComparer.Ordinal) ? masks.Parent
        : MaskFolders.Contains(masks.Parent?.Name, StringComparer.Ordinal) ? masks.Parent?.Parent
        : null;

    /// <summary>The folder that has the videos' folders: the folder itself, or that of a resolution in it.</summary>
    private static PathLook? MasksIn(PathLook folder) => Resolutions.Select(r => folder.Folder(r)).Prepend(folder)
        .OfType<PathLook>().FirstOrDefault(f => SortOf(f) is PictureSort.Indexed or PictureSort.Grey);

    private static PictureSort SortOf(PathLook masks)
    {
        PathLook[] videos = [.. masks.Folders.Take(MostVideos).Select(masks.Child).OfType<PathLook>()];
        bool areVideos = videos.Length > 0 && videos.All(v => v.Folders.Count == 0 && HasFrames(v));
        return areVideos ? videos.Max(LabelImageLook.SortOf) : PictureSort.None;
    }

    private static bool HasFrames(PathLook video) => video.Files.Any() && video.FilesOf(".png").All(IsFrame) &&
        video.FilesOf(".png").Any();

    private static bool IsFrame(string name) => char.IsAsciiDigit(Path.GetFileNameWithoutExtension(name)[^1]);
}
