using System.ComponentModel.DataAnnotations;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>What a Parquet table has of the pictures.</summary>
public enum ParquetImages
{
    /// <summary>Their names, as the dataset gives them.</summary>
    Path,

    /// <summary>Their bytes, unchanged, with the last part of their names.</summary>
    Embed,
}

/// <summary>How the pages of a Parquet table are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Zstandard, by the system's library; the bytes depend on its version.</summary>
    Zstd,

    /// <summary>Gzip; the bytes can differ between kinds of processors.</summary>
    Gzip,

    /// <summary>Snappy: the same bytes everywhere.</summary>
    Snappy,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>
/// Writes a split as Parquet tables as Hugging Face has them, one row for each image or video, objects as lists:
/// <c>data/train-00000-of-00001.parquet</c>. Everything that a dataset says stands in the rows or beside them.
/// </summary>
/// <example>out: { from: in, write.parquet: { split: train, compression: zstd } }</example>
[Stage("write.parquet")]
public sealed record ParquetWriter : Writer
{
    /// <summary>Name of the split, the first part of file names: words of letters, digits and <c>_</c>, parted by
    /// dots, and not <c>all</c>, as Hugging Face takes them.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Folder of the release that the files go into.</summary>
    public ReleaseName Folder { get; init; } = ReleaseName.From("data");

    /// <summary>What the rows have of the pictures.</summary>
    public ParquetImages Images { get; init; }

    /// <summary>How pages are compressed.</summary>
    public ParquetCompression Compression { get; init; }

    /// <summary>Rows after which another file begins; without it only <c>shard_mb</c> counts.</summary>
    [Range(1, int.MaxValue)]
    public int? ShardRows { get; init; }

    /// <summary>Size in megabytes after which another file begins, at the end of a row group.</summary>
    [Range(1, 1 << 20)]
    public int ShardMb { get; init; } = 500;

    /// <summary>Size in megabytes of the values of a row group, before compression.</summary>
    [Range(1, 512)]
    public int RowGroupMb { get; init; } = 32;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (!Split.Split('.').All(w => w.Length > 0 && w.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
            yield return $"'split' must be words of letters, digits and '_', parted by dots, found '{Split}'";
        if (Split.Equals("all", StringComparison.OrdinalIgnoreCase))
            yield return $"'split' must not be '{Split}', which to Hugging Face is the union of all splits";
    }

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => new ParquetReader
    {
        Root = release.Below(Folder),
        Split = Split,
    };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        if (Compression == ParquetCompression.Zstd) Zstandard.Require();
        return new ParquetOutput(this, input, release, context);
    }
}
