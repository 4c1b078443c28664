using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Scoring;

/// <summary>The masks of a sample, grouped by what is compared; in the order of the ids.</summary>
internal sealed class MaskGroups
{
    private readonly SortedDictionary<RecordId, Group> _groups = [];

    /// <summary>Groups the instances of a sample.</summary>
    /// <exception cref="BadDataException">An instance lacks what it is grouped by, or is malformed.</exception>
    public MaskGroups(EvaluatePer per, Sample sample)
    {
        foreach (Instance instance in sample.Instances)
        {
            Mask?[] masks = instance.MasksIn(sample);
            RecordId id = IdOf(per, instance, sample);
            if (!_groups.TryGetValue(id, out Group? group))
            {
                group = new Group(instance.CategoryId, [.. sample.Frames.Select(_ => new List<Mask>())]);
                _groups.Add(id, group);
            }
            for (int f = 0; f < masks.Length; f++)
                if (masks[f] is { } mask) group.Masks[f].Add(mask);
        }
    }

    /// <summary>The ids of the groups.</summary>
    public IEnumerable<RecordId> Ids => _groups.Keys;

    /// <summary>The category of the first instance of a group; null when it has none, or there is no such
    /// group.</summary>
    public RecordId? CategoryOf(RecordId id) => _groups.GetValueOrDefault(id)?.Category;

    /// <summary>The pixels of a group in a frame; null when there are no masks.</summary>
    public Mask? In(int frame, RecordId id) =>
        _groups.TryGetValue(id, out Group? group) ? Union(group.Masks[frame]) : null;

    /// <summary>The pixels of all groups in a frame; null when there are no masks.</summary>
    public Mask? AllIn(int frame) => Union([.. _groups.Values.SelectMany(g => g.Masks[frame])]);

    private static Mask? Union(List<Mask> masks) => masks.Count == 0 ? null : MaskSets.Union([.. masks]);

    private static RecordId IdOf(EvaluatePer per, Instance instance, Sample sample)
    {
        if (per == EvaluatePer.Sample) return default;
        RecordId? id = per == EvaluatePer.Category ? instance.CategoryId : ObjectNumbers.Of(instance);
        return id ?? throw new BadDataException(new Problem("NOTHING_TO_MATCH", per == EvaluatePer.Category
            ? "an instance has no category to be compared by"
            : "an instance has no object_id to be compared by")
        { Remedy = "set per: sample" }).At(instance, sample);
    }

    private sealed record Group(RecordId? Category, List<Mask>[] Masks);
}
