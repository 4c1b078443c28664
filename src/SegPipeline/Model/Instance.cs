using System.Collections.Immutable;

namespace SegPipeline.Model;

/// <summary>The members of an instance that a stage can have changed.</summary>
[Flags]
public enum InstanceMembers
{
    /// <summary>None: the source's record can be written back verbatim.</summary>
    None = 0,

    /// <summary>The id.</summary>
    Id = 1,

    /// <summary>The category id.</summary>
    CategoryId = 2,

    /// <summary>iscrowd.</summary>
    IsCrowd = 4,

    /// <summary>The segmentations.</summary>
    Segmentations = 8,

    /// <summary>The areas.</summary>
    AreasPx = 16,

    /// <summary>The bounding boxes.</summary>
    Boxes = 32,

    /// <summary>The score.</summary>
    Score = 64,

    /// <summary>Members set by a stage beyond those above.</summary>
    ExtraMembers = 128,
}

/// <summary>
/// One annotated object of a sample. What the source wrote stays in the source until somebody asks for it; every
/// <c>with</c> marks the member it sets, so that a writer knows what to write anew and what to copy verbatim.
/// </summary>
/// <remarks>The per-frame lists hold one entry for each frame of the sample (one, for a still).</remarks>
public sealed record Instance
{
    private readonly InstanceSource _source;
    private readonly int _ordinal;
    private readonly RecordId? _id;
    private readonly RecordId? _categoryId;
    private readonly bool? _isCrowd;
    private readonly ImmutableArray<Segmentation> _segmentations;
    private readonly ImmutableArray<double?> _areasPx;
    private readonly ImmutableArray<Box?> _boxes;
    private readonly double? _score;
    private readonly ImmutableSortedDictionary<string, string> _extraMembers =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>An instance that stands in a source, nothing of it changed.</summary>
    /// <param name="source">What reads its values when they are asked for.</param>
    /// <param name="ordinal">Its number within that source.</param>
    /// <param name="id">Its id; null when the source gives none.</param>
    /// <param name="categoryId">Its category; null when the source gives none.</param>
    /// <param name="isCrowd">iscrowd; null when the source does not say.</param>
    public Instance(InstanceSource source, int ordinal, RecordId? id, RecordId? categoryId, bool? isCrowd)
    {
        _source = source;
        _ordinal = ordinal;
        _id = id;
        _categoryId = categoryId;
        _isCrowd = isCrowd;
    }

    /// <summary>An instance made by a stage, with no source record; set its members with an initialiser.</summary>
    public Instance() => _source = InstanceSource.None;

    /// <summary>The members that are not as in the source's record.</summary>
    public InstanceMembers Changed { get; private init; }

    /// <summary>Id within the dataset; null when it has none.</summary>
    public RecordId? Id
    {
        get => _id;
        init { _id = value; Changed |= InstanceMembers.Id; }
    }

    /// <summary>Id of the category; null when it has none.</summary>
    public RecordId? CategoryId
    {
        get => _categoryId;
        init { _categoryId = value; Changed |= InstanceMembers.CategoryId; }
    }

    /// <summary>Whether it stands for a group of objects; null when the source does not say. Never inferred.</summary>
    public bool? IsCrowd
    {
        get => _isCrowd;
        init { _isCrowd = value; Changed |= InstanceMembers.IsCrowd; }
    }

    /// <summary>The shape in each frame.</summary>
    /// <exception cref="BadDataException">The source's record is malformed.</exception>
    public ImmutableArray<Segmentation> Segmentations
    {
        get => Changed.HasFlag(InstanceMembers.Segmentations) ? _segmentations : _source.ReadSegmentations(_ordinal);
        init { _segmentations = value; Changed |= InstanceMembers.Segmentations; }
    }

    /// <summary>How the shape in each frame is written; does not read the shapes where the source can tell.</summary>
    /// <exception cref="BadDataException">The source's record is malformed.</exception>
    public ImmutableArray<SegmentationForm> Forms => !Changed.HasFlag(InstanceMembers.Segmentations)
        ? _source.ReadForms(_ordinal)
        : _segmentations.IsDefault ? [] : [.. _segmentations.Select(s => s.Form)];

    /// <summary>The area in each frame in pixels, as the source wrote it (official COCO areas are not pixel
    /// counts).</summary>
    public ImmutableArray<double?> AreasPx
    {
        get => Changed.HasFlag(InstanceMembers.AreasPx) ? _areasPx : _source.ReadAreas(_ordinal);
        init { _areasPx = value; Changed |= InstanceMembers.AreasPx; }
    }

    /// <summary>The bounding box in each frame.</summary>
    public ImmutableArray<Box?> Boxes
    {
        get => Changed.HasFlag(InstanceMembers.Boxes) ? _boxes : _source.ReadBoxes(_ordinal);
        init { _boxes = value; Changed |= InstanceMembers.Boxes; }
    }

    /// <summary>Confidence of a result; null for ground truth.</summary>
    public double? Score
    {
        get => Changed.HasFlag(InstanceMembers.Score) ? _score : _source.ReadScore(_ordinal);
        init { _score = value; Changed |= InstanceMembers.Score; }
    }

    /// <summary>Members set by a stage beyond the typed ones: name to JSON text. They replace the source's.</summary>
    public ImmutableSortedDictionary<string, string> ExtraMembers
    {
        get => _extraMembers;
        init { _extraMembers = value; Changed |= InstanceMembers.ExtraMembers; }
    }

    /// <summary>The shape in the first frame: the shape, of a still.</summary>
    public Segmentation Segmentation => First(Segmentations) ?? Segmentation.Missing;

    /// <summary>The area in the first frame.</summary>
    public double? AreaPx => First(AreasPx);

    /// <summary>The box in the first frame.</summary>
    public Box? Box => First(Boxes);

    /// <summary>The record as the source wrote it; null when there is none (made by a stage, or not a JSON
    /// format).</summary>
    public JsonSlice? SourceRecord => _source.Record(_ordinal);

    /// <summary>Position in the source's list of annotations, from 0; null when it has no such position.</summary>
    public long? SourceOrder => _source.Order(_ordinal);

    /// <summary>
    /// The JSON text of any member of the record by its name in the source, changed members included where a stage set
    /// them through <see cref="ExtraMembers"/>; null when there is none.
    /// </summary>
    public string? MemberText(string name) =>
        ExtraMembers.TryGetValue(name, out string? text) ? text : _source.ReadMember(_ordinal, name);

    private static T? First<T>(ImmutableArray<T> values) => values.IsDefaultOrEmpty ? default : values[0];
}
