using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Parquet;

/// <summary>
/// Reads Parquet tables of images or videos: those of <c>write.parquet</c> with everything in them, and tables of
/// object detection as Hugging Face has them (<c>image</c>, <c>objects</c> with <c>bbox</c>, <c>category</c>, ...).
/// </summary>
/// <example>in: { read.parquet: { root: dataset/data, split: train } }</example>
[Stage("read.parquet")]
public sealed record ParquetReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>A Parquet file, or a folder of such.</summary>
    public required InputPath Root { get; init; }

    /// <summary>Name of the split: of a folder only files whose names begin with it and <c>-</c> or <c>.</c>; all
    /// without it.</summary>
    public string? Split { get; init; }

    /// <summary>Folder that paths of pictures are relative to, where the table does not have their bytes; without it
    /// such pictures cannot be opened.</summary>
    public InputPath? Images { get; init; }

    /// <summary>What the SHA-256 of the file or files must be; without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override ObjectSource Objects => ObjectSource.Records;

    /// <inheritdoc/>
    /// <remarks>Looks into the files, as far as they say how many rows have no picture.</remarks>
    public override bool FindsPhotos => Images is not null || ParquetDataset.MayHoldPhotos(this);

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => Directory.Exists(Root.FullPath) ? null : Root;

    /// <inheritdoc/>
    public override IEnumerable<string> Check() => DigestCheck.FaultsOf(this);

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => ParquetRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => ParquetDataset.Open(this, context);
}
