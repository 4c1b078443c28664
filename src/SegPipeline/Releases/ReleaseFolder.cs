using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Releases.Shards;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// A release that is being written. Nothing of it can be seen at its place until <see cref="Publish"/>, which puts it
/// there whole; disposed of before that, the old release stays as it was, and what was made vanishes unless a run can
/// go on with it.
/// </summary>
/// <remarks>Safe to use from several writers at once.</remarks>
public sealed class ReleaseFolder : IReleaseFolder, IDisposable
{
    private const int FlushesAtOnce = 8;

    /// <summary>Files of this size are on their way to the disk while what comes after them is still made.</summary>
    private const long LargeBytes = 1 << 24;

    private const int ScratchBufferBytes = 1 << 16;

    private readonly ReleaseStaging _staging;
    private readonly PhotoTransfers _photos;
    private readonly NameRegister _names = new();
    private readonly StagedFiles _files;
    private readonly ConcurrentDictionary<(string Name, string What), long> _records = new();
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ReleaseName, Task> _flushing = new();
    private readonly ConcurrentBag<IDisposable> _scratch = [];
    private int _scratchNumber;
    private RunTrace? _trace;

    private ReleaseFolder(ReleaseStaging staging)
    {
        _staging = staging;
        _photos = new PhotoTransfers((name, digest) => _files!.Complete(name, digest));
        _files = new StagedFiles(staging, _photos);
        foreach (ReleaseName reserved in ReleaseNames.Reserved) _names.Take(reserved);
    }

    /// <summary>Full path of the folder that the release will be at; links are resolved.</summary>
    public string Target => _staging.Target;

    /// <summary>Where the journal of the run lies that writes this release.</summary>
    public IJournalStore Journal => _files;

    /// <summary>
    /// True when the run can be resumed: there is something in its journal, and the release is not published. What it
    /// has made so far is then kept beside the release.
    /// </summary>
    public bool IsResumable => _staging.IsKept;

    /// <summary>True when the journal of the run is to stay beside the release, as <c>NAME.journal</c>, so that what
    /// was rejected can be replayed.</summary>
    public bool KeepsJournal
    {
        get => _staging.KeepsJournal;
        set => _staging.KeepsJournal = value;
    }

    /// <summary>Begins to take down what flows through the run; it stays beside the release when all of it was taken
    /// down.</summary>
    public RunTrace BeginTrace(TraceDetail detail) => _trace = new RunTrace(new FileStream(
        _staging.Trace, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, ScratchBufferBytes), detail);

    /// <summary>Told of the files of the release and of the folder they are in before they are published; throws to
    /// prevent it.</summary>
    public Action<ImmutableArray<ReleaseFile>, string>? Judge { get; set; }

    /// <summary>Begins a release; what an interrupted run has kept is removed.</summary>
    /// <param name="folder">Where it will be; may hold an older release.</param>
    /// <param name="configDigest">Digest of the config; names the folder in which the release grows.</param>
    /// <exception cref="ReleaseLockedException">Another run is writing it.</exception>
    /// <exception cref="BadDataException">The folder holds something else, or cannot be written.</exception>
    public static ReleaseFolder Begin(string folder, string configDigest) =>
        new(ReleaseStaging.Begin(folder, configDigest));

    /// <summary>Goes on with a release that an interrupted run has begun, or begins it when there is none. Whether it
    /// is a run of the same pipeline is for the journal to tell.</summary>
    /// <inheritdoc cref="Begin"/>
    public static ReleaseFolder Resume(string folder, string configDigest) =>
        new(ReleaseStaging.Resume(folder, configDigest));

    /// <summary>Goes on with a shard of a release, or begins it. It is never published, and stays where it is for a
    /// merge.</summary>
    /// <param name="folder">Where the release will be; may hold an older one.</param>
    /// <param name="planDigest">Digest of the frozen plan.</param>
    /// <param name="shard">Which part.</param>
    /// <exception cref="ReleaseLockedException">Another process is working on the shard.</exception>
    /// <exception cref="BadDataException">The folder holds something else, or cannot be written.</exception>
    public static ReleaseFolder OpenShard(string folder, string planDigest, Shard shard) => new(
        ReleaseStaging.OpenShard(folder, target => new ShardPlace(ShardPlace.RootOf(target, planDigest), shard)));

    /// <summary>What was made is not to be kept: no later run may go on with it.</summary>
    public void Discard() => _staging.IsKept = false;

    /// <summary>The folder in which it grows.</summary>
    public string Staging => _staging.Root;

    /// <summary>Removes what a finished shard has written and no merge asks for.</summary>
    public void CloseShard() => _files.RemoveUnjournalled();

    /// <summary>What shards have left for this release.</summary>
    /// <param name="planDigest">Digest of the frozen plan.</param>
    /// <exception cref="ReleaseLockedException">One of them is still being worked on.</exception>
    public ShardSet OpenShards(string planDigest) => new(Target, planDigest, _staging.Merged, _files.Offer);

    /// <inheritdoc/>
    public Stream CreateFile(ReleaseName name)
    {
        _names.Take(name);
        _files.Begin(name);
        return new HashedFileStream(MakePath(name), digest => Complete(name, digest));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The photo may reach its place only later, before <see cref="CompletePhotos"/> returns. A source that is a link
    /// is followed, wherever it leads, since folders of links are a usual way to lay out photos; what is copied or
    /// hard-linked is the file at its end. A hard link shares its bytes with the source: who edits that in place edits
    /// the release, which verification then tells. A symbolic link holds the absolute path of the source. A photo made
    /// in memory is written out whatever the transfer.
    /// </remarks>
    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer)
    {
        if (transfer == MediaTransfer.None) return;
        if (transfer == MediaTransfer.Symlink) RefuseLinkIntoOldRelease(photo);
        _names.Take(name);
        _files.Begin(name);
        if (photo is StagedPhoto) _files.TakeOver(name, MakePath(name));
        else _photos.Begin(name, photo, transfer, MakePath(name));
    }

    /// <inheritdoc/>
    public void CompletePhotos() => _photos.AwaitAll();

    /// <inheritdoc/>
    public IUnnamedFile CreateUnnamed() => Scratch(path => new UnnamedFile(path, (name, from, digest) =>
    {
        _names.Take(name);
        _files.Begin(name);
        File.Move(from, MakePath(name));
        Complete(name, digest);
    }));

    /// <inheritdoc/>
    public FileStream CreateScratchFile() => Scratch(path => new FileStream(path, FileMode.CreateNew,
        FileAccess.ReadWrite, FileShare.None, ScratchBufferBytes, FileOptions.DeleteOnClose));

    /// <inheritdoc/>
    public void CountRecords(ReleaseName name, string what, long count) => _records[(name.Value, what)] = count;

    /// <summary>Writes what describes the release and puts it in its place.</summary>
    /// <param name="record">How the release was made.</param>
    /// <param name="cancel">Until the last moment the old release can still be kept.</param>
    /// <returns>The files of the release, in ordinal order of their names.</returns>
    /// <exception cref="BadDataException">A photo could not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the old release is as it was.</exception>
    public ImmutableArray<ReleaseFile> Publish(ReleaseRecord record, CancellationToken cancel = default)
    {
        CompletePhotos();
        List<ReleaseFile> files = Contents();
        new ReleaseClosing(record, files, CreateDescription).WriteAll();
        Flush(files, cancel);
        cancel.ThrowIfCancellationRequested();
        ImmutableArray<ReleaseFile> published = [.. files];
        Judge?.Invoke(published, _staging.Files);
        KeepTrace(published);
        _staging.Publish();
        return published;
    }

    /// <summary>Removes everything that is not published, and lets other runs write the release.</summary>
    public void Dispose()
    {
        _photos.Dispose();
        if (_trace is not null) Close(_trace);
        foreach (Task early in _flushing.Values)
            early.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        foreach (IDisposable file in _scratch) Close(file);
        _staging.Dispose();
    }

    private HashedFileStream CreateDescription(ReleaseName name, Action<FileDigest> closed)
    {
        if (!ReleaseNames.Reserved.Contains(name)) _names.Take(name);
        return new HashedFileStream(MakePath(name), closed);
    }

    private void KeepTrace(ImmutableArray<ReleaseFile> files)
    {
        _staging.KeepsTrace = _trace is { IsWhole: true };
        if (!_staging.KeepsTrace) return;
        _trace!.Seal(files.Single(file => file.Name == ReleaseNames.Manifest).Digest.Sha256);
        _trace.Dispose();
    }

    private List<ReleaseFile> Contents()
    {
        if (_files.Unfinished > 0)
            throw new InvalidOperationException($"{_files.Unfinished} files of the release were never closed");
        var records = _records.ToLookup(r => r.Key.Name, StringComparer.Ordinal);
        return [.. _files.Whole.OrderBy(f => f.Name.Value, StringComparer.Ordinal).Select(f => f with
        {
            Records = records[f.Name.Value]
                .ToImmutableSortedDictionary(r => r.Key.What, r => r.Value, StringComparer.Ordinal),
        })];
    }

    private string MakePath(ReleaseName name)
    {
        string path = _staging.PathOf(name.Value);
        string folder = Path.GetDirectoryName(path)!;
        if (!_folders.ContainsKey(folder))
        {
            Directory.CreateDirectory(folder);
            _folders[folder] = true;
        }
        return path;
    }

    private void Flush(List<ReleaseFile> files, CancellationToken cancel)
    {
        // A photo that is a link is not ours to flush; through a hard link its bytes have long been on disk.
        var options = new ParallelOptions { MaxDegreeOfParallelism = FlushesAtOnce, CancellationToken = cancel };
        try
        {
            Parallel.ForEach(files, options, file =>
            {
                if (_flushing.TryGetValue(file.Name, out Task? early)) early.GetAwaiter().GetResult();
                else Flush(file.Name);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        foreach (string folder in Directory.EnumerateDirectories(_staging.Files, "*", SearchOption.AllDirectories))
            FileSystemCalls.SyncFolder(folder);
        FileSystemCalls.SyncFolder(_staging.Files);
    }

    private void Flush(ReleaseName name)
    {
        // Whoever wrote the file may not have closed it yet.
        using var handle = File.OpenHandle(_staging.PathOf(name.Value), share: FileShare.ReadWrite);
        if (!OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(handle);
    }

    private void Complete(ReleaseName name, FileDigest digest)
    {
        _files.Complete(name, digest);
        if (digest.SizeBytes >= LargeBytes) _flushing[name] = Task.Run(() => Flush(name));
    }

    private void RefuseLinkIntoOldRelease(Photo photo)
    {
        if (photo.FilePath is null) return;
        string inside = Path.GetFullPath(photo.FilePath);
        if (!inside.StartsWith(Target + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return;
        throw new BadDataException(new Problem("LINK_INTO_RELEASE",
            "a link to this picture would lead into the very release that is being replaced")
        {
            File = photo.FilePath,
            Remedy = "use images: copy or hardlink, or write the release somewhere else",
        });
    }

    private T Scratch<T>(Func<string, T> create)
        where T : IDisposable
    {
        T file = create(Path.Combine(_staging.Scratch, $"{Interlocked.Increment(ref _scratchNumber)}"));
        _scratch.Add(file);
        return file;
    }

    private static void Close(IDisposable scratch)
    {
        try
        {
            scratch.Dispose();
        }
        catch (IOException)
        {
            // What it could not write any more is of no interest to anybody.
        }
    }
}
