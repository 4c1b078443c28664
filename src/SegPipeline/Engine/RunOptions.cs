using System.Collections.Immutable;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine;

/// <summary>How chunks are worked on. Nothing here may change a byte of the result.</summary>
public record WorkOptions
{
    /// <summary>Chunks worked on at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Most chunks between admission and commit: enough that workers find work while a writer compresses what
    /// it has gathered.</summary>
    public int Window { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Byte budget of admitted chunks, by the plan's costs; a chunk above it runs alone.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Told after every commit and at every phase; on any thread, one call at a time.</summary>
    public Action<RunProgress>? Progress { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryBytes);
    }
}

/// <summary>How a graph is run. Nothing here may change a byte of the result.</summary>
public sealed record RunOptions : WorkOptions
{
    /// <summary>Where writers write.</summary>
    public required IReleaseFolder Release { get; init; }

    /// <summary>The journal by which the run can be resumed when it is interrupted; null for none.</summary>
    public JournalOptions? Journal { get; init; }

    /// <summary>That figures are taken of what passes; null for none.</summary>
    public FigureOptions? Figures { get; init; }

    /// <summary>Takes down what flows; null for nobody.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>Holds what flows against an earlier run; needs a <see cref="Trace"/>. Null for none.</summary>
    public TraceCheck? Against { get; init; }
}

/// <summary>How far a run has come; exact, because the plan is known.</summary>
/// <param name="Phase">What is being done: <c>plan</c>, <c>survey NAME</c> (a selector gathers), <c>run</c>,
/// <c>finish</c>.</param>
/// <param name="DoneSamples">Planned samples whose chunk is committed in this phase.</param>
/// <param name="TotalSamples">Planned samples of this phase.</param>
public readonly record struct RunProgress(string Phase, long DoneSamples, long TotalSamples);

/// <summary>What a run that came to its end leaves behind, beside the files.</summary>
/// <param name="Ledger">What became of everything.</param>
public sealed record RunResult(Ledger Ledger)
{
    /// <summary>The keys that each selector sent to each of its ports, in plan order: node, port, keys.</summary>
    public ImmutableArray<(string Node, string Port, ImmutableArray<string> Keys)> Chosen { get; init; } = [];

    /// <summary>What stages thought worth a look, in graph order: node, sentence.</summary>
    public ImmutableArray<(string Node, string Sentence)> Warnings { get; init; } = [];

    /// <summary>What writers have to say at the end, in graph order: node, line.</summary>
    public ImmutableArray<(string Node, string Line)> Summary { get; init; } = [];

    /// <summary>The tables of records in what writers have written, in graph order: node, table.</summary>
    public ImmutableArray<(string Node, RecordTable Table)> Tables { get; init; } = [];

    /// <summary>Files the readers read, in graph order: node, path.</summary>
    public ImmutableArray<(string Node, string Path)> InputFiles { get; init; } = [];

    /// <summary>For each node what is known about the dataset behind it (for a writer: that it is given).</summary>
    public ImmutableArray<DatasetInfo> Infos { get; init; } = [];

    /// <summary>The figures of what left each stage; empty when none were taken.</summary>
    public ImmutableArray<PortFigures> Figures { get; init; } = [];

    /// <summary>What was wrong with the first samples that were rejected, in the order of the plan; empty when no
    /// figures were taken.</summary>
    public ImmutableArray<Problem> Rejected { get; init; } = [];

    /// <summary>Number of chunks of the plan.</summary>
    public int Chunks { get; init; }

    /// <summary>Number of those that an interrupted run had committed before; the others are of this
    /// run.</summary>
    public int ChunksResumed { get; init; }

    /// <summary>Number of chunks of the run that made the release before which were used again.</summary>
    public int ChunksReused { get; init; }

    /// <summary>Why none could be used again, as the rest of a sentence; null when nothing stood against it.</summary>
    public string? NothingReused { get; init; }

    /// <summary>True when the journal holds every chunk of the run.</summary>
    public bool IsJournalWhole { get; init; }
}
