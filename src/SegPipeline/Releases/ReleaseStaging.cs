using SegPipeline.Model;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Releases;

/// <summary>
/// The folder beside a release in which the next one grows, and the moment at which it takes the old one's place.
/// While it exists no other run can write the same release.
/// </summary>
/// <remarks>
/// For <c>releases/x</c> the folder is <c>releases/.x.partial-DIGEST</c> with <c>files/</c> (the release to be),
/// <c>scratch/</c>, the <c>journal</c> and <c>trace</c> of the run, and for a moment <c>old/</c> and <c>merged/</c>.
/// The lock is held on <c>releases/.x.lock</c>. A shard has such a folder of its own (<see cref="ShardPlace"/>), and is
/// never published.
/// </remarks>
internal sealed class ReleaseStaging : IDisposable
{
    private readonly FileStream _lock;

    private ReleaseStaging(string target, string root, FileStream locked)
    {
        Target = target;
        Root = root;
        _lock = locked;
        Files = Path.Combine(root, "files");
        Scratch = Path.Combine(root, "scratch");
        Journal = Path.Combine(root, "journal");
        Trace = Path.Combine(root, "trace");
        Merged = Path.Combine(root, "merged");
        Directory.CreateDirectory(Files);
        Directory.CreateDirectory(Scratch);
    }

    /// <summary>Full path of the release.</summary>
    public string Target { get; }

    /// <summary>The staging folder.</summary>
    public string Root { get; }

    /// <summary>Folder whose contents become the release.</summary>
    public string Files { get; }

    /// <summary>Folder for files that are not part of it.</summary>
    public string Scratch { get; }

    /// <summary>The journal of the run.</summary>
    public string Journal { get; }

    /// <summary>What flowed through the run.</summary>
    public string Trace { get; }

    /// <summary>Where shards go that were merged, to vanish with the folder.</summary>
    public string Merged { get; }

    /// <summary>Where the journal stays of a run that made a release and rejected samples.</summary>
    public string KeptJournal => ReleaseSiblings.JournalOf(Target);

    /// <summary>True when the journal is to stay when the release is published.</summary>
    public bool KeepsJournal { get; set; }

    /// <summary>True when what flowed is to stay beside the release when it is published.</summary>
    public bool KeepsTrace { get; set; }

    /// <summary>True when the folder is to stay, for another run to go on with.</summary>
    public bool IsKept { get; set; }

    /// <summary>Locks the release, puts right what a crashed run left, and makes an empty staging folder.</summary>
    /// <param name="folder">The release folder; need not exist.</param>
    /// <param name="digest">Names the staging folder, e.g. the config's digest.</param>
    /// <exception cref="ReleaseLockedException">Another run is writing it.</exception>
    /// <exception cref="BadDataException">The folder holds something else, or cannot be written.</exception>
    public static ReleaseStaging Begin(string folder, string digest) => Open(folder, digest, _ => false);

    /// <summary>Locks the release and goes on with what a run left that kept a journal; makes an empty staging folder
    /// when there is none.</summary>
    /// <inheritdoc cref="Begin"/>
    public static ReleaseStaging Resume(string folder, string digest) =>
        Open(folder, digest, leftover => File.Exists(Path.Combine(leftover, "journal")));

    /// <summary>Goes on with a shard of a release, or begins it. Other shards, and a run of the whole, can be under way
    /// at the same time; what they make lies elsewhere.</summary>
    /// <param name="folder">The release folder; need not exist.</param>
    /// <param name="place">Where the shard lies.</param>
    /// <exception cref="ReleaseLockedException">Another process is working on it.</exception>
    /// <exception cref="BadDataException">The folder holds something else, or cannot be written.</exception>
    public static ReleaseStaging OpenShard(string folder, Func<string, ShardPlace> place)
    {
        string target = Resolve(folder);
        ShardPlace shard = place(target);
        FileStream locked = TakeLock(shard.Folder, shard.Lock,
            $"another process is working on {shard.Shard}", "wait for it to end");
        return Guarded(folder, locked, () =>
        {
            ReplaceableRelease.Check(target);
            var staging = new ReleaseStaging(target, shard.Folder, locked) { IsKept = File.Exists(shard.Journal) };
            foreach (string scratch in Directory.GetFiles(staging.Scratch)) File.Delete(scratch);
            return staging;
        });
    }

    /// <summary>Path of a file of the release to be.</summary>
    public string PathOf(string name) => PathIn(Files, name);

    /// <summary>Path of a file in a folder that holds files of a release.</summary>
    public static string PathIn(string folder, string name) =>
        Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    private static ReleaseStaging Open(string folder, string digest, Func<string, bool> isOfUse)
    {
        string target = Resolve(folder);
        string name = Path.GetFileName(target);
        string parent = Path.GetDirectoryName(target) ?? throw NotWritable(folder, "it is the root of a disk");
        FileStream locked = TakeLock(target, Path.Combine(parent, $".{name}.lock"),
            "another run is writing this release, or reading it", "wait for it to end, or write to another folder");
        return Guarded(folder, locked, () =>
        {
            string root = Path.Combine(parent, Prefix(name) + digest[..Math.Min(12, digest.Length)]);
            string? used = ClearUp(target, Leftovers(parent, name), root, isOfUse);
            ReplaceableRelease.Check(target);
            var staging = new ReleaseStaging(target, used ?? root, locked) { IsKept = used is not null };
            foreach (string scratch in Directory.GetFiles(staging.Scratch)) File.Delete(scratch);
            return staging;
        });
    }

    private static ReleaseStaging Guarded(string folder, FileStream locked, Func<ReleaseStaging> open)
    {
        try
        {
            return open();
        }
        catch (Exception e)
        {
            locked.Dispose();
            if (e is UnauthorizedAccessException) throw NotWritable(folder, e.Message);
            throw;
        }
    }

    /// <summary>
    /// Puts the staged files in the release's place. On Linux the two change places in one step, so that a reader finds
    /// the old release or the new one at every moment; elsewhere the old one is moved aside first.
    /// </summary>
    /// <param name="exchange">Swaps two folders in one step, or tells that it cannot; null for what the system
    /// has.</param>
    public void Publish(Func<string, string, bool>? exchange = null)
    {
        exchange ??= FileSystemCalls.TryExchange;
        // What tells of another release than the one at its place must never be found there.
        File.Delete(KeptJournal);
        File.Delete(ReleaseSiblings.TraceOf(Target));
        if (!Directory.Exists(Target))
        {
            Directory.Move(Files, Target);
        }
        else if (!exchange(Files, Target))
        {
            string aside = Path.Combine(Root, "old");
            Directory.Move(Target, aside);
            try
            {
                Directory.Move(Files, Target);
            }
            catch
            {
                Directory.Move(aside, Target);
                throw;
            }
        }
        if (KeepsJournal && File.Exists(Journal)) File.Move(Journal, KeptJournal);
        if (KeepsTrace) File.Move(Trace, ReleaseSiblings.TraceOf(Target));
        FileSystemCalls.SyncFolder(Path.GetDirectoryName(Target)!);
        IsKept = false;
    }

    /// <summary>Removes the staging folder unless it is to stay, and frees the lock.</summary>
    public void Dispose()
    {
        try
        {
            if (!IsKept) Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run into this release removes it; failing now would hide why this one ended.
        }
        _lock.Dispose();
    }

    private static string Prefix(string name) => $".{name}.partial-";

    private static string Resolve(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full)) throw NotWritable(folder, "it is a file");
        var info = new DirectoryInfo(full);
        return info.LinkTarget is null ? full : info.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static FileStream TakeLock(string target, string path, string held, string remedy)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return LockFile.Hold(path, new Problem("RELEASE_LOCKED", held) { File = target, Remedy = remedy });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(target, e.Message);
        }
    }

    /// <summary>What runs have left. Links were not made by any: they are removed, and nothing is done to where they
    /// lead.</summary>
    private static string[] Leftovers(string parent, string name)
    {
        string[] found = [.. Directory.GetDirectories(parent)
            .Where(folder => Path.GetFileName(folder).StartsWith(Prefix(name), StringComparison.Ordinal))];
        ILookup<bool, string> byKind = found.ToLookup(folder => new DirectoryInfo(folder).LinkTarget is not null);
        foreach (string link in byKind[true]) Directory.Delete(link);
        return [.. byKind[false]];
    }

    /// <summary>Puts a release back that was moved aside, and removes what is of no use.</summary>
    /// <returns>The one that is; of several the one with the right name, else the first.</returns>
    private static string? ClearUp(string target, string[] leftovers, string root, Func<string, bool> isOfUse)
    {
        foreach (string leftover in leftovers)
        {
            string aside = Path.Combine(leftover, "old");
            if (!Directory.Exists(aside)) continue;
            if (Directory.Exists(target)) Directory.Delete(aside, recursive: true);
            else Directory.Move(aside, target);
        }
        string? used = leftovers.Where(isOfUse).OrderBy(leftover => leftover == root ? 0 : 1).FirstOrDefault();
        foreach (string leftover in leftovers.Where(leftover => leftover != used))
            Directory.Delete(leftover, recursive: true);
        return used;
    }

    private static BadDataException NotWritable(string folder, string why) =>
        new(new Problem("RELEASE_NOT_WRITABLE", "no release can be written here: " + why)
        {
            File = folder,
            Remedy = "choose another folder with 'release: to:' or --to",
        });
}
