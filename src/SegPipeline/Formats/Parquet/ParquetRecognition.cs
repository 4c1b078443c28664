using SegPipeline.Model;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Parquet;

/// <summary>Knows Parquet files by their first bytes, and folders that hold them.</summary>
internal static class ParquetRecognition
{
    /// <summary>What a file or folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        PathLook? root = look.IsFile || look.FilesOf(".parquet").Any() ? look : look.Folder("data");
        PathLook? file = root is { IsFolder: true }
            ? root.FilesOf(".parquet").Select(root.Child).FirstOrDefault()
            : root;
        if (root is null || file is null || !file.Head(4).AsSpan().SequenceEqual("PAR1"u8)) yield break;
        int count = root.IsFile ? 1 : root.FilesOf(".parquet").Count();
        yield return new Recognition(new ParquetReader { Root = root.ToInput() }, Certainty.Sure,
            Counted.Of(count, "Parquet file"));
    }
}
