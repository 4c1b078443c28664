using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Of what the first are taken.</summary>
public enum FirstOf
{
    /// <summary>Of each folder: the part of the key before its last slash.</summary>
    Folder,

    /// <summary>Of each category. A sample of several is taken when it is among the first of any of them.</summary>
    Category,

    /// <summary>Of the frames of each video: images with the same member <c>video_id</c>.</summary>
    Video,

    /// <summary>Of the dataset as a whole.</summary>
    Dataset,
}

/// <summary>Which samples come first.</summary>
public enum NameOrder
{
    /// <summary>By key, numbers in it by their value: <c>pic_9</c> before <c>pic_10</c>.</summary>
    Natural,

    /// <summary>By key, character by character: <c>pic_10</c> before <c>pic_9</c>.</summary>
    Ordinal,

    /// <summary>As the source has them.</summary>
    Source,
}

/// <summary>
/// Takes the first samples of each folder or category; all others leave by the port <c>rest</c>. Samples leave in the
/// source's order.
/// </summary>
/// <example>train: { first_k: { count: 80, per: folder, order: natural } }</example>
[Stage("first_k")]
public sealed record FirstK : Selector
{
    /// <summary>How many to take. Where there are fewer, all are taken, with a warning.</summary>
    [Range(1, int.MaxValue)]
    public required int Count { get; init; }

    /// <summary>Of what the first are taken.</summary>
    public FirstOf Per { get; init; }

    /// <summary>Which samples come first.</summary>
    public NameOrder Order { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputPorts => [DefaultPort, "rest"];

    /// <inheritdoc/>
    public override bool KeysSuffice => Per is not (FirstOf.Category or FirstOf.Video);

    /// <inheritdoc/>
    public override SampleKind? InputKind => Per == FirstOf.Video ? SampleKind.Image : null;

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => Per != FirstOf.Video || input.Kind == SampleKind.Image
        ? input
        : throw new BadDataException(new Problem("KIND",
            "'per: video' takes the first frames of videos, which must be images; this dataset is of videos")
        {
            Remedy = "put to_frames before it",
        });

    /// <inheritdoc/>
    public override string? Observe(Sample sample) =>
        Per == FirstOf.Video ? DrawUnits.VideoOf(sample) : UnitLabels.Observe(sample);

    /// <inheritdoc/>
    public override IReadOnlyList<Choice> Decide(
        IReadOnlyList<Candidate> candidates, DatasetInfo input, StageContext context)
    {
        var taken = new bool[candidates.Count];
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (int i in Sorted(candidates))
            foreach (string group in GroupsOf(candidates[i]))
            {
                int before = counts.GetValueOrDefault(group);
                counts[group] = Math.Min(before + 1, Count);
                taken[i] |= before < Count;
            }
        foreach (var (group, count) in counts)
            if (count < Count) context.Warn($"{NameOf(group)} has only {count} of the {Count} to be taken");
        return Array.ConvertAll(taken, isTaken => new Choice(isTaken ? 0 : 1));
    }

    private IEnumerable<int> Sorted(IReadOnlyList<Candidate> candidates)
    {
        IEnumerable<int> all = Enumerable.Range(0, candidates.Count);
        return Order switch
        {
            NameOrder.Natural => all.OrderBy(i => candidates[i].Key, NaturalOrder.Instance),
            NameOrder.Ordinal => all.OrderBy(i => candidates[i].Key, StringComparer.Ordinal),
            _ => all,
        };
    }

    private IEnumerable<string> GroupsOf(Candidate candidate) => Per switch
    {
        FirstOf.Folder => [candidate.Key[..Math.Max(candidate.Key.LastIndexOf('/'), 0)]],
        FirstOf.Video => [candidate.Observed!],
        FirstOf.Category => UnitLabels.Observed(candidate).Select(id => id.JsonText),
        _ => [""],
    };

    private string NameOf(string group) => Per switch
    {
        FirstOf.Folder => $"folder '{group}'",
        FirstOf.Video => $"video {group}",
        FirstOf.Category => $"category {group}",
        _ => "the dataset",
    };
}
