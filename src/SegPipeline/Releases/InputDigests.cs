using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// Takes the digests of input files: of those that the readers name on a thread of its own, while the run that reads
/// them goes on; of those found within folders, which are many and small, on all processors when it is over. Each file
/// is read once, however many stages use it.
/// </summary>
public sealed class InputDigests : IDisposable
{
    /// <summary>Code of the problem that an input was changed while it was read; a later run may find it
    /// whole.</summary>
    public const string Changed = "INPUT_CHANGED";

    private readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, (FileDigest Digest, DateTime Written)> _done =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <summary>Starts the thread; it waits for files.</summary>
    public InputDigests() => _work = Task.Factory.StartNew(
        Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Begins with the files that the readers of a graph name, before any of them is open.</summary>
    public void Begin(PipelineGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (Stage reader in graph.Nodes.Select(n => n.Stage).OfType<Reader>())
            foreach (PropertyInfo property in reader.GetType().GetProperties())
                foreach (InputPath path in Paths(property.GetValue(reader)))
                    if (File.Exists(path.FullPath)) Begin(path.FullPath);
    }

    /// <summary>Waits for the digests of all input files of a run.</summary>
    /// <param name="result">What the run left behind.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>A digest for each of its input files, in their order.</returns>
    /// <exception cref="BadDataException">A file is no longer readable, or was changed while it was read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<ImmutableArray<InputDigest>> CompleteAsync(RunResult result, CancellationToken cancel) =>
        CompleteAsync(result.InputFiles, cancel);

    /// <summary>Waits for the digests of files.</summary>
    /// <param name="files">The files: node, path.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>A digest for each of them, in their order.</returns>
    /// <exception cref="BadDataException">A file is no longer readable, or was changed while it was read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ImmutableArray<InputDigest>> CompleteAsync(
        ImmutableArray<(string Node, string Path)> files, CancellationToken cancel)
    {
        string[] others = Others(files);
        _queue.Writer.TryComplete();
        await Task.WhenAll(Task.Run(() => DigestAll(others), cancel), _work).WaitAsync(cancel).ConfigureAwait(false);
        return [.. files.Select(f => new InputDigest(f.Node, f.Path, Unchanged(f.Path)))];
    }

    /// <summary>True when the digest of a file is taken.</summary>
    internal bool IsDone(string path) => _done.ContainsKey(path);

    /// <summary>Stops the thread.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _queue.Writer.TryComplete();
        // A failure was told by CompleteAsync, or nobody asked.
        Task.WaitAny(_work);
        _stop.Dispose();
    }

    private static IEnumerable<InputPath> Paths(object? value) => value switch
    {
        InputPath path => [path],
        IEnumerable<InputPath> paths => paths,
        _ => [],
    };

    private void Begin(string path)
    {
        lock (_gate)
        {
            if (_begun.Add(path)) _queue.Writer.TryWrite(path);
        }
    }

    /// <summary>The files that nobody has begun with.</summary>
    private string[] Others(ImmutableArray<(string Node, string Path)> files)
    {
        lock (_gate) return [.. files.Select(f => f.Path).Where(_begun.Add)];
    }

    private void DigestAll(string[] paths)
    {
        try
        {
            Parallel.ForEach(paths, new ParallelOptions { CancellationToken = _stop.Token },
                path => _done[path] = Digest(path));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private void Work()
    {
        while (_queue.Reader.WaitToReadAsync(_stop.Token).AsTask().GetAwaiter().GetResult())
            while (_queue.Reader.TryRead(out string? path))
                _done[path] = Digest(path);
    }

    private (FileDigest Digest, DateTime Written) Digest(string path)
    {
        try
        {
            DateTime written = FileAt(path).LastWriteTimeUtc;
            return (FileDigest.OfFile(path, _stop.Token), written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException(new Problem("FILE_UNREADABLE", "the input cannot be read again: " + e.Message)
            {
                File = path,
                Remedy = "do not move or remove an input while it is read",
            }, e);
        }
    }

    /// <summary>The file itself, where the path is a link: a link has a length and a time of its own.</summary>
    internal static FileInfo FileAt(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is null) return file;
        return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }

    private FileDigest Unchanged(string path)
    {
        var (digest, written) = _done[path];
        FileInfo now = FileAt(path);
        if (now.Exists && now.Length == digest.SizeBytes && now.LastWriteTimeUtc == written) return digest;
        throw ChangedMeanwhile(path);
    }

    /// <summary>An input was changed while it was read.</summary>
    internal static BadDataException ChangedMeanwhile(string path) =>
        new(new Problem(Changed, "the input was changed while it was read")
        {
            File = path,
            Remedy = "run again when nothing writes to it any more",
        });
}
