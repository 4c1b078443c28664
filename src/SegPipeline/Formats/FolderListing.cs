using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>A file of a folder.</summary>
/// <param name="Name">Name relative to the folder, with forward slashes.</param>
/// <param name="SizeBytes">Its size; of a link the size of what it leads to.</param>
internal readonly record struct ListedFile(string Name, long SizeBytes)
{
    /// <summary>The extension with its dot; empty when there is none.</summary>
    public ReadOnlySpan<char> Extension => Path.GetExtension(Name.AsSpan());

    /// <summary>The folder part of the name, without a slash at its end; empty when there is none.</summary>
    public ReadOnlySpan<char> Folder => Name.AsSpan(0, Math.Max(0, Name.LastIndexOf('/')));

    /// <summary>The last part of the name.</summary>
    public ReadOnlySpan<char> FileName => Name.AsSpan(Name.LastIndexOf('/') + 1);
}

/// <summary>
/// The files of a folder, in ordinal order of their relative names whatever the file system, system and culture. All
/// files below one folder stand next to each other. What systems leave behind is passed over, and counted.
/// </summary>
/// <remarks>
/// Links to files are followed, and so are links to folders, wherever they lead: data often lives on another disk. A
/// link to a folder that leads back to where it lies is bad data, since such a tree has no end; a link to nothing is
/// passed over.
/// </remarks>
internal sealed class FolderListing
{
    private readonly string _root;

    private FolderListing(InputPath folder, FolderWalk walk)
    {
        _root = Path.TrimEndingDirectorySeparator(folder.FullPath);
        Files = walk.SortedFiles();
        PassedOver = walk.PassedOver.ToImmutable();
        FirstPassedOver = walk.FirstPassedOver;
    }

    /// <summary>The files, in ordinal order of their names.</summary>
    public IReadOnlyList<ListedFile> Files { get; }

    /// <summary>How many files were passed over, by reason.</summary>
    public ImmutableSortedDictionary<PassedOver, long> PassedOver { get; }

    /// <summary>Of all that was passed over the first in ordinal order; null when nothing was.</summary>
    public string? FirstPassedOver { get; }

    /// <summary>Name of the folder without the folders it lies in: what warnings call it, which stand in manifests and
    /// tell nothing of one machine.</summary>
    public string FolderName => Path.GetFileName(_root) is { Length: > 0 } name ? name : _root;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="BadDataException">There is no such folder, it cannot be read, or a link in it leads back to
    /// where it lies.</exception>
    public static FolderListing Of(InputPath folder, ListingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder.FullPath)) throw Missing(folder);
        var walk = new FolderWalk(folder, options ?? ListingOptions.All);
        walk.Run();
        return new FolderListing(folder, walk);
    }

    /// <summary>The full path of a file.</summary>
    public string PathOf(ListedFile file) => _root + "/" + file.Name;

    /// <summary>Tells in one sentence what was passed over and why; says nothing when nothing was.</summary>
    public void Report(Action<string> warn)
    {
        if (PassedOver.IsEmpty) return;
        long count = PassedOver.Values.Sum();
        string reasons = string.Join(", ", PassedOver.Select(p => $"{p.Value} {TextOf(p.Key)}"));
        warn($"passed over {count} of {Counted.Of(count + Files.Count, "file")} in '{FolderName}': {reasons}; " +
            $"the first is '{FirstPassedOver}'");
    }

    private static string TextOf(PassedOver reason) => reason switch
    {
        Formats.PassedOver.MacOs => "left by macOS",
        Formats.PassedOver.Windows => "left by Windows",
        Formats.PassedOver.NotebookCheckpoint => "in .ipynb_checkpoints",
        Formats.PassedOver.Hidden => "hidden",
        Formats.PassedOver.Empty => "without bytes",
        Formats.PassedOver.BrokenLink => "that are links to nothing",
        Formats.PassedOver.OtherExtension => "with another extension",
        _ => "that are folders deeper than expected",
    };

    /// <summary>Why a folder cannot be listed: it is a file, lies within one, or is not there.</summary>
    internal static BadDataException Missing(InputPath folder)
    {
        (string? full, string? text) = (folder.FullPath, folder.Text);
        while (full is not null && !Path.Exists(full))
            (full, text) = (Path.GetDirectoryName(full), Path.GetDirectoryName(text));
        return File.Exists(full)
            ? new BadDataException(new Problem("NOT_A_FOLDER", "expected a folder, found a file")
            {
                File = string.IsNullOrEmpty(text) ? folder.Text : text,
                Remedy = "unpack it when it is an archive, and name the folder it was unpacked to",
            })
            : new BadDataException(new Problem("FOLDER_MISSING", "there is no such folder")
            {
                File = folder.Text,
                Remedy = "correct the path, or put the dataset there",
            });
    }
}
