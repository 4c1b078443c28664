using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>Which samples a join makes.</summary>
public enum JoinKeys
{
    /// <summary>One for each sample of the first input; the others are looked up by key.</summary>
    First,

    /// <summary>One for each key of any input, in the order of the inputs.</summary>
    Union,
}

/// <summary>A stage with several inputs whose samples are aligned by key: by the plan, never by arrival.</summary>
public abstract record Join : Stage
{
    /// <summary>Which samples there are behind the join.</summary>
    public virtual JoinKeys Keys => JoinKeys.First;

    /// <summary>Fewest and most inputs that the stage takes.</summary>
    public virtual (int Fewest, int Most) Inputs => (2, 2);

    /// <summary>What is known about the dataset behind this stage.</summary>
    /// <exception cref="BadDataException">The datasets do not fit each other.</exception>
    public abstract DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs);

    /// <summary>
    /// Compiles the description into the function that does the work. It gets one entry per input, null where that
    /// input has no sample of the key (or dropped it).
    /// </summary>
    /// <remarks>
    /// In the ledger, everything that any input gives has come in. The engine itself counts the samples that were
    /// united with the one of an earlier input (dropped, <c>joined</c>) and those that nothing asked for
    /// (<c>unmatched</c>); so the stage emits one sample or says why it drops it, as a transform does. Instances of
    /// every input count as come in: those that do not leave must be counted as dropped.
    /// </remarks>
    public abstract Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context);
}
