using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>The samples and annotations of an annotation file, joined.</summary>
internal sealed class AnnotationRecords
{
    private readonly AnnotationInput _input;
    private readonly AnnotationLayout _layout;
    private readonly ScannedFiles _files;
    private readonly AnnotationSource _source;
    private readonly AnnotationLinks _links;
    private readonly bool[] _isKnownCategory;

    /// <summary>Joins what was found in the files.</summary>
    /// <param name="input">What the reader was told to read.</param>
    /// <param name="layout">What the samples are called.</param>
    /// <param name="files">What was found.</param>
    /// <param name="source">Reads the values of annotations.</param>
    /// <param name="keysOf">The keys of the samples with given ordinals.</param>
    /// <param name="warn">Told of what is odd.</param>
    /// <exception cref="BadDataException">Ids or keys are not unique, or a category has none.</exception>
    public AnnotationRecords(
        AnnotationInput input, AnnotationLayout layout, ScannedFiles files, AnnotationSource source,
        Func<IReadOnlyList<int>, IReadOnlyList<string>> keysOf, Action<string> warn)
    {
        (_input, _layout, _files, _source) = (input, layout, files, source);
        Taxonomy taxonomy = CategoryRecords.Read(files.Surroundings, files.Index);
        var known = taxonomy.Categories.Select(c => c.Id).ToHashSet();
        _isKnownCategory = [.. files.Index.CategoryIds.Select(id => !taxonomy.IsDeclared || known.Contains(id))];
        Info = new DatasetInfo
        {
            Kind = layout.Kind,
            Taxonomy = taxonomy,
            Document = [.. files.Index.Document],
            IsResults = files.Index.IsResults,
        };
        _links = new AnnotationLinks(files.Surroundings, files.Index, layout, input.SameRecords);
        Plan = _links.Link(source, keysOf, warn);
        RepeatedIds.Report(files.Annotations, files.Index, warn);
    }

    /// <inheritdoc cref="OpenDataset.Info"/>
    public DatasetInfo Info { get; }

    /// <inheritdoc cref="OpenDataset.Plan"/>
    public IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc cref="OpenDataset.Defects"/>
    public IReadOnlyList<(string Key, Problem Problem)> Defects => _links.Strays;

    /// <inheritdoc cref="OpenDataset.InputFiles"/>
    public IReadOnlyList<string> InputFiles => [.. _input.Files.Select(f => f.FullPath)];

    /// <summary>The image or video of a plan entry.</summary>
    /// <exception cref="BadDataException">Its record is bad.</exception>
    public SampleEntry SampleAt(int index)
    {
        SampleEntry sample = _files.Index.Samples[_links.Planned[index]];
        return sample.Problem is { } problem ? throw new BadDataException(problem) : sample;
    }

    /// <summary>The record of a sample.</summary>
    public JsonSlice RecordOf(SampleEntry sample) =>
        new(_files.Surroundings, sample.Record.Offset, sample.Record.LengthBytes);

    /// <summary>The ordinals of the annotations of a plan entry.</summary>
    public ReadOnlySpan<int> AnnotationsAt(int index) => _links.AnnotationsOf(_links.Planned[index]);

    /// <summary>The annotations of a plan entry.</summary>
    /// <exception cref="BadDataException">One of them cannot be what it says.</exception>
    public Instance[] InstancesAt(int index)
    {
        ReadOnlySpan<int> ordinals = AnnotationsAt(index);
        CheckRecords(ordinals);
        var instances = new Instance[ordinals.Length];
        for (int i = 0; i < instances.Length; i++) instances[i] = InstanceOf(ordinals[i]);
        return instances;
    }

    /// <summary>A fault in the record of a sample, with its place.</summary>
    public BadDataException FaultIn(SampleEntry sample, RecordFaultException fault) =>
        new(new Problem(fault.Code, fault.Message)
        {
            File = _files.Surroundings.Path,
            ByteOffset = sample.Record.Offset,
            Record = $"{_layout.Sample} {sample.Id}",
            Remedy = fault.Remedy ?? "correct the record",
        }, fault);

    private Instance InstanceOf(int ordinal)
    {
        ref AnnotationEntry entry = ref _files.Index.Annotations[ordinal];
        bool? isCrowd = entry.Crowd == CrowdMark.Absent ? null : entry.Crowd == CrowdMark.Yes;
        RecordId? category = entry.Category < 0 ? null : _files.Index.CategoryIds[entry.Category];
        return new Instance(_source, ordinal, _files.Index.AnnotationId(ordinal), category, isCrowd);
    }

    private void CheckRecords(ReadOnlySpan<int> ordinals)
    {
        List<Problem>? problems = null;
        foreach (int ordinal in ordinals)
        {
            ref AnnotationEntry entry = ref _files.Index.Annotations[ordinal];
            if (entry.Crowd == CrowdMark.Other)
                (problems ??= []).Add(_source.ProblemOf(ordinal, "ISCROWD",
                    "expected iscrowd to be 0 or 1, found " + _source.ReadMember(ordinal, "iscrowd"), null));
            if (entry.Category >= 0 && !_isKnownCategory[entry.Category])
                (problems ??= []).Add(_source.ProblemOf(ordinal, "UNKNOWN_CATEGORY",
                    "expected a category_id of the file's categories, found " +
                    _files.Index.CategoryIds[entry.Category],
                    "add the category or correct the annotation"));
            if (_input.NotNumbers == NotNumbers.Reject && entry.Marks.HasFlag(EntryMarks.NotNumbers))
                (problems ??= []).Add(_source.ProblemOf(ordinal, "NOT_A_NUMBER",
                    "expected numbers, found NaN or Infinity", null));
        }

        if (problems is not null) throw new BadDataException(problems);
    }
}
