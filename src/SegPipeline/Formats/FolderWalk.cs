using System.Collections.Immutable;
using System.IO.Enumeration;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Goes through a folder and what is below it: one enumeration, and one more for each link to a
/// folder.</summary>
internal sealed class FolderWalk(InputPath folder, ListingOptions options)
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = true,
    };

    private readonly string _root = Path.TrimEndingDirectorySeparator(folder.FullPath);
    private readonly List<ListedFile> _files = [];
    private readonly List<string> _folderLinks = [];

    /// <summary>What was passed over, by reason.</summary>
    public ImmutableSortedDictionary<PassedOver, long>.Builder PassedOver { get; } =
        ImmutableSortedDictionary.CreateBuilder<PassedOver, long>();

    /// <summary>The first name that was passed over, in ordinal order.</summary>
    public string? FirstPassedOver { get; private set; }

    /// <summary>Goes through everything.</summary>
    public void Run()
    {
        try
        {
            Enter(_root, prefix: "", LinkTrail.Start(_root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException(new Problem("FOLDER_UNREADABLE", "the folder cannot be read: " + e.Message)
            {
                File = folder.Text,
                Remedy = "check the permissions of the folder and of all below it",
            }, e);
        }
    }

    /// <summary>The files, in ordinal order.</summary>
    public ListedFile[] SortedFiles()
    {
        ListedFile[] files = [.. _files];
        string[] names = Array.ConvertAll(files, f => f.Name);
        Array.Sort(names, files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>Lists a folder of the tree, or one that a link leads to.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="prefix">What its names begin with: the name of the link and a slash.</param>
    /// <param name="trail">The links that led here.</param>
    private void Enter(string path, string prefix, LinkTrail trail)
    {
        int nameStart = path.Length + 1;
        int depth = prefix.AsSpan().Count('/');
        var entries = new FileSystemEnumerable<Found>(path, (ref FileSystemEntry e) => Look(ref e), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory || IsLink(ref e) || IsTooDeep(ref e),
            ShouldRecursePredicate = (ref FileSystemEntry e) => !IsLink(ref e) && !IsTooDeep(ref e),
        };
        foreach (Found found in entries) Take(found);

        string[] links = [.. _folderLinks];
        _folderLinks.Clear();
        foreach (string link in links)
        {
            string full = _root + "/" + link;
            LinkTrail next = trail.Through(full) ?? throw Loop(link);
            Enter(full, link + "/", next);
        }

        bool IsTooDeep(ref FileSystemEntry e) => depth + DepthBelow(ref e) >= options.MaxDepth;

        Found Look(ref FileSystemEntry e)
        {
            string name = NameOf(ref e, prefix, nameStart);
            EntryKind kind = (e.IsDirectory, IsLink(ref e)) switch
            {
                (true, true) => IsTooDeep(ref e) ? EntryKind.DeeperFolder : EntryKind.FolderLink,
                (true, false) => EntryKind.DeeperFolder,
                (false, true) => EntryKind.FileLink,
                _ => EntryKind.File,
            };
            return new Found(name, kind, kind == EntryKind.File ? e.Length : 0);
        }
    }

    private void Take(Found found)
    {
        // Bytes that are no UTF-8 come as this character, and no longer lead to the file.
        if (found.Name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(_root + "/" + found.Name))
            throw NotUtf8(found.Name);
        PassedOver reason = JunkNames.ReasonFor(found.Name);
        long sizeBytes = found.SizeBytes;
        if (reason == Formats.PassedOver.No)
        {
            if (found.Kind == EntryKind.FolderLink)
            {
                _folderLinks.Add(found.Name);
                return;
            }
            if (found.Kind == EntryKind.FileLink) sizeBytes = SizeOfTarget(found.Name);
            reason = ReasonFor(found, sizeBytes);
        }
        if (reason == Formats.PassedOver.No) _files.Add(new ListedFile(found.Name, sizeBytes));
        else PassOver(found.Name, reason);
    }

    private PassedOver ReasonFor(Found found, long sizeBytes)
    {
        if (found.Kind == EntryKind.DeeperFolder) return Formats.PassedOver.DeeperFolder;
        if (sizeBytes < 0) return Formats.PassedOver.BrokenLink;
        if (!options.Wants(Path.GetExtension(found.Name.AsSpan()))) return Formats.PassedOver.OtherExtension;
        bool isRefused = sizeBytes == 0 && options.EmptyFiles == EmptyFiles.PassOver;
        return isRefused ? Formats.PassedOver.Empty : Formats.PassedOver.No;
    }

    private void PassOver(string name, PassedOver reason)
    {
        PassedOver[reason] = PassedOver.GetValueOrDefault(reason) + 1;
        if (FirstPassedOver is null || string.CompareOrdinal(name, FirstPassedOver) < 0) FirstPassedOver = name;
    }

    /// <summary>The size of what a link leads to; -1 when there is nothing.</summary>
    private long SizeOfTarget(string name)
    {
        var target = File.ResolveLinkTarget(_root + "/" + name, returnFinalTarget: true) as FileInfo;
        return target is { Exists: true } ? target.Length : -1;
    }

    private BadDataException Loop(string link) => new(new Problem("LINK_LOOP",
        "expected a link to files or to another folder, found one that leads back to a folder it lies in")
    {
        File = folder.Text,
        Record = $"link '{link}'",
        Remedy = "remove the link",
    });

    private BadDataException NotUtf8(string name) => new(new Problem("NAME_ENCODING",
        $"expected file names in UTF-8, found one that is not: '{name}'")
    {
        File = folder.Text,
        Remedy = "unpack the archive again with the encoding of its names (e.g. unzip -O CP437), or rename the file",
    });

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static int DepthBelow(ref FileSystemEntry entry)
    {
        int start = Math.Min(entry.RootDirectory.Length, entry.Directory.Length);
        return entry.Directory[start..].Count(Path.DirectorySeparatorChar);
    }

    private static string NameOf(ref FileSystemEntry entry, string prefix, int nameStart)
    {
        ReadOnlySpan<char> folders = entry.Directory.Length > nameStart ? entry.Directory[nameStart..] : default;
        string name = folders.IsEmpty
            ? string.Concat(prefix, entry.FileName)
            : string.Concat(prefix, folders, "/", entry.FileName);
        return Path.DirectorySeparatorChar == '/' ? name : name.Replace(Path.DirectorySeparatorChar, '/');
    }

    private enum EntryKind
    {
        File,
        FileLink,
        FolderLink,
        DeeperFolder,
    }

    private readonly record struct Found(string Name, EntryKind Kind, long SizeBytes);
}
