using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>Which rows an image has.</summary>
public enum RleRowsPerImage
{
    /// <summary>One for each instance; one empty row when there is none.</summary>
    Instances,

    /// <summary>At least one for each category, empty where the image has no instance of it.</summary>
    Categories,
}

/// <summary>
/// Writes masks into a CSV file with run lengths "start length start length ...", as Kaggle competitions take them: a
/// row for each instance.
/// </summary>
/// <example>
/// answers: { write.kaggle_rle: { file: submission.csv, rle_column: EncodedPixels, class_column: ClassId } }
/// </example>
[Stage("write.kaggle_rle")]
public sealed record KaggleRleWriter : Writer
{
    /// <summary>Name of the file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <summary>Name of the column with the image.</summary>
    public string ImageColumn { get; init; } = "ImageId";

    /// <summary>The end of file names that is left out, e.g. <c>.png</c>.</summary>
    public string ImageExtension { get; init; } = "";

    /// <summary>Name of the column with the run lengths.</summary>
    public string RleColumn { get; init; } = "EncodedPixels";

    /// <summary>Name of the column with the name of the category, between the two others; without it there is
    /// none.</summary>
    public string? ClassColumn { get; init; }

    /// <summary>True to write the name of the category behind the image, after an underscore:
    /// <c>0002cc93b.jpg_1</c>.</summary>
    public bool JoinImageClass { get; init; }

    /// <summary>Which rows an image has.</summary>
    public RleRowsPerImage Rows { get; init; }

    /// <summary>How pixels are counted.</summary>
    public PixelOrder Order { get; init; }

    /// <summary>The number of the first pixel.</summary>
    [Range(0, 1)]
    public int Base { get; init; } = 1;

    /// <summary>True to count each start from the end of the run before it (SIIM-ACR).</summary>
    public bool Relative { get; init; }

    /// <summary>What is written in place of run lengths where there are none.</summary>
    public string Empty { get; init; } = "";

    /// <summary>What stands between columns: one character, e.g. <c>;</c>.</summary>
    public string Separator { get; init; } = ",";

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (JoinImageClass && ClassColumn is not null)
            yield return "'join_image_class' and 'class_column' exclude each other";
        if (Rows == RleRowsPerImage.Categories && !JoinImageClass && ClassColumn is null)
            yield return "'rows: categories' needs 'class_column' or 'join_image_class'";
        if (Separator.Length != 1 || Separator[0] is '"' or '\r' or '\n' or > '\x7F')
            yield return "'separator' must be one ASCII character other than a quote";
    }

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        new KaggleRleOutput(this, input.Taxonomy, release);

    /// <summary>How run lengths are to be written.</summary>
    internal RlePairs Pairs => new(Order, Base, Relative ? RunStarts.AfterTheRunBefore : RunStarts.TheFirstPixel);
}
