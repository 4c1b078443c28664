using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;

namespace SegPipeline.Releases.Shards;

/// <summary>All shards of one frozen plan that lie beside a release, held while they are merged.</summary>
public sealed class ShardSet : IDisposable
{
    private readonly string _root;
    private readonly List<ShardStore> _stores = [];

    internal ShardSet(string target, string planDigest, Action<IReadOnlyList<StagedFile>, string> offer)
    {
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

    /// <summary>What each has left.</summary>
    public IReadOnlyList<IShardStore> Stores => _stores;

    /// <summary>Folders beside the release that hold shards of other plans.</summary>
    public IReadOnlyList<string> OtherRoots { get; }

    /// <summary>Removes them all: the release is published.</summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The release is out; what is left of the shards takes space and does no harm.
        }
    }

    /// <summary>Lets them go.</summary>
    public void Dispose() => _stores.ForEach(store => store.Dispose());
}
