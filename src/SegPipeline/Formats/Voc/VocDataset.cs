using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Voc;

/// <summary>A VOC folder that is open for reading.</summary>
internal sealed class VocDataset : OpenDataset
{
    private const long ImageCostBytes = 1 << 20;

    private readonly VocReader _stage;
    private readonly VocList _list;
    private readonly StageContext _context;
    private readonly HashSet<RecordId> _classes;

    private VocDataset(VocReader stage, StageContext context)
    {
        _stage = stage;
        _context = context;
        _list = VocList.Of(stage, context.Warn);
        Taxonomy taxonomy = stage.Taxonomy is null ? VocClasses.Voc : VocClasses.Read(stage.Taxonomy);
        _classes = [.. taxonomy.Categories.Select(c => c.Id)];
        Info = new DatasetInfo { Kind = SampleKind.Image, Taxonomy = taxonomy };
        Plan = [.. _list.Entries.Select(e => new PlanEntry(e.Name, ImageCostBytes))];
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
    [
        .. new[] { _stage.Taxonomy, _list.SetFile }.OfType<InputPath>().Select(p => p.FullPath),
        .. _list.Entries.Where(e => e.Classes is not null).Select(e => _list.Classes.PathOf(e.Classes!.Value)),
        .. _list.Entries.Where(e => e.Objects is not null).Select(e => _list.Objects!.PathOf(e.Objects!.Value)),
    ];

    /// <summary>Lists the folders of a reader; opens no image.</summary>
    public static VocDataset Open(VocReader stage, StageContext context) => new(stage, context);

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index)
    {
        VocEntry entry = _list.Entries[index];
        return
        [
            .. entry.Classes is { } classes ? [_list.Classes.PathOf(classes)] : Array.Empty<string>(),
            .. entry.Objects is { } objects ? [_list.Objects!.PathOf(objects)] : Array.Empty<string>(),
            .. entry.Picture is { } picture ? [_list.Pictures!.PathOf(picture)] : Array.Empty<string>(),
        ];
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        VocEntry entry = _list.Entries[index];
        if (entry.Problem is { } problem) throw new BadDataException(problem);
        string place = $"{_stage.Root}/{_stage.ClassesDir}/{entry.Classes!.Value.Name}";
        using LabelFile classes = LabelFile.Read(_list.Classes.PathOf(entry.Classes.Value), place, Palette.Voc);
        LabelRegions regions = classes.Split(LabelRoles.WithVoid255);
        CheckPicture(entry, classes, place);
        foreach (LabelRegion region in regions.Objects)
            if (!_classes.Contains(new RecordId(region.Label))) throw UnknownClass(region.Label, place);
        var frame = new Frame(entry.Name, classes.WidthPx, classes.HeightPx)
        {
            Photo = entry.Picture is { } picture ? new PhotoFile(_list.Pictures!.PathOf(picture)) : null,
            Palette = classes.Palette,
        };
        return _stage.Of == VocInstances.Classes
            ? SampleOf(frame, regions.Void, [.. regions.Objects.Select(r => InstanceOf(r.Mask, r.Label))])
            : ObjectsOf(entry, frame, classes, regions.Void);
    }

    private Sample ObjectsOf(VocEntry entry, Frame frame, LabelFile classes, Mask? classVoid)
    {
        string place = $"{_stage.Root}/{_stage.ObjectsDir}/{entry.Objects!.Value.Name}";
        using LabelFile objects = LabelFile.Read(_list.Objects!.PathOf(entry.Objects.Value), place, Palette.Voc);
        LabelSize.Check(
            place, objects.HeightPx, objects.WidthPx, "its class mask", classes.HeightPx, classes.WidthPx);
        byte[] classOf = ObjectClasses.Of(objects.Pixels, classes.Pixels, place, out long loosePx);
        if (loosePx > 0) _context.Warn($"{place}: {Counted.Of(loosePx, "pixel")} with a class but of no object");
        LabelRegions regions = objects.Split(LabelRoles.WithVoid255);
        Mask? voidMask = classVoid is null || regions.Void is null
            ? classVoid ?? regions.Void
            : MaskSets.Union(classVoid, regions.Void);
        return SampleOf(frame, voidMask, [.. regions.Objects.Select(r => InstanceOf(r.Mask, classOf[r.Label]) with
        {
            ExtraMembers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("object_id", r.Label.ToString(CultureInfo.InvariantCulture)),
        })]);
    }

    private static Sample SampleOf(Frame frame, Mask? voidMask, ImmutableArray<Instance> instances) => new()
    {
        Key = frame.Name,
        Frames =
        [
            frame with
            {
                Void = voidMask is null ? null : new MaskSegmentation(voidMask, SegmentationForm.LabelRegion),
            },
        ],
        Instances = instances,
    };

    private static Instance InstanceOf(Mask mask, uint kind) => new()
    {
        CategoryId = new RecordId(kind),
        Segmentations = [new MaskSegmentation(mask, SegmentationForm.LabelRegion)],
    };

    private void CheckPicture(VocEntry entry, LabelFile mask, string place)
    {
        if (entry.Picture is not { } picture) return;
        LabelSize.CheckPicture(place, mask.HeightPx, mask.WidthPx,
            new PhotoFile(_list.Pictures!.PathOf(picture)), $"{_stage.Root}/{_stage.ImagesDir}/{picture.Name}");
    }

    private static BadDataException UnknownClass(uint label, string place) => new(new Problem("UNKNOWN_CLASS",
        $"expected labels of the classes, 0 or 255, found {label}")
    {
        File = place,
        Remedy = "name a file with the classes as 'taxonomy'",
    });
}
