using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>A panoptic file and its PNGs that are open for reading.</summary>
internal sealed class CocoPanopticDataset : OpenDataset
{
    private const long ImageCostBytes = 1 << 20;
    private const int MostNamed = 5;

    private static readonly LabelRoles VoidIsZero = new() { Background = null, Void = 0 };

    private readonly CocoPanopticReader _stage;
    private readonly ScannedFiles _files;
    private readonly AnnotationRecords _records;
    private readonly PanopticRecords _annotations;
    private readonly FolderListing _pngs;
    private readonly MediaFolder _folder;
    private readonly MediaFolder? _media;
    private readonly HashSet<RecordId>? _categories;

    private CocoPanopticDataset(
        CocoPanopticReader stage, AnnotationInput input, ScannedFiles files, Action<string> warn)
    {
        _stage = stage;
        _files = files;
        _pngs = FolderListing.Of(stage.Folder,
            new ListingOptions { Extensions = [".png"], EmptyFiles = EmptyFiles.List });
        _pngs.Report(warn);
        _folder = new MediaFolder(stage.Folder);
        _media = stage.Images is null ? null : new MediaFolder(stage.Images);
        _annotations = new PanopticRecords(files.Annotations, files.Index);
        _records = new AnnotationRecords(
            input, AnnotationLayout.Images, files, _annotations, planned => [.. planned.Select(KeyOf)], warn);
        Taxonomy taxonomy = _records.Info.Taxonomy;
        _categories = taxonomy.IsDeclared ? [.. taxonomy.Categories.Select(c => c.Id)] : null;
        Plan = [.. _records.Plan.Select(p => p with { CostBytes = p.CostBytes + ImageCostBytes })];
        int bare = Enumerable.Range(0, Plan.Count).Count(i => _records.AnnotationsAt(i).IsEmpty);
        if (bare > 0)
            warn($"{Counted.Of(bare, "image")} of {stage.Annotations} without an annotation: " +
                "nothing is known of the pixels");
    }

    /// <inheritdoc/>
    public override DatasetInfo Info => _records.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, Problem Problem)> Defects => _records.Defects;

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
        [.. _records.InputFiles, .. _pngs.Files.Select(_pngs.PathOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<SourceFile> SourceFiles => _files.Files;

    /// <summary>Opens and indexes the file of a reader.</summary>
    public static CocoPanopticDataset Open(CocoPanopticReader stage, StageContext context)
    {
        var input = new AnnotationInput(stage.Annotations, GroundTruth: null) { SameRecords = stage.SameImages };
        ScannedFiles files = ScannedFiles.Scan(
            input, AnnotationLayout.Images, (file, index) => new ImageIndexer(file, index), context.Warn);
        try
        {
            return new CocoPanopticDataset(stage, input, files, context.Warn);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        SampleEntry image = _records.SampleAt(index);
        ReadOnlySpan<int> ordinals = _records.AnnotationsAt(index);
        if (ordinals.Length > 1)
            throw At(image, ordinals[1], new RecordFaultException("DUPLICATE_ANNOTATION",
                $"expected one annotation for an image, found {ordinals.Length}",
                "remove all but one; a file of objects, without segments_info, is for read.coco"));
        var sample = new Sample
        {
            Key = Plan[index].Key,
            Id = image.Id,
            SourceRecord = _records.RecordOf(image),
            Frames = [new Frame(image.Name ?? "", image.WidthPx, image.HeightPx) { Photo = PhotoOf(image) }],
        };
        if (ordinals.IsEmpty) return sample;
        int ordinal = ordinals[0];
        try
        {
            return WithSegments(sample, image, ordinal);
        }
        catch (RecordFaultException e)
        {
            throw At(image, ordinal, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _files.Dispose();
        base.Dispose();
    }

    private Sample WithSegments(Sample sample, SampleEntry image, int ordinal)
    {
        JsonSlice record = _annotations.Record(ordinal)!.Value;
        byte[] text = record.Load();
        PanopticAnnotation annotation = PanopticAnnotation.Read(text);
        CheckCategories(annotation);
        string name = annotation.FileName ?? Path.ChangeExtension(sample.Key, ".png");
        string place = $"{_stage.Folder}/{name}";
        LabelImage<uint> ids = IdFile.Read(_folder.Find(name).FilePath, place);
        Frame frame = sample.Frame;
        if (frame is { WidthPx: > 0, HeightPx: > 0 })
            LabelSize.Check(place, ids.HeightPx, ids.WidthPx, $"image {image.Id}", frame.HeightPx, frame.WidthPx);
        LabelRegions regions = LabelRegions.Of(ids.Pixels, VoidIsZero);
        Mask[] masks = Matched(annotation.Segments, regions, place, image);
        var source = new SegmentSource(record, text, annotation.Segments, masks, e => At(image, ordinal, e));
        return sample with
        {
            AnnotationRecord = record,
            Frames =
            [
                frame with
                {
                    WidthPx = ids.WidthPx,
                    HeightPx = ids.HeightPx,
                    Void = regions.Void is { } pixels
                        ? new MaskSegmentation(pixels, SegmentationForm.LabelRegion)
                        : null,
                },
            ],
            Instances = [.. annotation.Segments.Select((s, i) => InstanceOf(source, i, s))],
        };
    }

    private static Instance InstanceOf(SegmentSource source, int ordinal, SegmentRecord segment) =>
        new(source, ordinal, id: null, segment.CategoryId, segment.IsCrowd)
        {
            ExtraMembers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("object_id", segment.Id.ToString(CultureInfo.InvariantCulture)),
        };

    /// <summary>The pixels of the segments, in their order.</summary>
    private static Mask[] Matched(
        ImmutableArray<SegmentRecord> segments, LabelRegions regions, string place, SampleEntry image)
    {
        Dictionary<uint, Mask> masks = regions.Objects.ToDictionary(r => r.Label, r => r.Mask);
        uint[] bare = [.. segments.Select(s => s.Id).Where(id => !masks.ContainsKey(id))];
        uint[] unknown = [.. masks.Keys.Except(segments.Select(s => s.Id))];
        if (bare.Length == 0 && unknown.Length == 0) return [.. segments.Select(s => masks[s.Id])];
        string[] found =
        [
            .. bare.Length > 0 ? new[] { $"no pixel of {Named(bare)}" } : [],
            .. unknown.Length > 0 ? new[] { $"pixels of {Named(unknown)}, which segments_info lacks" } : [],
        ];
        throw new BadDataException(new Problem("SEGMENT_SET",
            "expected the pixels of all segments of segments_info and of no other, found " +
            string.Join(" and ", found))
        {
            File = place,
            Record = $"image {image.Id}",
            Remedy = "fetch the JSON file and the PNG of one release, or correct one of them",
        });
    }

    private static string Named(uint[] ids) =>
        $"segment{(ids.Length > 1 ? "s" : "")} {string.Join(", ", ids.OrderBy(id => id).Take(MostNamed))}" +
        (ids.Length > MostNamed ? $" and {ids.Length - MostNamed} more" : "");

    private void CheckCategories(PanopticAnnotation annotation)
    {
        foreach (SegmentRecord segment in annotation.Segments)
            if (segment.CategoryId is { } id && _categories?.Contains(id) == false)
                throw new RecordFaultException("UNKNOWN_CATEGORY",
                    $"expected a category_id of the file's categories, found {id} in segment {segment.Id}",
                    "add the category or correct the segment");
    }

    private string KeyOf(int ordinal)
    {
        SampleEntry image = _files.Index.Samples[ordinal];
        return image.Name is { Length: > 0 } name
            ? name.Replace('\\', '/')
            : throw JsonFault.At(_files.Surroundings, image.Record.Offset, "NO_FILE_NAME",
                "expected an image to have a file_name or a coco_url, found neither", $"image {image.Id}",
                "add the file name");
    }

    private PhotoFile? PhotoOf(SampleEntry image)
    {
        if (_media is null || image.Name is null) return null;
        try
        {
            return _media.Find(image.Name);
        }
        catch (RecordFaultException e)
        {
            throw _records.FaultIn(image, e);
        }
    }

    private BadDataException At(SampleEntry image, int ordinal, RecordFaultException fault) => new(
        _annotations.ProblemOf(ordinal, fault.Code, fault.Message, fault.Remedy) with { Record = $"image {image.Id}" },
        fault);
}
