using SegPipeline.Model;

namespace SegPipeline.Cli.Converting;

/// <summary>A format that datasets are converted to.</summary>
/// <param name="Format">The writer's name without <c>write.</c>.</param>
/// <param name="Kind">The only kind of samples that it holds; null when it holds both.</param>
/// <param name="Keys">Keys of the writer that a conversion sets, as in YAML; those of photos and of
/// <see cref="Numbering"/> come on top.</param>
/// <param name="Loses">What it has no place for, as a phrase.</param>
internal sealed record ConversionTarget(string Format, SampleKind? Kind, string Keys, string Loses)
{
    /// <summary>The formats, in the order in which they are listed.</summary>
    public static IReadOnlyList<ConversionTarget> All { get; } =
    [
        new("coco", SampleKind.Image, "file: annotations/instances.json", "void pixels")
        {
            PartKeys = "file: annotations/instances_{part}.json",
            IsRecordFormat = true,
        },
        new("coco_panoptic", SampleKind.Image, "file: annotations/panoptic.json",
            "overlaps, polygons, scores, the pixels of crowds that others cover")
        {
            PartKeys = "file: annotations/panoptic_{part}.json",
            Numbering = "ids: color",
            OwnSteps = [ConversionStep.Flatten, ConversionStep.DropEmpty],
            NeedsMasks = true,
        },
        new("ytvis", SampleKind.Video, "file: annotations.json", "void pixels, which frames are annotated")
        {
            PartKeys = "file: annotations_{part}.json",
            PhotoKey = "frames",
            IsRecordFormat = true,
        },
        new("palette", SampleKind.Video, "", "categories, ids, overlaps, polygons, crowds, scores")
        {
            PartKeys = "sequences_file: ImageSets/{part}.txt",
            PhotoKey = "frames",
            OwnSteps = [ConversionStep.Flatten],
            NeedsMasks = true,
        },
        new("voc", SampleKind.Image, "set: all", "ids, overlaps, polygons, crowds, scores")
        {
            PartKeys = "set: {part}",
            Numbering = "classes: dense, ids: dense",
            HasOneFolder = true,
            OwnSteps = [ConversionStep.Flatten],
            NeedsMasks = true,
        },
        new("label_maps", SampleKind.Image, "", "objects of one category told apart, ids, polygons, crowds, scores")
        {
            PartKeys = "dir: annotations/{part}, images_dir: images/{part}, taxonomy: classes_{part}.csv",
            OwnSteps = [ConversionStep.Flatten],
            NeedsMasks = true,
        },
        new("triplets", SampleKind.Image, "role: gt, names: part, taxonomy: classes.csv",
            "ids, polygons, crowds, scores, images without objects")
        {
            PartKeys = "role: gt, names: part, dir: {part}, taxonomy: {part}/classes.csv",
            NeedsMasks = true,
            HasOneFolder = true,
        },
        new("kaggle_masks", SampleKind.Image, "", "categories, ids, polygons, crowds, scores")
        {
            PartKeys = "dir: stage1_{part}",
            NeedsPhotos = true,
            NeedsMasks = true,
            HasOneFolder = true,
        },
        new("kaggle_rle", SampleKind.Image, "file: train.csv, class_column: ClassId",
            "photos, ids, polygons, crowds, scores")
        {
            PartKeys = "file: {part}.csv, class_column: ClassId",
            NeedsMasks = true,
            PhotoKey = null,
        },
        new("yolo", SampleKind.Image, "split: train", "crowds, ids, scores, holes, parts of an object told as such")
        {
            PartKeys = "split: {part}, splits: [{parts}]",
            OwnSteps = [ConversionStep.ToPolygons],
            NeedsMasks = true,
            HasOneFolder = true,
        },
        new("parquet", null, "", "nothing") { PartKeys = "split: {part}", PhotoKey = "images", EmbedsPhotos = true },
    ];

    /// <summary>True when it has a place for everything.</summary>
    public bool KeepsAll => Loses == "nothing";

    /// <summary>In place of <see cref="Keys"/>, those of a writer of one of several parts: <c>{part}</c> stands for its
    /// name, <c>{parts}</c> for the names of all.</summary>
    public required string PartKeys { get; init; }

    /// <summary>Further keys that a dataset of another format needs, whose ids need not be such as this one
    /// takes.</summary>
    public string Numbering { get; init; } = "";

    /// <summary>The key that says how photos get into the release; null when the format has none.</summary>
    public string? PhotoKey { get; init; } = "images";

    /// <summary>True when photos stand in the files of the format.</summary>
    public bool EmbedsPhotos { get; init; }

    /// <summary>True when it has a record for each object, which holds any shape and further members.</summary>
    public bool IsRecordFormat { get; init; }

    /// <summary>True when an object without a mask has no place in it.</summary>
    public bool NeedsMasks { get; init; }

    /// <summary>True when nobody can read it without its photos.</summary>
    public bool NeedsPhotos { get; init; }

    /// <summary>True when all pictures lie in one folder, so that frames of several videos would have the same
    /// names.</summary>
    public bool HasOneFolder { get; init; }

    /// <summary>The stages that it always needs.</summary>
    public IReadOnlyList<ConversionStep> OwnSteps { get; init; } = [];

    /// <summary>The keys of the writer, as in YAML.</summary>
    /// <param name="source">The format of what is written.</param>
    public IEnumerable<string> KeysFor(string source) => KeysOf(Keys, source);

    /// <summary>The keys of the writer of one part of a dataset, as in YAML.</summary>
    /// <param name="source">The format of what is written.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="parts">The names of all parts.</param>
    public IEnumerable<string> KeysOfPart(string source, string part, IEnumerable<string> parts) =>
        KeysOf(PartKeys.Replace("{part}", part, StringComparison.Ordinal), source).Select(
            key => key.Replace("{parts}", string.Join(", ", parts), StringComparison.Ordinal));

    /// <summary>The target of a name, with or without <c>write.</c>; null when there is none.</summary>
    public static ConversionTarget? Find(string name) => All.FirstOrDefault(t => t.Format == Short(name));

    /// <summary>The format that a release's name ends in, <c>out-yolo</c>, <c>out.parquet</c>; null when in
    /// none.</summary>
    public static ConversionTarget? AtEndOf(string name) =>
        All.OrderByDescending(t => t.Format.Length).FirstOrDefault(t =>
            name.EndsWith(t.Format, StringComparison.OrdinalIgnoreCase) &&
            (name.Length == t.Format.Length || name[^(t.Format.Length + 1)] is '-' or '.' or '_'));

    private IEnumerable<string> KeysOf(string keys, string source) =>
        [.. keys.Split(", "), .. source == Format ? [] : Numbering.Split(", ")];

    private static string Short(string name) =>
        name.StartsWith("write.", StringComparison.Ordinal) ? name["write.".Length..] : name;
}
