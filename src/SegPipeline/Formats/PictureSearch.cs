using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>Finds the folder of the pictures that an annotation file names, near the file.</summary>
internal static class PictureSearch
{
    private const int MostFolders = 64;
    private const int MostNames = 8;
    private static readonly string[] AnnotationFolders = ["annotations", "annotation", "labels", "json", "gt"];
    private static readonly string[] PictureFolders = ["images", "JPEGImages", "frames", "photos"];

    /// <summary>
    /// The folder that the first names are relative to: that of the file, one in it, or, when the file lies in a folder
    /// for annotations, one beside that. A folder whose name is part of the file's name goes first.
    /// </summary>
    /// <param name="file">The annotation file.</param>
    /// <param name="names">Names of pictures; none are looked for when there are none.</param>
    public static InputPath? FolderOf(PathLook file, IReadOnlyList<string> names)
    {
        string[] wanted = [.. names.Where(MediaFolder.IsSafe).Take(MostNames)];
        if (wanted.Length == 0 || file.Parent is not { } home) return null;
        bool isApart = AnnotationFolders.Contains(home.Name, StringComparer.OrdinalIgnoreCase);
        PathLook?[] tops = isApart ? [home, home.Parent] : [home];
        string stem = Path.GetFileNameWithoutExtension(file.Name);
        return tops.OfType<PathLook>().SelectMany(FoldersAt)
            .OrderByDescending(f => f != home && stem.Contains(f.Name, StringComparison.OrdinalIgnoreCase))
            .Select(f => f.ToInput()).FirstOrDefault(f => Holds(new MediaFolder(f), wanted));
    }

    private static IEnumerable<PathLook> FoldersAt(PathLook top)
    {
        PathLook[] below = [.. top.Folders.Take(MostFolders).Select(top.Child).OfType<PathLook>()];
        var deeper = below.Where(f => PictureFolders.Contains(f.Name, StringComparer.OrdinalIgnoreCase) ||
                f.Folder(PictureFolders) is not null)
            .SelectMany(f => f.Folders.Take(MostFolders).Select(f.Child).OfType<PathLook>());
        return [top, .. below, .. deeper];
    }

    private static bool Holds(MediaFolder folder, string[] names) =>
        Array.Exists(names, name => File.Exists(folder.Find(name).FilePath));
}
