using SegPipeline.Cli.Scheduling;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli;

/// <summary>
/// Shared locks on the releases that a run reads, so that none of them is removed or replaced meanwhile. Anybody can
/// hold one: <c>flock -s releases/x/.NAME.lock command</c>.
/// </summary>
internal sealed class ReleaseLeases : IDisposable
{
    private readonly List<FileStream> _locks = [];

    /// <summary>Locks every release that a pipeline reads, but the one it writes, whose lock is held by then.</summary>
    /// <exception cref="IOException">One was removed since the pipeline was loaded; loaded anew, it may follow a link
    /// to a later one.</exception>
    public static ReleaseLeases Take(LoadedPipeline pipeline)
    {
        ReleaseLeases leases = Take(pipeline.InputPaths.Select(p => p.Path.FullPath));
        if (pipeline.CheckInputs() is not [var gone, ..]) return leases;
        leases.Dispose();
        throw new IOException($"an input was removed as the run began: {gone.Message}; run it again");
    }

    /// <summary>Locks every release in which one of the paths lies, links followed.</summary>
    public static ReleaseLeases Take(IEnumerable<string> paths)
    {
        var leases = new ReleaseLeases();
        foreach (string folder in paths.SelectMany(p => FoldersAbove(RealPath(p))).Distinct(StringComparer.Ordinal))
            leases.TryTake(folder);
        return leases;
    }

    /// <summary>True when somebody holds a lock.</summary>
    public static bool IsLocked(string lockFile)
    {
        try
        {
            new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FileStream held in _locks) held.Dispose();
    }

    private void TryTake(string folder)
    {
        if (Path.GetDirectoryName(folder) is null || ReleaseShelf.LockOf(folder) is not { } file || !File.Exists(file))
            return;
        try
        {
            _locks.Add(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes this release just now, or it is not ours: nobody removes it either.
        }
    }

    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder)) yield return folder;
    }

    /// <summary>The path with every link on the way followed.</summary>
    private static string RealPath(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null) return path;
        string real = Path.Combine(RealPath(parent), Path.GetFileName(path));
        FileSystemInfo? target = new DirectoryInfo(real) is { Exists: true } folder
            ? folder.ResolveLinkTarget(returnFinalTarget: false)
            : File.Exists(real) ? new FileInfo(real).ResolveLinkTarget(returnFinalTarget: false) : null;
        // Where it leads to may lie behind links, too.
        return target is null ? real : RealPath(target.FullName);
    }
}
