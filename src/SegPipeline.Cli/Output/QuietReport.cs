using SegPipeline.Cli.Progress;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Output;

/// <summary>Tells only the warnings of a run.</summary>
internal sealed class QuietReport(Terminal terminal) : IRunReport
{
    /// <inheritdoc/>
    public IProgressView ProgressView { get; } = new NoProgress();

    /// <inheritdoc/>
    public void Finished(LoadedPipeline pipeline, FinishedRun run) => terminal.WriteWarnings(pipeline, run.Result);

    /// <inheritdoc/>
    public void ShardFinished(Shard shard, ShardResult result, int chunks) { }

    /// <inheritdoc/>
    public void Failed(ExitCode code, IEnumerable<string> problems) { }
}
