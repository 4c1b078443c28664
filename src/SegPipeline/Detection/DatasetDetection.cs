using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>
/// Finds out which reader reads what lies at a path: a dataset's file or folder, a release of SegPipeline, a pipeline
/// file. Looks at names, at the beginnings of files, and at a bounded number of both.
/// </summary>
public static class DatasetDetection
{
    private const int MostFiles = 64;
    private const int MostFolders = 32;
    private const int Deepest = 2;
    private const int MostNamed = 6;
    private static readonly string[] TellingExtensions = [".json", ".csv", ".parquet"];

    /// <summary>All that a path may be.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="catalog">The stages there are; null for those that come with the program.</param>
    /// <exception cref="BadDataException">There is nothing at the path (<c>DATASET_MISSING</c>), or it is a pipeline
    /// file that is wrong (<c>PIPELINE</c>).</exception>
    public static DetectedDatasets Detect(string path, StageCatalog? catalog = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        PathLook look = PathLook.Of(path);
        if (!look.IsFile && !look.IsFolder)
            throw new BadDataException(new Problem("DATASET_MISSING", "there is no such file or folder")
            {
                File = path,
                Remedy = "correct the path",
            });
        if (look.IsFile && PackedFile.KindOf(look.Head(PackedFile.HeadBytes)) is { } kind)
            throw new BadDataException(new Problem("DATASET_PACKED", $"this is {kind}, which is not looked into")
            {
                File = path,
                Remedy = "unpack it, and name the folder or file that was in it",
            });
        if (PipelineOutputs.IsPipeline(look)) return new DetectedDatasets(path, PipelineOutputs.Of(look));
        StageEntry[] readers = [.. (catalog ?? StageCatalog.Default).Stages.Where(s => s.Recognise is not null)];
        IReadOnlyList<string> written = ReleaseOrigin.FormatsIn(look);
        if (written.Count > 0)
            readers = [.. readers.Where(r => written.Contains(DetectedDatasets.Short(r.Name), StringComparer.Ordinal))];
        DetectedDataset[] found = [.. Distinct(Search(look, readers, Deepest)).OrderByDescending(f => f.Certainty)];
        DetectedDataset[] told = [.. found.TakeWhile(f => f.Certainty > Certainty.WhenNamed)];
        return new DetectedDatasets(path, told)
        {
            WhenNamed = found[told.Length..],
            Seen = Seen(look, written, readers.Length > 0),
            Obstacle = told.Length > 0 || written.Count > 0 ? null : DatasetObstacle.In(look),
        };
    }

    /// <summary>
    /// What a folder is itself, and what the files in it are; where these are nothing, what lies in its folders. Files
    /// with annotations stand in a folder of their own as often as not.
    /// </summary>
    private static List<DetectedDataset> Search(PathLook look, StageEntry[] readers, int depth)
    {
        List<DetectedDataset> found = [.. Ask(look, readers)];
        if (!look.IsFolder) return found;
        PathLook[] folders = [.. look.Folders.Take(MostFolders).Select(look.Child).OfType<PathLook>()];
        found.AddRange(Files(look).Concat(folders.Where(HoldsAnnotations).SelectMany(Files)).Take(MostFiles)
            .SelectMany(f => Ask(f, readers)).Where(f => !IsCovered(f, found)));
        if (depth > 0 && found.TrueForAll(f => f.Certainty <= Certainty.Possible))
            found.AddRange(folders.SelectMany(f => Search(f, readers, depth - 1)));
        return found;
    }

    private static IEnumerable<PathLook> Files(PathLook folder) => folder.FilesOf(TellingExtensions)
        .OrderByDescending(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(MostFiles)
        .Select(folder.Child).OfType<PathLook>();

    private static bool HoldsAnnotations(PathLook folder) =>
        folder.Name.StartsWith("annotation", StringComparison.OrdinalIgnoreCase);

    /// <summary>A folder of tables stands for all of them.</summary>
    private static bool IsCovered(DetectedDataset file, List<DetectedDataset> found) =>
        file.Format == "parquet" && found.Exists(f => f.Format == file.Format && f.Path != file.Path);

    private static IEnumerable<DetectedDataset> Ask(PathLook look, StageEntry[] readers) =>
        from reader in readers
        from found in reader.Recognise!(look)
        select DetectedDataset.Of(DetectedDatasets.Short(reader.Name), look.FullPath, found);

    private static IEnumerable<DetectedDataset> Distinct(IEnumerable<DetectedDataset> found) =>
        found.DistinctBy(f => (f.Format, f.Path));

    private static string Seen(PathLook look, IReadOnlyList<string> written, bool canRead)
    {
        if (written.Count > 0 && !canRead)
            return $"it is a release that was written by write.{string.Join(", write.", written)}, which nothing reads";
        if (look.IsFile)
            return "looked at its first records for images, videos, annotations, run lengths and tables";
        string folders = Some("folder", look.Folders), files = Some("file", look.Files);
        return "looked for annotation files, tables, and folders of masks and photos, " +
            $"found {(look.Folders.Count + look.Files.Count == 0 ? "nothing in it" : $"{folders} and {files}")}";
    }

    private static string Some(string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return $"no {what}s";
        string some = string.Join(", ", names.Take(MostNamed).Select(n => $"'{n}'"));
        string more = names.Count > MostNamed ? ", ..." : "";
        return $"{Counted.Of(names.Count, what)} ({some}{more})";
    }
}
