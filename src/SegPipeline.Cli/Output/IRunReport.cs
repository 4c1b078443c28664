using SegPipeline.Cli.Progress;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Output;

/// <summary>How the user hears of a run.</summary>
internal interface IRunReport
{
    /// <summary>Shows how it comes on.</summary>
    IProgressView ProgressView { get; }

    /// <summary>Tells what it made.</summary>
    void Finished(LoadedPipeline pipeline, FinishedRun run);

    /// <summary>Tells that a shard is finished.</summary>
    /// <param name="shard">Which.</param>
    /// <param name="result">What it has done.</param>
    /// <param name="chunks">Number of chunks of all shards.</param>
    void ShardFinished(Shard shard, ShardResult result, int chunks);

    /// <summary>Tells that it failed; why has been written to the error stream.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="problems">What was wrong.</param>
    void Failed(ExitCode code, IEnumerable<string> problems);
}
