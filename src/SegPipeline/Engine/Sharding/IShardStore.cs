using SegPipeline.Engine.Journal;

namespace SegPipeline.Engine.Sharding;

/// <summary>What a shard has left, as a merge takes it over.</summary>
public interface IShardStore
{
    /// <summary>The shard that it says it is of.</summary>
    Shard Shard { get; }

    /// <summary>Where it lies, for messages.</summary>
    string Folder { get; }

    /// <summary>Opens its journal for reading. Whoever opens it closes it.</summary>
    Stream OpenLog();

    /// <summary>Tells how many files, from the first on, lie in their places as they were.</summary>
    int CountWhole(IReadOnlyList<StagedFile> files, CancellationToken cancel);

    /// <summary>Offers files to the release: those that a writer puts there are taken over. Where several shards offer
    /// one name, the first offer stands.</summary>
    void Offer(IReadOnlyList<StagedFile> files);
}
