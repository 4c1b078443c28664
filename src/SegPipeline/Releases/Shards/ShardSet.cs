using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;

namespace SegPipeline.Releases.Shards;

/// <summary>All shards of one frozen plan that lie beside a release, held while they are merged.</summary>
public sealed class ShardSet : IDisposable
{
    private readonly string _root;
    private readonly string _bin;
    private readonly List<ShardStore> _stores = [];

    internal ShardSet(
        string target, string planDigest, string bin, Action<IReadOnlyList<StagedFile>, string> offer)
    {
        _bin = bin;
        _root = ShardPlace.RootOf(target, planDigest);
        OtherRoots = ShardPlace.OtherRoots(target, planDigest);
        try
        {
            foreach (ShardPlace place in ShardPlace.AllIn(_root)) _stores.Add(new ShardStore(place, offer));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The shards that are there.</summary>
    /// <param name="commandOf">The command line by which a user makes a shard.</param>
    public ShardsFound Found(Func<Shard, string> commandOf) => new(_stores, _root, commandOf);

    /// <summary>Folders beside the release that hold shards of other plans.</summary>
    public IReadOnlyList<string> OtherRoots { get; }

    /// <summary>Removes them all: the release is published. They are gone at once, whoever ends this process while
    /// their many files are deleted: a merge that is started again must not take half of them for damaged.</summary>
    public void Remove()
    {
        try
        {
            Directory.Move(_root, _bin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The release is out; what is left of the shards takes space and does no harm.
        }
    }

    /// <summary>Lets them go.</summary>
    public void Dispose() => _stores.ForEach(store => store.Dispose());
}
