using System.Globalization;
using System.Text;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>Why what lies at a path is not known: it would be a dataset if it were written otherwise.</summary>
/// <param name="Found">What is there, as a sentence without a full stop.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record DatasetObstacle(string Found, string Remedy)
{
    private const int MostFiles = 64;
    private const int MostFolders = 32;
    private const int MostMembers = 8;
    private const int LineBytes = 4096;
    private const int FewestNumbers = 5;
    private static readonly string[] Telling =
        [".json", ".csv", ".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar"];

    /// <summary>The first thing of the kind in a file, or in a folder and those in it; null for none.</summary>
    public static DatasetObstacle? In(PathLook look)
    {
        PathLook[] folders = [look, .. look.Folders.Take(MostFolders).Select(look.Child).OfType<PathLook>()];
        PathLook[] files = look.IsFile ? [look] :
            [.. folders.SelectMany(f => f.FilesOf(Telling).Select(f.Child)).OfType<PathLook>().Take(MostFiles)];
        return files.Select(f => OfFile(f, Path.GetRelativePath(look.FullPath, f.FullPath)))
            .FirstOrDefault(o => o is not null) ?? (Array.Exists(folders, HoldsYolo)
                ? new DatasetObstacle(
                    "found text files with lines 'class x1 y1 x2 y2 ...' as YOLO has them, which nothing here reads",
                    "have them exported as COCO by the tool that made them")
                : null);
    }

    private static DatasetObstacle? OfFile(PathLook file, string path)
    {
        string name = path == "." ? "it" : $"'{path.Replace('\\', '/')}'";
        byte[] head = file.Head(PackedFile.HeadBytes);
        if (PackedFile.KindOf(head) is { } kind)
            return new DatasetObstacle($"{name} is {kind}, which is not looked into", "unpack it first");
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new DatasetObstacle($"{name} is text in UTF-16", "write it anew in UTF-8");
        if (!file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return null;
        if (file.Json is not { } json) return new DatasetObstacle($"{name} is no JSON", "correct the file");
        if (json.Fault is { } fault) return new DatasetObstacle($"{name} is no JSON: {fault}", "correct the file");
        IEnumerable<string> members = json.IsList ? json.First()?.Texts.Keys ?? [] : json.Members;
        string some = string.Join(", ", members.Take(MostMembers).Select(m => $"'{m}'"));
        return new DatasetObstacle($"{name} is {(json.IsList ? "a list whose records have" : "JSON with")} " +
            (some.Length == 0 ? "no members" : "the members " + some),
            "have it exported as COCO, or choose a reader from 'segpipe stages' in a pipeline");
    }

    private static bool HoldsYolo(PathLook folder) => IsYolo(folder) || folder.Folders.Take(MostFolders)
        .Select(folder.Child).OfType<PathLook>().Any(IsYolo);

    private static bool IsYolo(PathLook folder) =>
        folder.FilesOf(".txt").Take(MostMembers).Select(folder.Child).OfType<PathLook>().Any(file =>
        {
            string line = Encoding.UTF8.GetString(file.Head(LineBytes)).Split('\n')[0];
            string[] numbers = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return numbers.Length >= FewestNumbers && int.TryParse(numbers[0], CultureInfo.InvariantCulture, out _) &&
                double.TryParse(numbers[1], CultureInfo.InvariantCulture, out _);
        });
}
