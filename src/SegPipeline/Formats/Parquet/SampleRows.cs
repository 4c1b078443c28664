using System.Collections.Immutable;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>Writes samples as rows: one row for each.</summary>
internal sealed class SampleRows
{
    private static readonly OtherMembers OfSamples = new("id", "file_name", "file_names", "width", "height");

    private static readonly OtherMembers OfObjects = new("id", "image_id", "video_id", "category_id", "iscrowd",
        "score", "bbox", "bboxes", "area", "areas", "segmentation", "segmentations");

    private readonly ParquetNode _schema;
    private readonly ParquetNode _id, _category, _crowd, _score, _box, _area, _shape, _extra;
    private readonly ShapeColumns _shapes;
    private readonly ParquetImages _images;
    private readonly bool _isVideo;
    private readonly bool _isDeclared;
    private readonly Dictionary<RecordId, int> _labels = [];

    /// <summary>Writes the samples of a dataset.</summary>
    public SampleRows(DatasetInfo info, ParquetNode schema, ParquetImages images)
    {
        (_schema, _images, _isVideo) = (schema, images, info.Kind == SampleKind.Video);
        ParquetNode fields = schema["objects"]!.Items;
        (_id, _category, _crowd, _score) =
            (fields["id"]!, fields["category"]!, fields["iscrowd"]!, fields["score"]!);
        (_box, _area, _shape, _extra) = (fields["bbox"]!, fields["area"]!, fields["segmentation"]!, fields["extra"]!);
        _shapes = _isVideo ? new ShapeColumns(_shape.Items, _box.Items) : new ShapeColumns(_shape, _box);
        _isDeclared = info.Taxonomy.Categories.Length > 0;
        foreach (Category category in info.Taxonomy.Categories) _labels.TryAdd(category.Id, _labels.Count);
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="BadDataException">A record is malformed, or a picture cannot be read.</exception>
    public void Add(RowBatch rows, Sample sample)
    {
        rows.Add(_schema[_isVideo ? "video_id" : "image_id"]!, 0, Whole(sample.Id));
        rows.Add(_schema["key"]!, 0, sample.Key);
        Frame? first = sample.Frames.IsEmpty ? null : sample.Frame;
        rows.Add(_schema["width"]!, 0, Size(first?.WidthPx));
        rows.Add(_schema["height"]!, 0, Size(first?.HeightPx));
        if (_isVideo) AddFrames(rows, sample.Frames);
        else AddPicture(rows, _schema, 0, sample.Frame);
        AddObjects(rows, sample);
        rows.Add(_schema["extra"]!, 0,
            OfSamples.Gather(sample.SourceRecord, sample.ExtraMembers, ("id", Odd(sample.Id))));
        rows.EndRow();
    }

    private void AddFrames(RowBatch rows, ImmutableArray<Frame> frames)
    {
        ParquetNode list = _schema["frames"]!, item = list.Items;
        if (!rows.BeginList(list, 0, frames.Length)) return;
        for (int f = 0; f < frames.Length; f++)
        {
            int repetition = RowBatch.RepetitionOf(list, 0, f);
            rows.Add(item["position"]!, repetition, (long)frames[f].Position);
            rows.Add(item["width"]!, repetition, Size(frames[f].WidthPx));
            rows.Add(item["height"]!, repetition, Size(frames[f].HeightPx));
            AddPicture(rows, item, repetition, frames[f]);
        }
    }

    private void AddPicture(RowBatch rows, ParquetNode parent, int repetition, Frame frame)
    {
        rows.Add(parent["file_name"]!, repetition, frame.Name);
        ParquetNode image = parent["image"]!;
        if (_images == ParquetImages.Path)
        {
            rows.Null(image["bytes"]!, repetition);
            rows.Add(image["path"]!, repetition, frame.Name);
            return;
        }

        Photo photo = WantedPicture.Of(frame, MediaTransfer.Copy);
        using var memory = new MemoryStream();
        using (Stream stream = photo.OpenRead()) stream.CopyTo(memory);
        rows.Add(image["bytes"]!, repetition, memory.GetBuffer().AsSpan(0, (int)memory.Length));
        rows.Add(image["path"]!, repetition, NameParts.Last(frame.Name.Replace('\\', '/'), 1));
    }

    private void AddObjects(RowBatch rows, Sample sample)
    {
        ParquetNode list = _schema["objects"]!;
        if (!rows.BeginList(list, 0, sample.Instances.Length)) return;
        for (int i = 0; i < sample.Instances.Length; i++)
            AddObject(rows, RowBatch.RepetitionOf(list, 0, i), sample.Instances[i]);
    }

    private void AddObject(RowBatch rows, int repetition, Instance instance)
    {
        (long? category, string? oddCategory) = CategoryOf(instance.CategoryId);
        rows.Add(_id, repetition, Whole(instance.Id));
        rows.Add(_category, repetition, category);
        rows.Add(_crowd, repetition, instance.IsCrowd is { } isCrowd ? (isCrowd ? 1L : 0L) : null);
        rows.Add(_score, repetition, instance.Score);
        if (_isVideo)
        {
            AddEach(rows, _box, repetition, instance.Boxes, _shapes.Write);
            AddEach(rows, _area, repetition, instance.AreasPx,
                (r, level, area) => r.Add(_area.Items, level, area));
            AddEach(rows, _shape, repetition, instance.Segmentations, _shapes.Write);
        }
        else
        {
            _shapes.Write(rows, repetition, instance.Box);
            rows.Add(_area, repetition, instance.AreaPx);
            _shapes.Write(rows, repetition, instance.Segmentation);
        }

        rows.Add(_extra, repetition, OfObjects.Gather(
            instance.SourceRecord, instance.ExtraMembers,
            ("id", Odd(instance.Id)), ("category_id", oddCategory)));
    }

    private static void AddEach<T>(
        RowBatch rows, ParquetNode list, int repetition, ImmutableArray<T> values, Action<RowBatch, int, T> write)
    {
        if (values.IsDefaultOrEmpty)
        {
            rows.Null(list, repetition);
            return;
        }

        for (int f = 0; f < values.Length; f++) write(rows, RowBatch.RepetitionOf(list, repetition, f), values[f]);
    }

    private (long? Label, string? Odd) CategoryOf(RecordId? id)
    {
        if (id is not { } known) return (null, null);
        if (!_isDeclared) return (Whole(known), Odd(known));
        return _labels.TryGetValue(known, out int label) ? (label, null) : (null, known.JsonText);
    }

    private static long? Whole(RecordId? id) => id is { IsInteger: true } whole ? whole.Number : null;

    /// <summary>The text of an id that is more than its whole number.</summary>
    private static string? Odd(RecordId? id) => id is { IsPlain: false } odd ? odd.JsonText : null;

    private static long? Size(int? px) => px is > 0 ? px : null;
}
