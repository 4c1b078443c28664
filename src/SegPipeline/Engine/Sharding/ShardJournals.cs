using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Sharding;

/// <summary>The journals of shards that together hold every chunk of a run, once.</summary>
internal sealed class ShardJournals : IEarlierChunks, IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly RecordFiles _files;
    private readonly List<ShardJournal> _shards = [];

    private ShardJournals(PipelinePlan plan)
    {
        _plan = plan;
        _files = new RecordFiles(plan);
    }

    /// <inheritdoc/>
    public int Committed => _plan.Chunks.Chunks.Length;

    /// <summary>Opens the journals of shards.</summary>
    /// <exception cref="BadDataException">Everything that is wrong with the shards.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ShardJournals Open(PipelinePlan plan, ShardsFound found,
        IReadOnlyList<(string Name, string Text)> identity, CancellationToken cancel)
    {
        var journals = new ShardJournals(plan);
        try
        {
            int chunks = plan.Chunks.Chunks.Length;
            var problems = new List<Problem>();
            foreach (IShardStore store in found.Stores.OrderBy(s => s.Shard.ChunksOf(chunks).First)
                .ThenBy(s => s.Shard.ChunksOf(chunks).Count))
            {
                var shard = new ShardJournal(store, chunks);
                journals._shards.Add(shard);
                if (shard.FaultOf(identity, journals.HeadOf, cancel) is { } fault) problems.Add(fault);
            }
            problems.AddRange(new ShardCoverage(found, chunks).Check());
            if (problems.Count > 0) throw new BadDataException(problems);
            return journals;
        }
        catch
        {
            journals.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ChunkResult> Replay(FigureTaking? figures, OutputSet outputs)
    {
        foreach (ShardJournal shard in _shards)
            foreach (byte[] record in shard.Records())
            {
                (StagedFile[] files, JournalReader rest) = HeadOf(record);
                shard.Store.Offer(files);
                yield return ChunkRecord.Load(rest, _plan.Shape, figures, outputs);
            }
    }

    /// <inheritdoc/>
    public void Dispose() => Disposal.Of(_shards);

    private (StagedFile[] Files, JournalReader Body) HeadOf(byte[] record)
    {
        var journal = new JournalReader(record, number => _files[number]);
        return (RecordHead.Load(journal, _plan.WarningLog), journal);
    }
}
