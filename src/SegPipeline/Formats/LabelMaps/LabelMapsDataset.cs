using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>Folders of label images that are open for reading.</summary>
internal sealed class LabelMapsDataset : OpenDataset
{
    private const long ImageCostBytes = 1 << 20;

    private static readonly LabelRoles EveryLabel = new() { Background = null };

    private readonly LabelMapsReader _stage;
    private readonly LabelMapList _list;
    private readonly LabelMeanings _meanings;

    private LabelMapsDataset(LabelMapsReader stage, StageContext context)
    {
        _stage = stage;
        _list = LabelMapList.Of(stage, context.Warn);
        _meanings = new LabelMeanings(stage, stage.Taxonomy is null ? null : LabelTaxonomy.Read(stage.Taxonomy));
        Info = new DatasetInfo { Kind = SampleKind.Image, Taxonomy = _meanings.Taxonomy };
        Plan = [.. _list.Entries.Select(e => new PlanEntry(e.Name, ImageCostBytes))];
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
    [
        .. new[] { _stage.Taxonomy }.OfType<InputPath>().Select(p => p.FullPath),
        .. _list.Entries.Where(e => e.Labels is not null).Select(e => _list.Labels.PathOf(e.Labels!.Value)),
    ];

    /// <summary>Lists the folders of a reader; opens no image.</summary>
    public static LabelMapsDataset Open(LabelMapsReader stage, StageContext context) => new(stage, context);

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index)
    {
        LabelMapEntry entry = _list.Entries[index];
        return
        [
            .. entry.Labels is { } labels ? [_list.Labels.PathOf(labels)] : Array.Empty<string>(),
            .. entry.Picture is { } picture ? [_list.Pictures!.PathOf(picture)] : Array.Empty<string>(),
        ];
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        LabelMapEntry entry = _list.Entries[index];
        if (entry.Problem is { } problem) throw new BadDataException(problem);
        string place = $"{_stage.Labels}/{entry.Labels!.Value.Name}";
        string path = _list.Labels.PathOf(entry.Labels.Value);
        return _stage.Encoding == LabelEncoding.Labels
            ? ReadLabels(entry, path, place)
            : ReadObjects(entry, path, place);
    }

    private Sample ReadLabels(LabelMapEntry entry, string path, string place)
    {
        using LabelFile file = LabelFile.Read(path, place, _meanings.Colors ?? Palette.Voc);
        if (file.IsOfColors && _meanings.Colors is null) throw NoColors(place);
        Frame frame = FrameOf(entry, place, file.HeightPx, file.WidthPx);
        if (!file.IsOfColors) frame = frame with { Palette = file.Palette };
        return SampleOf(frame, place, file.Split(EveryLabel), region => new LabelledObject(file.IsOfColors
            ? _meanings.ColorLabels[(int)region.Label]
            : region.Label + (long)_stage.LabelOffset, 0));
    }

    private Sample ReadObjects(LabelMapEntry entry, string path, string place)
    {
        LabelImage<uint> ids = IdFile.Read(path, place);
        Frame frame = FrameOf(entry, place, ids.HeightPx, ids.WidthPx);
        return SampleOf(frame, place, LabelRegions.Of(ids.Pixels, EveryLabel), region =>
            LabelledObject.Of(_stage.Encoding, region.Label, _stage.LabelOffset));
    }

    private Frame FrameOf(LabelMapEntry entry, string place, int heightPx, int widthPx)
    {
        var frame = new Frame(entry.Name, widthPx, heightPx);
        if (entry.Picture is not { } file) return frame;
        var picture = new PhotoFile(_list.Pictures!.PathOf(file));
        LabelSize.CheckPicture(place, heightPx, widthPx, picture, $"{_stage.Images}/{file.Name}");
        return frame with { Photo = picture };
    }

    private Sample SampleOf(
        Frame frame, string place, LabelRegions regions, Func<LabelRegion, LabelledObject> meaningOf)
    {
        var objects = new SortedDictionary<LabelledObject, Mask>();
        var voids = new List<Mask>();
        foreach (LabelRegion region in regions.Objects)
        {
            LabelledObject found = meaningOf(region);
            if (_meanings.IsVoid(found.Label)) voids.Add(region.Mask);
            else if (_meanings.IsCategory(found.Label, region, place))
                // Several values of a pixel can mean one object: a tenth of red is what counts in the full ADE20K.
                objects[found] = objects.TryGetValue(found, out Mask? mask)
                    ? MaskSets.Union(mask, region.Mask)
                    : region.Mask;
        }
        return new Sample
        {
            Key = frame.Name,
            Frames = [voids.Count == 0 ? frame : frame with { Void = SegmentationOf(MaskSets.Union([.. voids])) }],
            Instances = [.. objects.Select(o => InstanceOf(o.Key, o.Value))],
        };
    }

    private static Instance InstanceOf(LabelledObject found, Mask mask)
    {
        var instance = new Instance
        {
            CategoryId = new RecordId(found.Label),
            Segmentations = [SegmentationOf(mask)],
        };
        return found.Number == 0 ? instance : instance with
        {
            ExtraMembers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("object_id", found.Number.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static MaskSegmentation SegmentationOf(Mask mask) => new(mask, SegmentationForm.LabelRegion);

    private static BadDataException NoColors(string place) => new(new Problem("NO_COLORS",
        "expected an indexed or grey PNG, found colours, and no taxonomy says which label a colour is")
    {
        File = place,
        Remedy = "name a taxonomy with the columns r, g and b",
    });
}
