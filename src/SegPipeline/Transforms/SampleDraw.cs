using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>By what a draw keeps proportions.</summary>
public enum Stratify
{
    /// <summary>By nothing: every unit has the same chance.</summary>
    None,

    /// <summary>By category: each category keeps its share of units, as well as can be.</summary>
    Category,
}

/// <summary>What becomes of the samples that are not drawn.</summary>
public enum Rest
{
    /// <summary>They are dropped, and counted as such.</summary>
    Drop,

    /// <summary>They leave by the port <c>rest</c>.</summary>
    Port,
}

/// <summary>
/// Draws samples uniformly without replacement, so that anyone can verify the draw: the samples with the smallest
/// SHA-256 of seed, stage name and key. The draw depends on nothing else, neither order nor machine; it is nested (the
/// first 100 are among the first 1,000) and changes little when the dataset grows. Samples leave in the source's order.
/// </summary>
/// <example>chosen: { sample: { count: 1000, by: image } }</example>
/// <remarks>Bottom-k by <see cref="SampleRank"/>; stratified by <see cref="IterativeStratification"/>.</remarks>
[Stage("sample")]
public sealed record SampleDraw : Selector
{
    /// <summary>How many to draw: samples, or units of <c>by</c>. Either this or <c>fraction</c>.</summary>
    [Range(1, int.MaxValue)]
    public int? Count { get; init; }

    /// <summary>Which share to draw, above 0 up to 1; rounded to the nearest number of units, halves up.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double? Fraction { get; init; }

    /// <summary>What is drawn as a whole.</summary>
    public DrawBy By { get; init; }

    /// <summary>
    /// For <c>by: group</c>: a regular expression that finds the group in the key, by its first parenthesis or else by
    /// all it matches. No look-around, no back-references.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>
    /// By what to keep proportions. With <c>category</c> the rarest category is dealt out first (iterative
    /// stratification), and all samples must be read to decide.
    /// </summary>
    public Stratify Stratify { get; init; }

    /// <summary>
    /// Name of another sample stage of the same dataset and the same <c>by</c>: the smaller of the two draws is then a
    /// part of the larger. Of a chain of draws, name the one that itself has no <c>nested_in</c>.
    /// </summary>
    public string? NestedIn { get; init; }

    /// <summary>Whether to take all there are, instead of failing, when there are fewer than <c>count</c>.</summary>
    public bool AtMost { get; init; }

    /// <summary>What becomes of the samples that are not drawn.</summary>
    public Rest Rest { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputPorts => Rest == Rest.Port ? [DefaultPort, "rest"] : [DefaultPort];

    /// <inheritdoc/>
    public override IEnumerable<StageMention> Mentions =>
        NestedIn is null ? [] : [new StageMention("nested_in", NestedIn, WhyNotNestedIn)];

    /// <inheritdoc/>
    public override bool KeysSuffice => Stratify == Stratify.None && By != DrawBy.Video;

    /// <inheritdoc/>
    public override bool KeysSufficeFor(DatasetInfo input) =>
        Stratify == Stratify.None && DrawUnits.FollowFromKeys(By, input.Kind);

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Count is null == Fraction is null) yield return "exactly one of 'count' and 'fraction' must be given";
        if (AtMost && Count is null) yield return "'at_most' needs 'count'";
        if (NestedIn is not null && Stratify != Stratify.None)
            yield return "'nested_in' and 'stratify' exclude each other: stratified draws do not nest";
        foreach (string fault in DrawUnits.Check(By, Group)) yield return fault;
    }

    /// <inheritdoc/>
    public override SampleKind? InputKind => DrawUnits.KindOf(By);

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => DrawUnits.CheckKind(By, input);

    /// <inheritdoc/>
    public override string? Observe(Sample sample) => DrawUnits.Observe(sample, By, Stratify);

    /// <inheritdoc/>
    public override IReadOnlyList<Choice> Decide(
        IReadOnlyList<Candidate> candidates, DatasetInfo input, StageContext context)
    {
        candidates = DrawUnits.Named(candidates, By, input);
        DrawUnits units = DrawUnits.Of(candidates, By, Group);
        int count = CountOf(units.Names.Count);
        int[] order = units.InRandomOrder(context.Seed, NestedIn ?? context.StageName);
        bool[] isDrawn = Stratify == Stratify.None
            ? Mark(order.AsSpan(0, count), order.Length)
            : DrawStratified(order, UnitLabels.Of(units, candidates), count);
        var notDrawn = Rest == Rest.Port ? new Choice(1) : new Choice(-1, "not drawn");
        return Array.ConvertAll(units.OfSample, unit => isDrawn[unit] ? new Choice(0) : notDrawn);
    }

    private string? WhyNotNestedIn(Stage other) => other switch
    {
        SampleDraw { NestedIn: { } outer } => $"is itself nested in '{outer}'; name that",
        SampleDraw { Stratify: not Stratify.None } => "is stratified, and stratified draws do not nest",
        SampleDraw draw when draw.By != By || draw.Group != Group => "draws by something else: 'by' must be the same",
        SampleDraw => null,
        _ => "is no sample stage",
    };

    private int CountOf(int available)
    {
        if (Fraction is { } fraction)
            return (int)decimal.Round((decimal)fraction * available, MidpointRounding.AwayFromZero);
        if (Count <= available) return Count.Value;
        if (AtMost) return available;
        throw new BadDataException(new Problem("SAMPLE_TOO_FEW", $"{Count} are to be drawn, there are {available}")
        {
            Remedy = "ask for fewer, or write 'at_most: true' to take what there is",
        });
    }

    private static bool[] DrawStratified(int[] order, UnitLabels labels, int count)
    {
        int[] parts = IterativeStratification.Divide(order, labels.OfUnit, labels.Count, [count, order.Length - count]);
        return Array.ConvertAll(parts, part => part == 0);
    }

    private static bool[] Mark(ReadOnlySpan<int> drawn, int unitCount)
    {
        bool[] marks = new bool[unitCount];
        foreach (int unit in drawn) marks[unit] = true;
        return marks;
    }
}
