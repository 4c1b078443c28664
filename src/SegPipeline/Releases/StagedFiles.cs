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
    private const int BufferBytes = 1 << 16;

    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReleaseFile> _whole = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StagedFile> _adopted = new(StringComparer.Ordinal);

    /// <summary>The files that are in their places.</summary>
    public ICollection<ReleaseFile> Whole => _whole.Values;

    /// <summary>Number of files that were begun and are not in their places.</summary>
    public int Unfinished => _begun.Count - _whole.Count;

    /// <summary>A file is begun.</summary>
    public void Begin(ReleaseName name) => _begun[name.Value] = true;

    /// <summary>A file is in its place.</summary>
    public void Complete(ReleaseName name, FileDigest digest) => _whole[name.Value] = new ReleaseFile(name, digest);

    /// <summary>A file of the run before becomes one of this run.</summary>
    public void TakeOver(ReleaseName name)
    {
        if (!_adopted.TryGetValue(name.Value, out StagedFile file))
            throw new InvalidOperationException($"'{name}' is not in the release yet");
        Complete(name, new FileDigest(file.SizeBytes, file.Sha256));
    }

    /// <inheritdoc/>
    public Stream OpenLog() => new FileStream(
        staging.Journal, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, BufferBytes);

    /// <inheritdoc/>
    public void Keep() => staging.IsKept = true;

    /// <inheritdoc/>
    public IReadOnlyList<StagedFile>? AwaitFiles(IReadOnlyList<ReleaseName> names)
    {
        var files = new List<StagedFile>(names.Count);
        foreach (ReleaseName name in names)
        {
            photos.Await(name);
            if (_whole.TryGetValue(name.Value, out ReleaseFile? file))
                files.Add(new StagedFile(name, file.Digest.SizeBytes, file.Digest.Sha256));
            else if (_begun.ContainsKey(name.Value)) return null;
        }
        return files;
    }

    /// <inheritdoc/>
    public int CountWhole(IReadOnlyList<StagedFile> files)
    {
        ParallelLoopResult result = Parallel.For(0, files.Count, (i, state) =>
        {
            if (!IsWhole(files[i])) state.Break();
        });
        return (int)(result.LowestBreakIteration ?? files.Count);
    }

    /// <inheritdoc/>
    public void Adopt(IReadOnlyList<StagedFile> files)
    {
        foreach (StagedFile file in files) _adopted[file.Name.Value] = file;
        foreach (string name in ReleaseNames.FilesIn(staging.Files))
            if (!_adopted.ContainsKey(name)) File.Delete(staging.PathOf(name));
        // Folders stay only for what is in them; the deepest come last in this order.
        string[] folders = Directory.GetDirectories(staging.Files, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        });
        foreach (string folder in folders.Order(StringComparer.Ordinal).Reverse())
            if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    private bool IsWhole(StagedFile file)
    {
        try
        {
            string path = staging.PathOf(file.Name.Value);
            return new FileInfo(path).Exists &&
                FileDigest.OfFile(path) == new FileDigest(file.SizeBytes, file.Sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
