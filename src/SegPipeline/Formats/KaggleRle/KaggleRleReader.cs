using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>How the pixels of a picture are counted.</summary>
public enum PixelOrder
{
    /// <summary>From top to bottom, then from left to right: most competitions.</summary>
    Column,

    /// <summary>From left to right, then from top to bottom: Carvana, Sartorius, Vesuvius.</summary>
    Row,
}

/// <summary>From where the start of a run is counted.</summary>
internal enum RunStarts
{
    /// <summary>From the first pixel.</summary>
    TheFirstPixel,

    /// <summary>From the end of the run before it; the first from the first pixel.</summary>
    AfterTheRunBefore,
}

/// <summary>
/// Reads masks from a CSV file with run lengths "start length start length ..." as Kaggle competitions use them. Rows
/// of one image need not stand together; each is an instance, an empty one says that the image has none of that class.
/// </summary>
/// <example>
/// train:
///   read.kaggle_rle: { csv: train.csv, height: 256, width: 1600, class_column: ClassId }
/// </example>
[Stage("read.kaggle_rle")]
public sealed record KaggleRleReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The CSV file, with the names of its columns in the first row.</summary>
    public required InputPath Csv { get; init; }

    /// <summary>Folder of the photos; without it no photo can be opened, and <c>height</c> and <c>width</c> are
    /// needed.</summary>
    public InputPath? Images { get; init; }

    /// <summary>Name of the column with the image; without it the first.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>What is added to the text of that column to make a file name, e.g. <c>.png</c>.</summary>
    public string ImageExtension { get; init; } = "";

    /// <summary>Name of the column with the run lengths; without it the second.</summary>
    public string? RleColumn { get; init; }

    /// <summary>Name of the column with the class; without it all instances are of one category.</summary>
    public string? ClassColumn { get; init; }

    /// <summary>True when the column with the image has the class, too, after its last underscore:
    /// <c>0002cc93b.jpg_1</c>.</summary>
    public bool SplitImageClass { get; init; }

    /// <summary>Name of the category where the file has no classes.</summary>
    public string Category { get; init; } = "object";

    /// <summary>How pixels are counted. A wrong order gives wrong masks without any error, except where the outlines
    /// become so long that a warning is given.</summary>
    public PixelOrder Order { get; init; }

    /// <summary>The number of the first pixel.</summary>
    [Range(0, 1)]
    public int Base { get; init; } = 1;

    /// <summary>True when each start is counted from the end of the run before it (SIIM-ACR).</summary>
    public bool Relative { get; init; }

    /// <summary>Height of all pictures in pixels; without it that of each photo.</summary>
    [Range(1, int.MaxValue)]
    public int? Height { get; init; }

    /// <summary>Width of all pictures in pixels; without it that of each photo.</summary>
    [Range(1, int.MaxValue)]
    public int? Width { get; init; }

    /// <summary>What stands in place of run lengths where there are none, in any case.</summary>
    public IReadOnlyList<string> Empty { get; init; } = ["", "-1", "nan"];

    /// <summary>What stands between columns: one character, e.g. <c>;</c>.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>What the SHA-256 of the CSV file must be; without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override bool FindsPhotos => Images is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => Csv;

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Height is null != Width is null) yield return "'height' and 'width' go together";
        if (Height is null && Images is null) yield return "'height' and 'width', or 'images', are needed for sizes";
        if ((long)(Height ?? 0) * (Width ?? 0) > uint.MaxValue)
            yield return $"a picture has at most {uint.MaxValue} pixels, {Height}x{Width} has more";
        if (SplitImageClass && ClassColumn is not null)
            yield return "'split_image_class' and 'class_column' exclude each other";
        if (Separator.Length != 1 || Separator[0] is '"' or '\r' or '\n' or > '\x7F')
            yield return "'separator' must be one ASCII character other than a quote";
    }

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => KaggleRleRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => KaggleRleDataset.Open(this, context);

    /// <summary>How run lengths are to be read.</summary>
    internal RlePairs Pairs => new(Order, Base, Relative ? RunStarts.AfterTheRunBefore : RunStarts.TheFirstPixel);
}
