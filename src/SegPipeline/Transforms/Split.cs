using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Divides a dataset at random into named parts, each of which leaves by a port of its name. What belongs together
/// (<c>by</c>) stays together, so that nothing leaks from one part into another. The same seed and stage name always
/// give the same parts; samples leave in the source's order.
/// </summary>
/// <example>parts: { split: { ratios: { train: 0.8, val: 0.1, test: 0.1 }, by: folder } }</example>
/// <remarks>
/// Units are ordered by <see cref="SampleRank"/> and dealt out to the parts in their order; ratios become numbers by
/// <see cref="LargestRemainder"/>. Stratified: <see cref="IterativeStratification"/>.
/// </remarks>
[Stage("split")]
public sealed record Split : Selector
{
    private const double RatioTolerance = 1e-9;

    /// <summary>Share of each part by its name, together 1; shares of the units of <c>by</c>. Either this or
    /// <c>counts</c>.</summary>
    [Range(0.0, 1.0)]
    public IReadOnlyDictionary<string, double> Ratios { get; init; } = new Dictionary<string, double>();

    /// <summary>Number of units of each part by its name.</summary>
    [Range(0, int.MaxValue)]
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>With <c>counts</c>: name of the part that gets everything else. Without it the rest is dropped, and
    /// counted as such.</summary>
    public string? Rest { get; init; }

    /// <summary>What is kept together.</summary>
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

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputPorts =>
        [.. Ratios.Keys, .. Counts.Keys, .. Rest is null ? Array.Empty<string>() : [Rest]];

    /// <inheritdoc/>
    public override bool KeysSuffice => Stratify == Stratify.None && By != DrawBy.Video;

    /// <inheritdoc/>
    public override bool KeysSufficeFor(DatasetInfo input) =>
        Stratify == Stratify.None && DrawUnits.FollowFromKeys(By, input.Kind);

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Ratios.Count == 0 == (Counts.Count == 0)) yield return "exactly one of 'ratios' and 'counts' must be given";
        if (Ratios.Count > 0 && Math.Abs(Ratios.Values.Sum() - 1) > RatioTolerance)
            yield return $"the 'ratios' must sum to 1, they sum to {Ratios.Values.Sum():R}";
        if (Rest is not null && Counts.Count == 0) yield return "'rest' needs 'counts'";
        if (Rest is not null && Counts.ContainsKey(Rest)) yield return $"'rest' names the part '{Rest}' a second time";
        foreach (string name in OutputPorts.Where(p => !p.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            yield return $"the part name '{name}' may have letters, digits, '_' and '-' only";
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
        int[] order = units.InRandomOrder(context.Seed, context.StageName);
        long[] sizes = SizesOf(order.Length);
        int[] partOf = Stratify == Stratify.None ? DealOut(order, sizes) : Stratified(order, sizes, units, candidates);
        int parts = OutputPorts.Count;
        return Array.ConvertAll(units.OfSample, unit =>
            partOf[unit] < parts ? new Choice(partOf[unit]) : new Choice(-1, "in no part"));
    }

    /// <summary>Number of units of each part; the last is what no part gets.</summary>
    private long[] SizesOf(int available)
    {
        if (Ratios.Count > 0) return [.. LargestRemainder.Divide(available, [.. Ratios.Values]), 0];
        long asked = Counts.Values.Sum(count => (long)count);
        if (asked <= available) return [.. Counts.Values.Select(count => (long)count), available - asked];
        throw new BadDataException(new Problem("SPLIT_TOO_FEW",
            $"the counts of the parts sum to {asked}, there are {available}")
        {
            Remedy = "ask for fewer, or give 'ratios'",
        });
    }

    private static int[] DealOut(int[] order, long[] sizes)
    {
        int[] partOf = new int[order.Length];
        int at = 0;
        for (int part = 0; part < sizes.Length; part++)
            for (long i = 0; i < sizes[part]; i++) partOf[order[at++]] = part;
        return partOf;
    }

    private static int[] Stratified(
        int[] order, long[] sizes, DrawUnits units, IReadOnlyList<Candidate> candidates)
    {
        UnitLabels labels = UnitLabels.Of(units, candidates);
        return IterativeStratification.Divide(order, labels.OfUnit, labels.Count, sizes);
    }
}
