using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Model;

namespace SegPipeline.Releases.Shards;

/// <summary>What a shard has left beside a release, held while it is merged.</summary>
/// <param name="place">Where it lies.</param>
/// <param name="offer">Offers files to the release: the files, and the folder they lie in.</param>
internal sealed class ShardStore(ShardPlace place, Action<IReadOnlyList<StagedFile>, string> offer)
    : IShardStore, IDisposable
{
    private readonly FileStream _lock = LockFile.Hold(place.Lock,
        new Problem("SHARD_BUSY", $"{place.Shard} is still being worked on")
        {
            File = place.Folder,
            Remedy = "merge when it has ended",
        });

    private readonly string _files = Path.Combine(place.Folder, "files");

    /// <inheritdoc/>
    public Shard Shard => place.Shard;

    /// <inheritdoc/>
    public string Folder => place.Folder;

    /// <inheritdoc/>
    public Stream OpenLog()
    {
        try
        {
            return JournalFile.Open(place.Journal, FileMode.Open, FileAccess.Read);
        }
        catch (FileNotFoundException)
        {
            return Stream.Null;
        }
    }

    /// <inheritdoc/>
    public int CountWhole(IReadOnlyList<StagedFile> files, CancellationToken cancel) =>
        StagedFiles.CountWhole(_files, files, cancel);

    /// <inheritdoc/>
    public void Offer(IReadOnlyList<StagedFile> files) => offer(files, _files);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
