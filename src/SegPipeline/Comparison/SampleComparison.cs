using SegPipeline.Model;

namespace SegPipeline.Comparison;

/// <summary>Compares two versions of a sample.</summary>
/// <param name="categories">Which category is which.</param>
internal sealed class SampleComparison(CategoryPairs categories)
{
    // What is compared as such, and what follows from ids of images and videos.
    private static readonly HashSet<string> OwnOfInstances = new(StringComparer.Ordinal)
    {
        "id", "image_id", "video_id", "category_id", "segmentation", "segmentations",
    };

    // The segments of a panoptic image are its instances.
    private static readonly HashSet<string> OwnOfSamples = new(StringComparer.Ordinal) { "segments_info" };

    /// <summary>Counts what is different.</summary>
    public void Compare(Sample before, Sample after, ChangeTally tally)
    {
        CompareSamples(before, after, tally);
        if (AreVerbatim(before, after)) return;
        var pairs = new InstancePairs(
            before.Instances.Select(i => new ComparedInstance(i, categories.NameBefore(i.CategoryId))),
            after.Instances.Select(i => new ComparedInstance(i, categories.NameAfter(i.CategoryId))));
        foreach (var (old, now) in pairs.Pairs) ComparePair(before, old, after, now, tally);
        foreach (ComparedInstance removed in pairs.Removed)
            tally.Add(ChangeOf(ChangeKind.InstanceRemoved, before, removed, detail: null));
        foreach (ComparedInstance added in pairs.Added)
            tally.Add(ChangeOf(ChangeKind.InstanceAdded, after, added, detail: null));
    }

    /// <summary>Counts a sample that only one version has, with its instances.</summary>
    public void CompareWithNone(Sample sample, bool isAdded, ChangeTally tally)
    {
        tally.Add(new Change(isAdded ? ChangeKind.SampleAdded : ChangeKind.SampleRemoved, sample.Key));
        ChangeKind kind = isAdded ? ChangeKind.InstanceAdded : ChangeKind.InstanceRemoved;
        foreach (Instance instance in sample.Instances)
        {
            string category = isAdded
                ? categories.NameAfter(instance.CategoryId)
                : categories.NameBefore(instance.CategoryId);
            tally.Add(ChangeOf(kind, sample, new ComparedInstance(instance, category), detail: null));
        }
    }

    // The usual case by far, told without a look into any record.
    private bool AreVerbatim(Sample before, Sample after)
    {
        if (!categories.KeepIds || before.Instances.Length != after.Instances.Length) return false;
        for (int i = 0; i < before.Instances.Length; i++)
            if (!RecordComparison.AreSame(before.Instances[i].SourceRecord, after.Instances[i].SourceRecord))
                return false;
        return true;
    }

    private static void CompareSamples(Sample before, Sample after, ChangeTally tally)
    {
        if (RecordComparison.AreSame(before.SourceRecord, after.SourceRecord)) return;
        var details = new List<string>();
        if (RecordComparison.Differences(before.SourceRecord, after.SourceRecord, OwnOfSamples) is { } members)
            details.AddRange(members);
        else
        {
            if (RecordComparison.Difference("id", before.Id?.JsonText, after.Id?.JsonText) is { } id) details.Add(id);
            if (RecordComparison.Difference("frames", Names(before), Names(after)) is { } names) details.Add(names);
            if (RecordComparison.Difference("sizes", Sizes(before), Sizes(after)) is { } sizes) details.Add(sizes);
            if (HasOtherVoid(before, after)) details.Add("the void pixels differ");
        }
        if (details.Count > 0)
            tally.Add(new Change(ChangeKind.SampleChanged, before.Key) { Detail = string.Join("; ", details) });
    }

    private void ComparePair(
        Sample before, ComparedInstance old, Sample after, ComparedInstance now, ChangeTally tally)
    {
        if (!categories.AreSame(old.Instance.CategoryId, now.Instance.CategoryId))
            tally.Add(ChangeOf(ChangeKind.Relabelled, before, old, $"{old.Category} -> {now.Category}"));
        var details = new List<string>();
        if (old.Shape != now.Shape &&
            ShapeComparison.Compare(before, old.Instance, after, now.Instance) is { } shape)
        {
            if (shape.IsMask) tally.Add(ChangeOf(ChangeKind.MaskChanged, before, old, shape.Detail));
            else details.Add(shape.Detail);
        }
        details.AddRange(
            RecordComparison.Differences(old.Instance.SourceRecord, now.Instance.SourceRecord, OwnOfInstances)
            ?? TypedDifferences(old.Instance, now.Instance));
        if (details.Count > 0)
            tally.Add(ChangeOf(ChangeKind.MembersChanged, before, old, string.Join("; ", details)));
        if (old.Identity != now.Identity)
            tally.Add(ChangeOf(ChangeKind.Renumbered, before, old, $"{old.Identity} -> {now.Identity}"));
    }

    // Boxes and areas of formats without records follow from the pixels.
    private static string[] TypedDifferences(Instance old, Instance now) =>
        [.. new[]
        {
            RecordComparison.Difference("iscrowd", old.IsCrowd?.ToString(), now.IsCrowd?.ToString()),
            RecordComparison.Difference("score", old.Score?.ToString("R", null), now.Score?.ToString("R", null)),
        }.OfType<string>()];

    private static Change ChangeOf(ChangeKind kind, Sample sample, ComparedInstance instance, string? detail) =>
        new(kind, sample.Key) { Instance = instance.Identity, Category = instance.Category, Detail = detail };

    private static string Names(Sample sample) => string.Join(", ", sample.Frames.Select(f => f.Name));

    private static string Sizes(Sample sample) => string.Join(", ",
        sample.Frames.Select(f => FormattableString.Invariant($"{f.WidthPx}x{f.HeightPx}")).Distinct());

    private static bool HasOtherVoid(Sample before, Sample after) =>
        before.Frames.Length == after.Frames.Length && before.Frames.Zip(after.Frames).Any(frames =>
            !ShapeComparison.AreWrittenAlike(
                frames.First.Void ?? Segmentation.Null, frames.Second.Void ?? Segmentation.Null));
}
