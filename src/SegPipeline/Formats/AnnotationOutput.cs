using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>An annotation file that is being written.</summary>
/// <param name="target">What the writer was told.</param>
/// <param name="members">Writes the members of the format.</param>
/// <param name="info">What is known about the dataset.</param>
/// <param name="release">Where to write.</param>
/// <param name="warn">Told of ids that several annotations have.</param>
internal sealed class AnnotationOutput(
    AnnotationTarget target, RecordMembers members, DatasetInfo info, IReleaseFolder release, Action<string> warn)
    : OpenOutput
{
    private readonly RecordSpool _samples = new(release);
    private readonly RecordSpool _annotations = new(release);
    private readonly TextBuffer _text = new();
    private readonly HashSet<RecordId> _sampleIds = [];
    private readonly List<long> _annotationIds = [];
    private readonly WrittenIds? _idMap = target.IdMap is null ? null : new WrittenIds(target.Layout);
    private readonly HashSet<RecordId>? _categories =
        info.Taxonomy.IsDeclared ? [.. info.Taxonomy.Categories.Select(c => c.Id)] : null;
    private long _lastSampleNumber;
    private long _lastAnnotationNumber;

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        var chunk = new EncodedChunk();
        using var records = new SampleEncoder(target, members, chunk);
        using var annotations = new AnnotationEncoder(target, members, chunk);
        foreach (Sample sample in samples)
        {
            records.Encode(sample);
            foreach (Instance instance in sample.Instances)
            {
                CheckCategory(sample, instance);
                annotations.Encode(sample, instance);
            }
        }

        return chunk;
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        using var chunk = (EncodedChunk)encoded;
        int next = 0;
        foreach (EncodedSample sample in chunk.Samples)
        {
            long number = AppendSample(sample, chunk);
            for (int end = next + sample.AnnotationCount; next < end; next++)
                AppendAnnotation(chunk.Annotations[next], number, chunk);
        }
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal) =>
        SavedChunk.Save((EncodedChunk)encoded, journal);

    /// <inheritdoc/>
    public override object Load(JournalReader journal) => SavedChunk.Load(journal);

    /// <inheritdoc/>
    public override void Finish()
    {
        using (Stream file = release.CreateFile(target.File))
        using (var output = new StreamOutput(file))
        {
            var document = new AnnotationDocument(target.Layout, info, output);
            if (target.As == FileContent.Results) document.WriteResults(_annotations.Count, WriteAnnotations);
            else document.Write(_samples.Count, WriteSamples, _annotations.Count, WriteAnnotations);
            output.Flush();
        }

        if (target.As == FileContent.Dataset) release.CountRecords(target.File, target.Layout.List, _samples.Count);
        release.CountRecords(target.File, "annotations", _annotations.Count);
        RepeatedIds.ReportWritten(target.File, _annotationIds, warn);
        if (_idMap is null) return;
        using Stream map = release.CreateFile(target.IdMap!.Value);
        _idMap.Write(map);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables => target.As == FileContent.Results
        ? AnnotationTables.OfResults(target, _annotations.Members)
        : AnnotationTables.OfDataset(target, _samples.Members, _annotations.Members, info.Taxonomy);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _samples.Dispose();
        _annotations.Dispose();
        _text.Dispose();
        base.Dispose();
    }

    /// <summary>Makes sure that the category of an instance is one of the dataset.</summary>
    /// <exception cref="BadDataException"><c>UNKNOWN_CATEGORY</c>: it is not.</exception>
    public void CheckCategory(Sample sample, Instance instance)
    {
        if (_categories is null || instance.CategoryId is not { } id || _categories.Contains(id)) return;
        throw new BadDataException(new Problem("UNKNOWN_CATEGORY",
            $"expected a category of the dataset, found {id} in an annotation of '{sample.Key}'")
        {
            Record = instance.Id is { } number ? $"annotation {number}" : null,
            Remedy = "map or drop the category before it is written",
        });
    }

    private long AppendSample(EncodedSample sample, EncodedChunk chunk)
    {
        long number = sample.Id is { IsInteger: true } id ? id.Number : 0;
        if (sample.Id is null) number = _lastSampleNumber + 1;
        if (!_sampleIds.Add(sample.Id ?? new RecordId(number))) throw Duplicate(sample.Id ?? new RecordId(number));
        _lastSampleNumber = Math.Max(_lastSampleNumber, number);
        _idMap?.AddSample(sample.Id ?? new RecordId(number), sample.OldId);
        foreach ((ReleaseName name, Photo photo) in sample.Photos) release.AddPhoto(name, photo, target.Media);
        if (sample.Text.Source is { } source) _samples.Add(source, RecordOrder.None);
        else _samples.Add(Filled(chunk, sample.Text, sample.Text.IdAt, number), -1, RecordOrder.None);
        return number;
    }

    private void AppendAnnotation(in EncodedAnnotation annotation, long sampleNumber, EncodedChunk chunk)
    {
        if (annotation.Id is { } id)
        {
            _lastAnnotationNumber = Math.Max(_lastAnnotationNumber, id);
            _annotationIds.Add(id);
        }

        _idMap?.AddAnnotation(annotation.Text.IdAt < 0 ? annotation.OldId : null, annotation.OldId);
        if (annotation.Text.Source is { } source)
        {
            _annotations.Add(source, annotation.Order);
            return;
        }

        ReadOnlySpan<byte> text = Filled(chunk, annotation.Text, annotation.Text.SampleIdAt, sampleNumber);
        int idAt = annotation.Text.IdAt;
        if (idAt > annotation.Text.SampleIdAt) idAt += text.Length - annotation.Text.LengthBytes;
        _annotations.Add(text, idAt, annotation.Order);
    }

    /// <summary>The text of a record with a number put in.</summary>
    private ReadOnlySpan<byte> Filled(EncodedChunk chunk, in EncodedText text, int at, long number)
    {
        ReadOnlySpan<byte> record = chunk.Text.Written.Slice(text.From, text.LengthBytes);
        if (at < 0) return record;
        _text.Clear();
        _text.Write(record[..at]);
        JsonText.WriteNumber(_text, number);
        _text.Write(record[at..]);
        return _text.Written;
    }

    private void WriteSamples(StreamOutput output) => _samples.Write(output, firstNumber: 1);

    private void WriteAnnotations(StreamOutput output) =>
        _annotations.Write(output, _lastAnnotationNumber + 1, _idMap is null ? null : _idMap.Number);

    private BadDataException Duplicate(RecordId id) => new(new Problem($"DUPLICATE_{target.Layout.Code}",
        $"expected every {target.Layout.Sample} to have an id of its own, found {id} twice")
    {
        File = target.File.Value,
        Remedy = "set ids: dense",
    });
}
