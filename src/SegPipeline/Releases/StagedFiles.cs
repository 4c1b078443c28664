using System.Collections.Concurrent;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// The files of a release that is being written, and the journal beside them. Both outlive a run that is interrupted,
/// so that the next can go on with them.
/// </summary>
/// <param name="staging">Where they lie.</param>
/// <param name="photos">Brings some of them there.</param>
internal sealed class StagedFiles(ReleaseStaging staging, PhotoTransfers photos) : IJournalStore
{
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReleaseFile> _whole = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (StagedFile File, string? Folder)> _adopted =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _journalled = new(StringComparer.Ordinal);

    /// <summary>The files that are in their places.</summary>
    public ICollection<ReleaseFile> Whole => _whole.Values;

    /// <summary>Number of files that were begun and are not in their places.</summary>
    public int Unfinished => _begun.Count - _whole.Count;

    /// <summary>A file is begun.</summary>
    public void Begin(ReleaseName name) => _begun[name.Value] = true;

    /// <summary>A file is in its place.</summary>
    public void Complete(ReleaseName name, FileDigest digest) => _whole[name.Value] = new ReleaseFile(name, digest);

    /// <summary>A file of the run before, or one that a shard offers, becomes one of this run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">Its place.</param>
    public void TakeOver(ReleaseName name, string path)
    {
        if (!_adopted.TryGetValue(name.Value, out var adopted))
            throw new InvalidOperationException($"'{name}' is not in the release yet");
        if (adopted.Folder is { } folder) Bring(ReleaseStaging.PathIn(folder, name.Value), path);
        Complete(name, new FileDigest(adopted.File.SizeBytes, adopted.File.Sha256));
    }

    /// <summary>Offers files that lie in another folder; those that are asked for are taken over from there.</summary>
    public void Offer(IReadOnlyList<StagedFile> files, string folder)
    {
        foreach (StagedFile file in files) _adopted.TryAdd(file.Name.Value, (file, folder));
    }

    /// <summary>Removes the files that no record of the journal names.</summary>
    public void RemoveUnjournalled() => RemoveAllBut(_journalled.Contains);

    /// <inheritdoc/>
    public Stream OpenLog() => JournalFile.Open(staging.Journal, FileMode.OpenOrCreate, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public Stream? OpenKept() => File.Exists(staging.KeptJournal)
        ? JournalFile.Open(staging.KeptJournal, FileMode.Open, FileAccess.Read)
        : null;

    /// <inheritdoc/>
    public bool OfferPublished(IReadOnlyList<StagedFile> files)
    {
        if (CountWhole(staging.Target, files) < files.Count) return false;
        Offer(files, staging.Target);
        return true;
    }

    /// <inheritdoc/>
    public void Keep() => staging.IsKept = true;

    /// <inheritdoc/>
    public IReadOnlyList<StagedFile>? AwaitFiles(IReadOnlyList<ReleaseName> names)
    {
        var files = new List<StagedFile>(names.Count);
        foreach (ReleaseName name in names)
        {
            photos.Await(name);
            _journalled.Add(name.Value);
            if (_whole.TryGetValue(name.Value, out ReleaseFile? file))
                files.Add(new StagedFile(name, file.Digest.SizeBytes, file.Digest.Sha256));
            else if (_begun.ContainsKey(name.Value)) return null;
        }
        return files;
    }

    /// <inheritdoc/>
    public int CountWhole(IReadOnlyList<StagedFile> files) => CountWhole(staging.Files, files);

    /// <summary>Tells how many files, from the first on, lie in a folder as they were.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The files as they should be.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static int CountWhole(
        string folder, IReadOnlyList<StagedFile> files, CancellationToken cancel = default)
    {
        var options = new ParallelOptions { CancellationToken = cancel };
        ParallelLoopResult result = Parallel.For(0, files.Count, options, (i, state) =>
        {
            if (!IsWhole(folder, files[i])) state.Break();
        });
        return (int)(result.LowestBreakIteration ?? files.Count);
    }

    /// <inheritdoc/>
    public void Adopt(IReadOnlyList<StagedFile> files)
    {
        foreach (StagedFile file in files)
        {
            _adopted[file.Name.Value] = (file, Folder: null);
            _journalled.Add(file.Name.Value);
        }
        RemoveAllBut(_adopted.ContainsKey);
    }

    private void RemoveAllBut(Func<string, bool> isKept)
    {
        foreach (string name in ReleaseNames.FilesIn(staging.Files))
            if (!isKept(name)) File.Delete(staging.PathOf(name));
        // Folders stay only for what is in them; the deepest come last in this order.
        string[] folders = Directory.GetDirectories(staging.Files, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        });
        foreach (string folder in folders.Order(StringComparer.Ordinal).Reverse())
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>Gives a file a place in the release too; where it lies now it stays, in case that this run
    /// ends early.</summary>
    private static void Bring(string source, string path)
    {
        if (new FileInfo(source).LinkTarget is { } target) File.CreateSymbolicLink(path, target);
        else if (!FileSystemCalls.TryHardLink(source, path)) File.Copy(source, path);
    }

    private static bool IsWhole(string folder, StagedFile file)
    {
        try
        {
            string path = ReleaseStaging.PathIn(folder, file.Name.Value);
            return new FileInfo(path).Exists &&
                FileDigest.OfFile(path) == new FileDigest(file.SizeBytes, file.Sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
