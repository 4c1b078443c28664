using SegPipeline.Model;
using SegPipeline.Stages;
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
        string[] files = root.IsFile ? [root.Name] : [.. root.FilesOf(".parquet")];
        var reader = new ParquetReader { Root = root.ToInput() };
        yield return new Recognition(reader, Certainty.Sure,
            Counted.Of(files.Length, "Parquet file"))
        {
            Splits = files.Where(_ => root.IsFolder).Select(SplitOf).Distinct(StringComparer.Ordinal).ToDictionary(
                split => split, Reader (split) => reader with { Split = split }, StringComparer.Ordinal),
        };
    }

    private static string SplitOf(string file) => file[..file.AsSpan().IndexOfAny('-', '.')];
}
