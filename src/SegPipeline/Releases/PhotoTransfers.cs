using System.Runtime.ExceptionServices;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// Brings photos into the staging folder, several at a time, so that a slow disk or network, or photos that must be
/// computed, cost the order of commits nothing. When some fail, the one that was asked for first is reported, whichever
/// failed first.
/// </summary>
/// <remarks>Files and photos made in memory have threads of their own: files wait for disks, eight at a time; what is
/// made needs a processor each, and memory, of which all together get a fixed amount. A single one may take
/// more.</remarks>
internal sealed class PhotoTransfers : IDisposable
{
    private const int FilesAtOnce = 8;
    private const int WaitingMost = 64;
    private const long MadeBytesAtOnce = 1L << 30;

    private readonly Action<ReleaseName, FileDigest> _done;
    private readonly object _gate = new();
    private readonly Lane _files = new("photo files", FilesAtOnce);
    private readonly Lane _made;
    private readonly long _bytesAtOnce;
    private readonly HashSet<ReleaseName> _underWay = [];
    private long _bytesUnderWay;
    private long _started;
    private int _open;
    private bool _isClosed;
    private (long Number, ExceptionDispatchInfo Cause)? _firstFailure;

    /// <param name="done">Told of every photo that is in place; any thread.</param>
    /// <param name="madeAtOnce">How many photos are made at once; null for one each processor.</param>
    /// <param name="bytesAtOnce">How much memory they take together.</param>
    public PhotoTransfers(
        Action<ReleaseName, FileDigest> done, int? madeAtOnce = null, long bytesAtOnce = MadeBytesAtOnce)
    {
        _done = done;
        _made = new Lane("photos made", madeAtOnce ?? Environment.ProcessorCount);
        _bytesAtOnce = bytesAtOnce;
    }

    /// <summary>Begins the transfer of a photo; waits while too many are under way.</summary>
    /// <param name="name">Its name in the release.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="transfer">How.</param>
    /// <param name="path">Where it goes; nothing may be there yet, the folder must be.</param>
    /// <exception cref="BadDataException">An earlier photo could not be read.</exception>
    public void Begin(ReleaseName name, Photo photo, MediaTransfer transfer, string path)
    {
        lock (_gate)
        {
            while (_open >= WaitingMost && _firstFailure is null) Monitor.Wait(_gate);
            if (_firstFailure is null)
            {
                Lane lane = photo.FilePath is null ? _made : _files;
                lane.Waiting.Enqueue(new Job(_started++, name, photo, transfer, path));
                _underWay.Add(name);
                _open++;
                if (lane.Threads < Math.Min(lane.ThreadsMost, lane.Waiting.Count + lane.UnderWay)) Hire(lane);
                Monitor.PulseAll(_gate);
                return;
            }
        }
        AwaitAll();
    }

    /// <summary>Waits until a photo is in its place, or will never be; not at all for one that was never
    /// begun.</summary>
    public void Await(ReleaseName name)
    {
        lock (_gate)
            while (_underWay.Contains(name)) Monitor.Wait(_gate);
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
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Drain()
    {
        lock (_gate)
            while (_open > 0) Monitor.Wait(_gate);
    }

    private void Hire(Lane lane)
    {
        lane.Threads++;
        new Thread(() => Work(lane)) { IsBackground = true, Name = lane.Name }.Start();
    }

    private void Work(Lane lane)
    {
        while (Take(lane) is { } job)
        {
            try
            {
                _done(job.Name, Transfer(job.Photo, job.Transfer, job.Path));
            }
            catch (Exception e)
            {
                lock (_gate)
                {
                    if (_firstFailure is null || job.Number < _firstFailure.Value.Number)
                        _firstFailure = (job.Number, ExceptionDispatchInfo.Capture(e));
                }
            }
            lock (_gate)
            {
                lane.UnderWay--;
                _bytesUnderWay -= job.Photo.CostBytes;
                _underWay.Remove(job.Name);
                _open--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The next photo of a lane, once there is one and memory for it; null when none will come.</summary>
    private Job? Take(Lane lane)
    {
        lock (_gate)
        {
            while (!HasRoom(lane))
            {
                if (_isClosed) return null;
                Monitor.Wait(_gate);
            }
            Job job = lane.Waiting.Dequeue();
            lane.UnderWay++;
            _bytesUnderWay += job.Photo.CostBytes;
            return job;
        }
    }

    private bool HasRoom(Lane lane) => lane.Waiting.TryPeek(out Job? next) &&
        (_bytesUnderWay == 0 || _bytesUnderWay + next.Photo.CostBytes <= _bytesAtOnce);

    private static FileDigest Transfer(Photo photo, MediaTransfer transfer, string path)
    {
        if (photo.FilePath is null) return Store(photo, path);
        string source = ResolveFile(photo.FilePath);
        bool isCopied = false;
        switch (transfer)
        {
            case MediaTransfer.Symlink:
                File.CreateSymbolicLink(path, Path.GetFullPath(photo.FilePath));
                break;
            case MediaTransfer.Hardlink when FileSystemCalls.TryHardLink(source, path):
                break;
            default:
                File.Copy(source, path);
                isCopied = true;
                break;
        }
        FileDigest digest = FileDigest.OfFile(path);
        if (isCopied)
        {
            Telemetry.BytesRead.Add(digest.SizeBytes);
            Telemetry.BytesWritten.Add(digest.SizeBytes);
        }
        return digest;
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
            Remedy = "check the reader's folder of pictures, or write without pictures",
        });
    }

    private sealed record Job(long Number, ReleaseName Name, Photo Photo, MediaTransfer Transfer, string Path);

    /// <summary>Photos of one kind, and the threads that transfer them.</summary>
    private sealed class Lane(string name, int threadsMost)
    {
        public string Name => name;

        public int ThreadsMost => threadsMost;

        public Queue<Job> Waiting { get; } = new();

        public int UnderWay { get; set; }

        public int Threads { get; set; }
    }
}
