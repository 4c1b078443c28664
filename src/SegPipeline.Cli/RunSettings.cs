using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Tracing;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli;

/// <summary>How a pipeline is run, as far as the result does not depend on it.</summary>
/// <param name="Workers">Chunks worked on at once.</param>
/// <param name="Window">Most chunks between admission and commit.</param>
/// <param name="MemoryBytes">Byte budget of admitted chunks.</param>
/// <param name="Journal">What to do with what an interrupted run has left; null to keep no journal.</param>
internal sealed record RunSettings(int Workers, int Window, long MemoryBytes, JournalStart? Journal)
{
    /// <summary>Holds what flows against an earlier run; null for none.</summary>
    public TraceCheck? Against { get; init; }

    /// <summary>What the trace of the run tells apart.</summary>
    public TraceDetail TraceDetail { get; init; }

    /// <summary>Told of the files of the release and of the folder they are in before it is published; throws to
    /// prevent it.</summary>
    public Action<ImmutableArray<ReleaseFile>, string>? Judge { get; init; }

    /// <summary>The same for the engine.</summary>
    /// <param name="release">Where writers write.</param>
    /// <param name="journal">The journal; null for none.</param>
    /// <param name="trace">Takes down what flows.</param>
    /// <param name="progress">Told how the run comes on.</param>
    public RunOptions Options(
        IReleaseFolder release, JournalOptions? journal, RunTrace trace, Action<RunProgress> progress) => new()
        {
            Workers = Workers,
            Window = Window,
            MemoryBytes = MemoryBytes,
            Release = release,
            Journal = journal,
            Progress = progress,
            Trace = trace,
            Against = Against,
        };
}
