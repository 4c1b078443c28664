using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>A COCO file that is being written.</summary>
internal sealed class CocoOutput(CocoWriter stage, DatasetInfo info, IReleaseFolder release) : OpenOutput
{
    private readonly RecordSpool _images = new(release);
    private readonly RecordSpool _annotations = new(release);
    private readonly TextBuffer _text = new();
    private readonly HashSet<RecordId> _imageIds = [];
    private readonly CocoIdMap? _idMap = stage.IdMap is null ? null : new CocoIdMap();
    private readonly HashSet<RecordId>? _categories =
        info.Taxonomy.IsDeclared ? [.. info.Taxonomy.Categories.Select(c => c.Id)] : null;
    private long _lastImageNumber;
    private long _lastAnnotationNumber;

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        var chunk = new EncodedChunk();
        using var images = new CocoImageEncoder(stage, chunk);
        using var annotations = new CocoAnnotationEncoder(stage, chunk);
        foreach (Sample sample in samples)
        {
            images.Encode(sample);
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
        foreach (EncodedImage image in chunk.Images)
        {
            long number = AppendImage(image, chunk);
            for (int end = next + image.AnnotationCount; next < end; next++)
                AppendAnnotation(chunk.Annotations[next], number, chunk);
        }
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        using (Stream file = release.CreateFile(stage.File))
        using (var output = new StreamOutput(file))
        {
            var document = new CocoDocument(info, output);
            if (stage.As == CocoLayout.Results) document.WriteResults(_annotations.Count, WriteAnnotations);
            else document.Write(_images.Count, WriteImages, _annotations.Count, WriteAnnotations);
            output.Flush();
        }

        if (stage.As == CocoLayout.Dataset) release.CountRecords(stage.File, "images", _images.Count);
        release.CountRecords(stage.File, "annotations", _annotations.Count);
        if (_idMap is null) return;
        using Stream map = release.CreateFile(stage.IdMap!.Value);
        _idMap.Write(map);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _images.Dispose();
        _annotations.Dispose();
        _text.Dispose();
        base.Dispose();
    }

    private void CheckCategory(Sample sample, Instance instance)
    {
        if (_categories is null || instance.CategoryId is not { } id || _categories.Contains(id)) return;
        throw new BadDataException(new Problem("UNKNOWN_CATEGORY",
            $"expected a category of the dataset, found {id} in an annotation of '{sample.Key}'")
        {
            Record = instance.Id is { } number ? $"annotation {number}" : null,
            Remedy = "map or drop the category before it is written",
        });
    }

    private long AppendImage(EncodedImage image, EncodedChunk chunk)
    {
        long number = image.Id is { IsInteger: true } id ? id.Number : 0;
        if (image.Id is null) number = _lastImageNumber + 1;
        if (!_imageIds.Add(image.Id ?? new RecordId(number))) throw Duplicate(image.Id ?? new RecordId(number));
        _lastImageNumber = Math.Max(_lastImageNumber, number);
        _idMap?.AddImage(image.Id ?? new RecordId(number), image.OldId);
        if (image.Photo is { } photo) release.AddPhoto(photo.Name, photo.Photo, stage.Images);
        if (image.Text.Source is { } source) _images.Add(source, RecordOrder.None);
        else _images.Add(Filled(chunk, image.Text, image.Text.IdAt, number), -1, RecordOrder.None);
        return number;
    }

    private void AppendAnnotation(in EncodedAnnotation annotation, long imageNumber, EncodedChunk chunk)
    {
        if (annotation.Id is { } id) _lastAnnotationNumber = Math.Max(_lastAnnotationNumber, id);
        _idMap?.AddAnnotation(annotation.Text.IdAt < 0 ? annotation.OldId : null, annotation.OldId);
        if (annotation.Text.Source is { } source)
        {
            _annotations.Add(source, annotation.Order);
            return;
        }

        ReadOnlySpan<byte> text = Filled(chunk, annotation.Text, annotation.Text.ImageIdAt, imageNumber);
        int idAt = annotation.Text.IdAt;
        if (idAt > annotation.Text.ImageIdAt) idAt += text.Length - annotation.Text.LengthBytes;
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

    private void WriteImages(StreamOutput output) => _images.Write(output, firstNumber: 1);

    private void WriteAnnotations(StreamOutput output) =>
        _annotations.Write(output, _lastAnnotationNumber + 1, _idMap is null ? null : _idMap.Number);

    private BadDataException Duplicate(RecordId id) => new(new Problem("DUPLICATE_IMAGE",
        $"expected every image to have an id of its own, found {id} twice")
    {
        File = stage.File.Value,
        Remedy = "set ids: dense",
    });
}
