using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>A COCO file that is open for reading.</summary>
internal sealed class CocoDataset : OpenDataset
{
    private readonly CocoReader _stage;
    private readonly SourceFile[] _files;
    private readonly CocoIndex _index;
    private readonly CocoSource _source;
    private readonly CocoImages _images;
    private readonly MediaFolder? _media;
    private readonly bool[] _isKnownCategory;

    private CocoDataset(CocoReader stage, SourceFile[] files, CocoIndex index, Action<string> warn)
    {
        _stage = stage;
        _files = files;
        _index = index;
        _source = new CocoSource(files[^1], index, stage.ShortPolygons);
        _media = stage.Images is null ? null : new MediaFolder(stage.Images);
        Taxonomy taxonomy = CocoCategories.Read(files[0], index);
        var known = taxonomy.Categories.Select(c => c.Id).ToHashSet();
        _isKnownCategory = [.. index.CategoryIds.Select(id => !taxonomy.IsDeclared || known.Contains(id))];
        Info = new DatasetInfo
        {
            Taxonomy = taxonomy,
            Document = [.. index.Document],
            IsResults = index.IsResults,
        };
        _images = new CocoImages(files[0], index, stage);
        (Plan, Defects) = (_images.Link(_source, warn), _images.Strays);
        CocoIds.Report(files[^1], index, warn);
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, Problem Problem)> Defects { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => _stage.GroundTruth is { } surroundings
        ? [surroundings.FullPath, _stage.Annotations.FullPath]
        : [_stage.Annotations.FullPath];

    /// <summary>Opens and indexes the files of a reader.</summary>
    public static CocoDataset Open(CocoReader stage, StageContext context)
    {
        var files = new List<SourceFile>();
        try
        {
            var index = new CocoIndex();
            if (stage.GroundTruth is { } surroundings)
            {
                files.Add(SourceFile.Open(surroundings.FullPath, surroundings.Text));
                Scan(files[^1], index, CocoLists.Surroundings, context.Warn);
            }

            files.Add(SourceFile.Open(stage.Annotations.FullPath, stage.Annotations.Text));
            Scan(files[^1], index, files.Count > 1 ? CocoLists.Annotations : CocoLists.All, context.Warn);
            if (!index.Document.Exists(m => m.Name == "images" && m.Value is null))
                throw JsonFault.At(files[0], 0, "NO_IMAGES", "expected a list 'images' in the file, found none",
                    remedy: "check that this is a COCO file of images and annotations");
            return new CocoDataset(stage, [.. files], index, context.Warn);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        int image = _images.Planned[index];
        ImageEntry entry = _index.Images[image];
        if (entry.Problem is { } problem) throw new BadDataException(problem);
        ReadOnlySpan<int> ordinals = _images.AnnotationsOf(image);
        CheckRecords(ordinals);
        var instances = new Instance[ordinals.Length];
        for (int i = 0; i < instances.Length; i++) instances[i] = InstanceOf(ordinals[i]);
        return new Sample
        {
            Key = Plan[index].Key,
            Id = entry.Id,
            Frames = [new Frame(entry.Name ?? "", entry.WidthPx, entry.HeightPx) { Photo = PhotoOf(entry) }],
            Instances = [.. instances],
            SourceRecord = new JsonSlice(_files[0], entry.Record.Offset, entry.Record.LengthBytes),
        };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (SourceFile file in _files) file.Dispose();
        base.Dispose();
    }

    private static void Scan(SourceFile file, CocoIndex index, CocoLists takes, Action<string> warn)
    {
        var indexer = new CocoIndexer(file, index, takes);
        JsonRecordScanner.Scan(file, indexer, warn);
        indexer.Report(warn);
    }

    private Instance InstanceOf(int ordinal)
    {
        ref AnnotationEntry entry = ref _index.Annotations[ordinal];
        bool? isCrowd = entry.Crowd == CrowdMark.Absent ? null : entry.Crowd == CrowdMark.Yes;
        RecordId? category = entry.Category < 0 ? null : _index.CategoryIds[entry.Category];
        return new Instance(_source, ordinal, _index.AnnotationId(ordinal), category, isCrowd);
    }

    private void CheckRecords(ReadOnlySpan<int> ordinals)
    {
        List<Problem>? problems = null;
        foreach (int ordinal in ordinals)
        {
            ref AnnotationEntry entry = ref _index.Annotations[ordinal];
            if (entry.Crowd == CrowdMark.Other)
                (problems ??= []).Add(_source.ProblemOf(ordinal, "ISCROWD",
                    "expected iscrowd to be 0 or 1, found " + _source.ReadMember(ordinal, "iscrowd"), null));
            if (entry.Category >= 0 && !_isKnownCategory[entry.Category])
                (problems ??= []).Add(_source.ProblemOf(ordinal, "UNKNOWN_CATEGORY",
                    $"expected a category_id of the file's categories, found {_index.CategoryIds[entry.Category]}",
                    "add the category or correct the annotation"));
            if (_stage.NotNumbers == NotNumbers.Reject && entry.Marks.HasFlag(EntryMarks.NotNumbers))
                (problems ??= []).Add(_source.ProblemOf(ordinal, "NOT_A_NUMBER",
                    "expected numbers, found NaN or Infinity", null));
        }

        if (problems is not null) throw new BadDataException(problems);
    }

    private PhotoFile? PhotoOf(ImageEntry entry)
    {
        if (_media is null || entry.Name is null) return null;
        string name = entry.Name.Replace('\\', '/');
        if (_stage.StripPrefix.Length > 0 && name.StartsWith(_stage.StripPrefix, StringComparison.Ordinal))
            name = name[_stage.StripPrefix.Length..];
        if (_stage.FindBy != PhotoLookup.FileName)
            name = CocoNames.LastParts(name, _stage.FindBy == PhotoLookup.LastTwoParts ? 2 : 1);
        try
        {
            return _media.Find(name);
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = _files[0].Path,
                ByteOffset = entry.Record.Offset,
                Record = $"image {entry.Id}",
                Remedy = e.Remedy,
            }, e);
        }
    }
}
