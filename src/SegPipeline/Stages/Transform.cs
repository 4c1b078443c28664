using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// A stage that turns a sample into none, one or several samples, looking at nothing else. Pure: the engine may call
/// it on any thread, twice, or on another machine.
/// </summary>
public abstract record Transform : Stage
{
    /// <summary>
    /// True when every sample that enters leaves by the first port with its key unchanged. A selector further on can
    /// then choose from keys alone, and samples that nobody chose are never read.
    /// </summary>
    public virtual bool KeepsSamples => false;

    /// <summary>What is known about the dataset behind this stage, from what is known before it.</summary>
    /// <exception cref="BadDataException">The dataset is not one this stage can work on (a category it names is not
    /// there, a video where it needs images).</exception>
    public virtual DatasetInfo Describe(DatasetInfo input) => input;

    /// <summary>Compiles the description into the function that does the work; called once per run.</summary>
    /// <param name="input">What is known about the dataset that comes in.</param>
    /// <param name="context">What the stage may know of the run.</param>
    public abstract Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context);
}

/// <summary>
/// Where a stage puts what it makes of one sample. What enters and what leaves is counted by the engine; a stage only
/// gives the reasons for the difference, and a ledger that does not balance fails the run.
/// </summary>
public sealed class StageOutput
{
    private readonly List<(int Port, Sample Sample)> _emitted = [];
    private readonly List<(Tally Kind, string Reason, long Count)> _tallies = [];

    /// <summary>What was emitted, in order: port number and sample.</summary>
    public IReadOnlyList<(int Port, Sample Sample)> Emitted => _emitted;

    /// <summary>What was counted, in order.</summary>
    public IReadOnlyList<(Tally Kind, string Reason, long Count)> Tallies => _tallies;

    /// <summary>Sends a sample on.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="port">Number of the port in <see cref="Stage.OutputPorts"/>.</param>
    public void Emit(Sample sample, int port = 0) => _emitted.Add((port, sample));

    /// <summary>The sample that came in leaves by no port, for this reason (a short noun: <c>empty</c>).</summary>
    public void DropSample(string reason) => _tallies.Add((Tally.SamplesDropped, reason, 1));

    /// <summary>Counts something: dropped and added must explain the difference between in and out.</summary>
    public void Count(Tally kind, string reason, long count)
    {
        if (count != 0) _tallies.Add((kind, reason, count));
    }

    /// <summary>Forgets everything, so that the engine can use the object for the next sample.</summary>
    internal void Clear()
    {
        _emitted.Clear();
        _tallies.Clear();
    }
}

/// <summary>What a stage counts.</summary>
public enum Tally
{
    /// <summary>Samples that came in and left by no port.</summary>
    SamplesDropped,

    /// <summary>Samples that left and had not come in (a video taken apart).</summary>
    SamplesAdded,

    /// <summary>Instances that came in and left by no port while their sample went on.</summary>
    InstancesDropped,

    /// <summary>Instances that left and had not come in.</summary>
    InstancesAdded,

    /// <summary>Anything else worth knowing: asked, valid, pixels lost. Balances with nothing.</summary>
    Note,
}
