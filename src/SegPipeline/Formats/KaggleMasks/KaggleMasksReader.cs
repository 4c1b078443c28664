using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>
/// Reads a folder for each image with its picture, <c>ID/images/ID.png</c>, and a black and white PNG for each object,
/// <c>ID/masks/*.png</c>, as the 2018 Data Science Bowl has them. The key of an image is its id; an object keeps the
/// name of its mask as the member <c>mask_name</c>. Images without masks have no objects.
/// </summary>
/// <example>nuclei: { read.kaggle_masks: { root: ../data/stage1_train, category: nucleus } }</example>
[Stage("read.kaggle_masks")]
public sealed record KaggleMasksReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The folder that holds the folders of the images.</summary>
    public required InputPath Root { get; init; }

    /// <summary>The category of all objects.</summary>
    public string Category { get; init; } = "nucleus";

    /// <summary>Levels of a mask above this one are of the object.</summary>
    [Range(0, 254)]
    public int Threshold { get; init; } = 128;

    /// <summary>The list that must have the SHA-256 of every mask that is read, <c>{ list: SHA256SUMS }</c>; without it
    /// any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => null;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Category.Length == 0) yield return "'category' must be a name";
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => KaggleMasksRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => KaggleMasksDataset.Open(this, context);
}
