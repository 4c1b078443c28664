using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// A stage that must have seen all samples before it can tell where any of them goes: sample, split, first_k. The
/// engine first gathers a candidate for each sample, in plan order, then asks once for all decisions, then runs again.
/// </summary>
public abstract record Selector : Stage
{
    /// <summary>
    /// True when the decision follows from keys alone. If nothing upstream changes which samples there are, it is then
    /// taken from the plan, and samples that nobody chose are never read.
    /// </summary>
    public abstract bool KeysSuffice { get; }

    /// <summary>
    /// <see cref="KeysSuffice"/> for a dataset, for a stage that can do without looking at the samples of some datasets
    /// only.
    /// </summary>
    /// <param name="input">What is known about the dataset that comes in.</param>
    public virtual bool KeysSufficeFor(DatasetInfo input) => KeysSuffice;

    /// <summary>What is known about the dataset behind this stage, the same on every port.</summary>
    /// <exception cref="BadDataException">The dataset is not one this stage can work on.</exception>
    public virtual DatasetInfo Describe(DatasetInfo input) => input;

    /// <summary>What the decision needs to know of a sample beyond its key; called only when keys do not
    /// suffice.</summary>
    public virtual string? Observe(Sample sample) => null;

    /// <summary>Decides for all candidates at once.</summary>
    /// <param name="candidates">All samples, in plan order.</param>
    /// <param name="input">What is known about the dataset that comes in.</param>
    /// <param name="context">What the stage may know of the run.</param>
    /// <returns>For each candidate the port it leaves by.</returns>
    /// <exception cref="BadDataException">There is nothing sensible to decide (more asked for than there
    /// is).</exception>
    public abstract IReadOnlyList<Choice> Decide(
        IReadOnlyList<Candidate> candidates, DatasetInfo input, StageContext context);
}

/// <summary>A sample that a selector decides about.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Observed">What <see cref="Selector.Observe"/> said of it; null when keys suffice.</param>
public readonly record struct Candidate(string Key, string? Observed);

/// <summary>Where a selector sends a sample.</summary>
/// <param name="Port">Number of the port in <see cref="Stage.OutputPorts"/>; -1 to drop it.</param>
/// <param name="DropReason">Why it is dropped, a short noun phrase; null when it is not.</param>
public readonly record struct Choice(int Port, string? DropReason = null);
