using System.Collections.Immutable;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>Makes samples of rows.</summary>
internal sealed class RowSamples
{
    /// <summary>Names that the column of categories has, here and there.</summary>
    public static readonly IReadOnlySet<string> CategoryNames =
        new HashSet<string>(["category", "category_id", "categories", "label", "labels"], StringComparer.Ordinal);

    private static readonly HashSet<string> OfRows = new(
        ["key", "file_name", "image_id", "video_id", "id", "width", "height", "image", "frames", "objects", "extra"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> OfObjects = new(
        [.. CategoryNames, "id", "bbox_id", "bbox", "area", "iscrowd", "is_crowd", "score", "segmentation", "extra"],
        StringComparer.Ordinal);

    private readonly ParquetNode _schema;
    private readonly Taxonomy _taxonomy;
    private readonly bool _isVideo;
    private readonly MediaFolder? _images;

    /// <summary>Makes the samples of files with the same columns.</summary>
    public RowSamples(ParquetFile file, DatasetInfo info, InputPath? images, Action<string> warn)
    {
        (_schema, _taxonomy, _isVideo) = (file.Schema, info.Taxonomy, info.Kind == SampleKind.Video);
        _images = images is null ? null : new MediaFolder(images);
        foreach (ParquetNode column in _schema.Children)
            if (!OfRows.Contains(column.Name) && column.Leaves.Any(l => l.Meaning != ParquetMeaning.Text
                && l.Type is ParquetType.ByteArray or ParquetType.FixedLengthByteArray))
                warn($"the bytes of the column '{column.Name}' are left out");
    }

    /// <summary>The sample of a row.</summary>
    /// <exception cref="RecordFaultException">The row is not one of a sample.</exception>
    /// <param name="key">Key of the sample.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="row">Number of the row.</param>
    /// <param name="photo">Its picture, when that is read only once it is opened; null when the row has it or
    /// none.</param>
    public Sample Of(string key, DecodedRows rows, int row, Photo? photo)
    {
        var values = new RowValues(_schema.Children.ToDictionary(c => c.Name, c => rows.Read(c, row)));
        ImmutableSortedDictionary<string, string> others = values.Others(OfRows);
        return new Sample
        {
            Key = key,
            Kind = _isVideo ? SampleKind.Video : SampleKind.Image,
            Id = others.TryGetValue("id", out string? odd)
                ? RecordId.FromJson(odd)
                : values.Id("image_id", "video_id", "id"),
            Frames = _isVideo
                ? [.. Groups(values.Find("frames")).Select((f, i) => FrameOf(f, key, i))]
                : [FrameOf(values, key, 0, photo)],
            Instances = [.. Groups(values.Find("objects")).Select(InstanceOf)],
            ExtraMembers = others.Remove("id"),
        };
    }

    private Frame FrameOf(RowValues values, string key, int position, Photo? photo = null)
    {
        RowValues? image = values.Find("image") is Dictionary<string, object?> group ? new RowValues(group) : null;
        byte[]? bytes = (image?.Find("bytes") ?? values.Find("image")) as byte[];
        string? path = image?.Text("path") ?? values.Text("image");
        string name = values.Text("file_name") ?? path ?? key;
        return new Frame(name, SizeOf(values, "width"), SizeOf(values, "height"))
        {
            Position = Whole(values, "position", "FRAME_POSITION") ?? position,
            Photo = bytes is not null ? new EmbeddedPhoto(bytes) : photo ?? _images?.Find(path ?? name),
        };
    }

    private static int SizeOf(RowValues values, string name) => Whole(values, name, "IMAGE_SIZE") ?? 0;

    private static int? Whole(RowValues values, string name, string code) => values.Number(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and { } number when number == Math.Floor(number) => (int)number,
        { } other => throw new RecordFaultException(code,
            FormattableString.Invariant($"expected a whole number from 0 on as {name}, found {other}")),
    };

    private Instance InstanceOf(RowValues values)
    {
        ImmutableSortedDictionary<string, string> others = values.Others(OfObjects);
        Instance instance = new()
        {
            Id = others.TryGetValue("id", out string? id) ? RecordId.FromJson(id) : values.Id("id", "bbox_id"),
            CategoryId = others.TryGetValue("category_id", out string? category)
                ? RecordId.FromJson(category)
                : CategoryOf(values.Id([.. CategoryNames])),
            IsCrowd = values.Number("iscrowd", "is_crowd") is { } crowd ? crowd != 0 : null,
            Score = values.Number("score"),
            Boxes = Each(values.Find("bbox"), RowShapes.BoxOf),
            AreasPx = Each(values.Find("area"), area => RowValues.NumberOf(area, "area")),
            Segmentations = Each(values.Find("segmentation"), RowShapes.ShapeOf),
        };
        others = others.RemoveRange(["id", "category_id"]);
        return others.IsEmpty ? instance : instance with { ExtraMembers = others };
    }

    private ImmutableArray<T> Each<T>(object? value, Func<object?, T> make)
    {
        if (value is null) return [];
        return _isVideo ? [.. (RowValues.ListOf(value, "a list for each frame") ?? []).Select(make)] : [make(value)];
    }

    private RecordId? CategoryOf(RecordId? label)
    {
        if (label is not { IsInteger: true } whole || _taxonomy.Categories.Length == 0) return label;
        return whole.Number >= 0 && whole.Number < _taxonomy.Categories.Length
            ? _taxonomy.Categories[(int)whole.Number].Id
            : throw new RecordFaultException("UNKNOWN_CLASS",
                $"expected one of {_taxonomy.Categories.Length} class labels, found {whole.Number}");
    }

    /// <summary>The groups of a list; of a group of lists, one for each place in the lists.</summary>
    private static IEnumerable<RowValues> Groups(object? value)
    {
        if (value is null) return [];
        if (value is List<object?> list)
            return list.Select(i => new RowValues(i as Dictionary<string, object?> ?? []));
        if (value is not Dictionary<string, object?> columns)
            throw new RecordFaultException(
                "PARQUET_VALUE", "expected a list of groups or a group of lists as objects");
        var lists = columns.Where(c => c.Value is not null)
            .ToDictionary(c => c.Key, c => RowValues.ListOf(c.Value, $"objects.{c.Key}")!);
        int count = lists.Count == 0 ? 0 : lists.Max(c => c.Value.Count);
        foreach ((string name, List<object?> items) in lists)
            if (items.Count != count)
                throw new RecordFaultException(
                    "PARQUET_VALUE", $"expected {count} values as objects.{name}, found {items.Count}");
        return Enumerable.Range(0, count).Select(
            i => new RowValues(lists.ToDictionary(c => c.Key, c => c.Value[i])));
    }
}
