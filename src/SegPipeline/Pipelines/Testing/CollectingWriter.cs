using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Keeps what comes to it, in order, for a test to look at.</summary>
/// <param name="Into">Takes the samples.</param>
internal sealed record CollectingWriter(Collected Into) : Writer
{
    /// <inheritdoc/>
    public override bool TakesErrors => true;

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        Into.Info = input;
        return new Opened(Into);
    }

    private sealed class Opened(Collected into) : OpenOutput
    {
        public override object Encode(IReadOnlyList<Sample> samples) => samples;

        public override void Append(object encoded) => into.Samples.AddRange((IReadOnlyList<Sample>)encoded);

        public override void Finish() => into.IsFinished = true;
    }
}

/// <summary>What a port gave in a test.</summary>
internal sealed class Collected
{
    /// <summary>What is known about the dataset.</summary>
    public DatasetInfo Info { get; set; } = new();

    /// <summary>The samples, in order.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>True when the run came to its end.</summary>
    public bool IsFinished { get; set; }
}

/// <summary>The release folder of a test, into which nothing is written.</summary>
internal sealed class NoRelease : IReleaseFolder
{
    private const string Reason = "a test of a pipeline writes nothing";

    /// <inheritdoc/>
    public Stream CreateFile(ReleaseName name) => throw new NotSupportedException(Reason);

    /// <inheritdoc/>
    public IUnnamedFile CreateUnnamed() => throw new NotSupportedException(Reason);

    /// <inheritdoc/>
    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer) =>
        throw new NotSupportedException(Reason);

    /// <inheritdoc/>
    public FileStream CreateScratchFile() => throw new NotSupportedException(Reason);

    /// <inheritdoc/>
    public void CountRecords(ReleaseName name, string what, long count) => throw new NotSupportedException(Reason);
}
