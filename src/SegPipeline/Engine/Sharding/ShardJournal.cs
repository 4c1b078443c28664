using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Sharding;

/// <summary>The journal of a shard that is said to be finished.</summary>
internal sealed class ShardJournal(IShardStore store, int chunksOfRun) : IDisposable
{
    private readonly JournalLog _log = new(store.OpenLog());
    private readonly ChunkSpan _span = store.Shard.ChunksOf(chunksOfRun);

    /// <summary>What the shard has left.</summary>
    public IShardStore Store => store;

    /// <summary>Tells what is wrong with the shard; null for nothing.</summary>
    /// <param name="identity">What tells its run from others.</param>
    /// <param name="headOf">Reads the beginning of a record: the files of its chunk.</param>
    /// <param name="cancel">Ends it.</param>
    public Problem? FaultOf(IReadOnlyList<(string Name, string Text)> identity,
        Func<byte[], (StagedFile[] Files, JournalReader Body)> headOf, CancellationToken cancel)
    {
        if (ShardHeader.FaultOf(_log.Read(), ShardHeader.Of(identity, store.Shard)) is { } foreign)
            return Problem("SHARD_FOREIGN", foreign) with { Remedy = "remove the folder and run the shard again" };
        int chunks = 0;
        var files = new List<StagedFile>();
        while (chunks < _span.Count && _log.Read() is { } record)
        {
            files.AddRange(headOf(record).Files);
            chunks++;
        }
        if (chunks < _span.Count)
            return Problem("SHARD_UNFINISHED",
                $"{store.Shard} has committed {chunks} of its {Counted.Of(_span.Count, "chunk")} ({_span})") with
            {
                Remedy = "run the shard again: it goes on where it ended",
            };
        int whole = store.CountWhole(files, cancel);
        return whole == files.Count ? null : Problem("SHARD_DAMAGED",
            $"{store.Shard} has lost '{files[whole].Name}', or it is not as it was written") with
        {
            Remedy = "run the shard again: it makes anew what is damaged",
        };
    }

    /// <summary>The records of its chunks, in order.</summary>
    public IEnumerable<byte[]> Records()
    {
        _log.Return();
        _log.Read();
        for (int chunk = 0; chunk < _span.Count; chunk++)
            yield return _log.Read()
                ?? throw new IOException($"{store.Folder}: the journal was changed while it was read");
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    private Problem Problem(string code, string message) => new(code, message) { File = store.Folder };
}
