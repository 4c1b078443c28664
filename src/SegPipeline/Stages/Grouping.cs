using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// A stage that makes one sample of several, wherever in the dataset they stand: the frames of a video. The engine
/// first finds out which samples belong together, from their keys alone where these suffice; then it brings together
/// the members of a group, in the place of its first one.
/// </summary>
public abstract record Grouping : Stage
{
    /// <summary>
    /// True when the group follows from the key alone. If nothing upstream changes which samples there are, the groups
    /// are then known from the plan, and every sample is read once.
    /// </summary>
    public abstract bool KeysSuffice { get; }

    /// <summary>What is known about the dataset behind this stage.</summary>
    /// <exception cref="BadDataException">The dataset is not one this stage can work on.</exception>
    public virtual DatasetInfo Describe(DatasetInfo input) => input;

    /// <summary>What the group depends on beyond the key; called only when keys do not suffice.</summary>
    /// <exception cref="BadDataException">The sample belongs to no group; it is rejected or the run fails.</exception>
    public virtual string? Observe(Sample sample) => null;

    /// <summary>The group of a sample: the key of the sample that is made of the group.</summary>
    /// <exception cref="BadDataException">The key names no group; the run fails.</exception>
    public abstract string GroupOf(Candidate candidate);

    /// <summary>
    /// Compiles the description into the function that does the work. It gets the key of the group and its members, at
    /// least one, in plan order; it emits one sample with that key, or says why it drops it, as a transform does.
    /// </summary>
    /// <remarks>
    /// In the ledger all members have come in. The engine itself counts all but one of them (dropped, <c>grouped</c>);
    /// instances of any member that do not leave must be counted by the stage.
    /// </remarks>
    /// <param name="input">What is known about the dataset that comes in.</param>
    /// <param name="context">What the stage may know of the run.</param>
    public abstract Action<string, IReadOnlyList<Sample>, StageOutput> Prepare(
        DatasetInfo input, StageContext context);
}
