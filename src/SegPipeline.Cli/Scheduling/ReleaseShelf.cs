using System.Globalization;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Scheduling;

/// <summary>
/// The folder of a job's releases: a folder for each run, named after the moment it was due, and the link
/// <c>current</c> to the latest, which at every moment leads to a whole release.
/// </summary>
/// <param name="Folder">Its full path.</param>
internal sealed record ReleaseShelf(string Folder)
{
    private const string LinkName = "current";
    private const string NewLinkName = ".current.new";

    /// <summary>The link to the latest release.</summary>
    public string CurrentLink => Path.Combine(Folder, LinkName);

    /// <summary>Name of the release that <see cref="CurrentLink"/> leads to; null when there is none.</summary>
    public string? Current
    {
        get
        {
            string? target = new DirectoryInfo(CurrentLink).LinkTarget;
            return target is not null && Directory.Exists(CurrentLink) ? Path.GetFileName(target) : null;
        }
    }

    /// <summary>The name of a release that is due at some moment, such as <c>20261128T030000Z</c>.</summary>
    public static string NameOf(DateTimeOffset due) =>
        due.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Full path of a release.</summary>
    public string PathOf(string release) => Path.Combine(Folder, release);

    /// <summary>True when a release is there, whole: it appears by a rename.</summary>
    public bool Has(string release) => File.Exists(Path.Combine(PathOf(release), ReleaseNames.Manifest.Value));

    /// <summary>Lets the link lead to another release, by a rename: it leads somewhere at every moment.</summary>
    public void SwitchTo(string release)
    {
        string fresh = Path.Combine(Folder, NewLinkName);
        File.Delete(fresh);
        Directory.CreateSymbolicLink(fresh, release);
        FileSystemCalls.ReplaceLink(fresh, CurrentLink);
        FileSystemCalls.SyncFolder(Folder);
    }

    /// <summary>Removes a release that nobody reads, with what stands beside it.</summary>
    /// <returns>False when somebody reads or writes it, who holds its lock.</returns>
    public bool TryRemove(string release) => TryAlone(release, () =>
    {
        // Out of sight by a rename first: nobody finds half a release.
        if (Directory.Exists(PathOf(release)))
            Directory.Move(PathOf(release), Path.Combine(Folder, $".{release}.partial-removed"));
        RemoveRemains(release);
    });

    /// <summary>Removes what a run left that never became a release. A release of its name is not of that run, and
    /// stays.</summary>
    /// <inheritdoc cref="TryRemove"/>
    public bool TryRemoveRemains(string release) => TryAlone(release, () => RemoveRemains(release));

    private void RemoveRemains(string release)
    {
        foreach (string folder in Directory.EnumerateDirectories(Folder, $".{release}.partial-*"))
            Directory.Delete(folder, recursive: true);
        if (Directory.Exists(PathOf(release))) return;
        ReleaseSiblings.Remove(PathOf(release));
        File.Delete(LockOf(PathOf(release)));
    }

    private bool TryAlone(string release, Action remove)
    {
        string lockFile = LockOf(PathOf(release));
        try
        {
            // Who reads it has the lock shared (ReleaseLeases, or flock -s); nobody comes back to a name of the past.
            using FileStream? own = File.Exists(lockFile)
                ? new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None)
                : null;
            remove();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The file whose lock a run holds while it writes a release, and who reads one may hold shared.</summary>
    public static string LockOf(string releaseFolder) =>
        Path.Combine(Path.GetDirectoryName(releaseFolder)!, $".{Path.GetFileName(releaseFolder)}.lock");
}
