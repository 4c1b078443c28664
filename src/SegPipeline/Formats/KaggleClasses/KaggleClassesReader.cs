using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleClasses;

/// <summary>How the category of an image is told.</summary>
public enum ClassInstance
{
    /// <summary>By one instance without a mask whose box is the whole picture, as formats of objects can tell
    /// it.</summary>
    ImageBox,

    /// <summary>By the folder in the key only; images have no instances.</summary>
    None,
}

/// <summary>
/// Reads images that lie in one folder per class, <c>class/name.jpg</c>: the name of the folder is the category.
/// Images come in ordinal order of folder and name; their sizes are read from the files' headers.
/// </summary>
/// <example>all: { read.kaggle_classes: { root: ../data/simpsons_dataset } }</example>
[Stage("read.kaggle_classes")]
public sealed record KaggleClassesReader : Reader, IRecognisable
{
    /// <summary>The folder that holds the class folders.</summary>
    public required InputPath Root { get; init; }

    /// <summary>How the category of an image is told.</summary>
    public ClassInstance Instance { get; init; }

    /// <summary>Extensions of the photos, in any case; other files are passed over and counted.</summary>
    public IReadOnlyList<string> Extensions { get; init; } =
        [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"];

    /// <inheritdoc/>
    public override ObjectSource Objects => ObjectSource.Folders;

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Extensions.Count == 0) yield return "'extensions' must have at least one";
        foreach (string extension in Extensions)
            if (extension.Length < 2 || extension[0] != '.')
                yield return $"an extension begins with a dot, found '{extension}'";
    }

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => KaggleClassesRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => KaggleClassesDataset.Open(this, context);
}
