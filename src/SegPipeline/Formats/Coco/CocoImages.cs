using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>Joins annotations to their images and makes the plan.</summary>
internal sealed class CocoImages(SourceFile file, CocoIndex index, CocoReader stage)
{
    private readonly Dictionary<long, int> _byNumber = new(index.Images.Count);
    private readonly Dictionary<RecordId, int> _byText = [];
    private readonly List<int> _planned = new(index.Images.Count);
    private readonly List<(string Key, Problem Problem)> _strays = [];
    private int[] _starts = [];
    private int[] _ordinals = [];

    /// <summary>The ordinal of the image of each plan entry.</summary>
    public IReadOnlyList<int> Planned => _planned;

    /// <summary>Annotations that belong to no image.</summary>
    public IReadOnlyList<(string Key, Problem Problem)> Strays => _strays;

    /// <summary>The ordinals of the annotations of an image, in the file's order.</summary>
    public ReadOnlySpan<int> AnnotationsOf(int image) => _ordinals.AsSpan(_starts[image].._starts[image + 1]);

    /// <summary>Joins annotations to images.</summary>
    /// <exception cref="BadDataException">Two images have the same id or the same key.</exception>
    public PlanEntry[] Link(CocoSource source, Action<string> warn)
    {
        FindImages(warn);
        int[] counts = new int[index.Images.Count + 1];
        long[] costs = new long[index.Images.Count];
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            ref AnnotationEntry entry = ref index.Annotations[i];
            entry.Image = ImageOf(i, entry);
            if (entry.Image < 0)
            {
                _strays.Add((index.NameOf(i), StrayProblem(source, i)));
                continue;
            }

            counts[entry.Image + 1]++;
            costs[entry.Image] += entry.LengthBytes;
        }

        Group(counts);
        return PlanOf(costs);
    }

    private void FindImages(Action<string> warn)
    {
        int merged = 0;
        for (int i = 0; i < index.Images.Count; i++)
        {
            RecordId id = index.Images[i].Id;
            bool isNew = id.IsInteger ? _byNumber.TryAdd(id.Number, i) : _byText.TryAdd(id, i);
            if (isNew) _planned.Add(i);
            else if (stage.SameImages == SameImages.MergeEqual && IsEqual(i, Find(id))) merged++;
            else throw Duplicate(i, Find(id));
        }

        if (merged > 0) warn($"{file.Path} has {merged} images twice with equal records; each counts once");
    }

    private int Find(RecordId id) => id.IsInteger
        ? _byNumber.GetValueOrDefault(id.Number, -1)
        : _byText.GetValueOrDefault(id, -1);

    private int ImageOf(int ordinal, in AnnotationEntry entry)
    {
        if ((entry.Marks & (EntryMarks.HasImageId | EntryMarks.OddImageId)) == EntryMarks.HasImageId)
            return _byNumber.GetValueOrDefault(entry.ImageId, -1);
        return index.ImageId(ordinal) is { } id ? Find(id) : -1;
    }

    /// <summary>Sorts the annotations by image, keeping the file's order within each (a counting sort).</summary>
    private void Group(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++) counts[i] += counts[i - 1];
        _starts = counts;
        _ordinals = new int[counts[^1]];
        int[] next = counts[..^1];
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            int image = index.Annotations[i].Image;
            if (image >= 0) _ordinals[next[image]++] = i;
        }
    }

    private PlanEntry[] PlanOf(long[] costs)
    {
        var plan = new PlanEntry[_planned.Count];
        var known = new Dictionary<string, int>(plan.Length, StringComparer.Ordinal);
        for (int i = 0; i < plan.Length; i++)
        {
            ImageEntry image = index.Images[_planned[i]];
            plan[i] = new PlanEntry(KeyOf(image), image.Record.LengthBytes + costs[_planned[i]]);
            if (known.TryAdd(plan[i].Key, i)) continue;
            ImageEntry other = index.Images[_planned[known[plan[i].Key]]];
            throw JsonFault.At(file, image.Record.Offset, "DUPLICATE_KEY",
                $"expected every image to have a name of its own, found '{plan[i].Key}' as name of the images " +
                $"{other.Id} and {image.Id}", $"image {image.Id}", "rename one of them, or set key: id");
        }

        return plan;
    }

    private string KeyOf(ImageEntry image)
    {
        if (stage.Key == CocoKey.FileName && image.Name is { Length: > 0 } name) return name.Replace('\\', '/');
        if (stage.Key == CocoKey.FileName)
            throw JsonFault.At(file, image.Record.Offset, "NO_FILE_NAME",
                "expected an image to have a file_name or a coco_url, found neither", $"image {image.Id}",
                "add the file name, or set key: id");
        return image.Id.IsInteger
            ? image.Id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : JsonText.Unquote(image.Id.JsonText);
    }

    private Problem StrayProblem(CocoSource source, int ordinal) => index.ImageId(ordinal) is { } id
        ? source.ProblemOf(ordinal, "UNKNOWN_IMAGE",
            $"expected an image_id of the file's images, found {id}", "add the image or remove the annotation")
        : source.ProblemOf(ordinal, "NO_IMAGE_ID",
            "expected an annotation to have an image_id, found none", "add it or remove the annotation");

    private bool IsEqual(int first, int second) =>
        Load(index.Images[first].Record).AsSpan().SequenceEqual(Load(index.Images[second].Record));

    private byte[] Load(JsonRange range) => new JsonSlice(file, range.Offset, range.LengthBytes).Load();

    private BadDataException Duplicate(int image, int earlier)
    {
        ImageEntry one = index.Images[earlier], two = index.Images[image];
        return JsonFault.At(file, two.Record.Offset, "DUPLICATE_IMAGE",
            $"expected every image to have an id of its own, found {two.Id} as id of '{one.Name}' (byte " +
            $"{one.Record.Offset}) and '{two.Name}'", $"image {two.Id}", IsEqual(image, earlier)
                ? "remove one of them, or set same_images: merge_equal"
                : "give one of them another id");
    }
}
