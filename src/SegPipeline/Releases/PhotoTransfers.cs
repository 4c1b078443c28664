using System.Runtime.ExceptionServices;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// Brings photos into the staging folder, several at a time, so that a slow disk or network costs the order of commits
/// nothing. When some fail, the one that was asked for first is reported, whichever failed first.
/// </summary>
/// <param name="done">Told of every photo that is in place; any thread.</param>
internal sealed class PhotoTransfers(Action<ReleaseName, FileDigest> done) : IDisposable
{
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly Lock _gate = new();
    private readonly Lock _draining = new();
    private long _started;
    private (long Number, ExceptionDispatchInfo Cause)? _firstFailure;

    /// <summary>Begins the transfer of a photo; waits while too many are under way.</summary>
    /// <param name="name">Its name in the release.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="transfer">How.</param>
    /// <param name="path">Where it goes; nothing may be there yet, the folder must be.</param>
    /// <exception cref="BadDataException">An earlier photo could not be read.</exception>
    public void Begin(ReleaseName name, Photo photo, MediaTransfer transfer, string path)
    {
        _places.Wait();
        long number;
        bool failed;
        lock (_gate)
        {
            number = _started++;
            failed = _firstFailure is not null;
        }
        if (failed)
        {
            _places.Release();
            AwaitAll();
        }
        Task.Run(() => Perform(number, name, photo, transfer, path));
    }

    /// <summary>Waits for all transfers.</summary>
    /// <exception cref="BadDataException">A photo could not be read.</exception>
    public void AwaitAll()
    {
        Drain();
        _firstFailure?.Cause.Throw();
    }

    /// <summary>Waits for what is under way, so that the folder can be removed.</summary>
    public void Dispose()
    {
        Drain();
        _places.Dispose();
    }

    private void Drain()
    {
        // One at a time: two that each hold half of the places would wait for each other.
        lock (_draining)
        {
            for (int i = 0; i < AtOnce; i++) _places.Wait();
            _places.Release(AtOnce);
        }
    }

    private void Perform(long number, ReleaseName name, Photo photo, MediaTransfer transfer, string path)
    {
        try
        {
            done(name, Transfer(photo, transfer, path));
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                if (_firstFailure is null || number < _firstFailure.Value.Number)
                    _firstFailure = (number, ExceptionDispatchInfo.Capture(e));
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private static FileDigest Transfer(Photo photo, MediaTransfer transfer, string path)
    {
        if (photo.FilePath is null) return Store(photo, path);
        string source = ResolveFile(photo.FilePath);
        switch (transfer)
        {
            case MediaTransfer.Symlink:
                File.CreateSymbolicLink(path, Path.GetFullPath(photo.FilePath));
                break;
            case MediaTransfer.Hardlink when FileSystemCalls.TryHardLink(source, path):
                break;
            default:
                File.Copy(source, path);
                break;
        }
        return FileDigest.OfFile(path);
    }

    private static FileDigest Store(Photo photo, string path)
    {
        FileDigest digest = default;
        using (Stream source = photo.OpenRead())
        using (var target = new HashedFileStream(path, d => digest = d))
            source.CopyTo(target);
        return digest;
    }

    private static string ResolveFile(string path)
    {
        string? fault = null;
        try
        {
            // Hard-linking a link would put the link itself into the release.
            var file = new FileInfo(path);
            FileSystemInfo final = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)!;
            if (final.Exists && !final.Attributes.HasFlag(FileAttributes.Directory)) return final.FullName;
            fault = Directory.Exists(final.FullName) ? "it is a folder" : "it does not exist";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = e.Message;
        }
        throw new BadDataException(new Problem("MEDIA_MISSING", "the picture cannot be put into the release: " + fault)
        {
            File = path,
            Remedy = "check the reader's folder of pictures, or write without them (images: none)",
        });
    }
}
