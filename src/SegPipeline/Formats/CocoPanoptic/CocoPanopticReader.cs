using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>
/// Reads COCO panoptic segmentations: a JSON file that lists the segments of each image, and a PNG per image whose
/// colours are their ids. A segment is an instance; its id, which is unique only within its image, is the member
/// <c>object_id</c>. Pixels of no segment are void.
/// </summary>
/// <example>
/// val: { read.coco_panoptic: { annotations: annotations/panoptic_val2017.json, images: val2017 } }
/// </example>
[Stage("read.coco_panoptic")]
public sealed record CocoPanopticReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The JSON file with the segments.</summary>
    public required InputPath Annotations { get; init; }

    /// <summary>Folder of the PNGs; without it the one named like the JSON file, without <c>.json</c>.</summary>
    public InputPath? Panoptic { get; init; }

    /// <summary>Folder that the names of pictures are relative to; without it no picture can be opened.</summary>
    public InputPath? Images { get; init; }

    /// <summary>What to make of two images of one id.</summary>
    public SameRecords SameImages { get; init; }

    /// <summary>What the SHA-256 of the annotations must be; without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override bool FindsPhotos => Images is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => Annotations;

    /// <summary>Where the PNGs are.</summary>
    internal InputPath Folder => Panoptic ?? new InputPath(Stem(Annotations.Text), Stem(Annotations.FullPath));

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Panoptic is null && !Annotations.FullPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            yield return "'panoptic' must name the folder of the PNGs, since 'annotations' does not end in .json";
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => PanopticRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => CocoPanopticDataset.Open(this, context);

    private static string Stem(string path) => path[..^Path.GetExtension(path).Length];
}
