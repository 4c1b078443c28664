using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe checksum make</c>: writes a list that <c>sha256sum -c</c> understands.</summary>
internal static class ChecksumMakeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "files, and folders with all that is below them but for junk such as .DS_Store and hidden " +
                "files; what is left out is told",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string?>("--to")
        {
            Description = "the list, e.g. data/SHA256SUMS; names are relative to its folder. Without it the list is " +
                "printed, names relative to the current folder",
            HelpName = "file",
        };
        var command = new Command("make", "list the SHA-256 of files, in ordinal order of their names") { paths, to };
        command.SetAction((parsed, cancel) => Task.FromResult((int)Make(
            parsed.GetRequiredValue(paths), parsed.GetValue(to), terminal, cancel)));
        return command;
    }

    private static ExitCode Make(string[] paths, string? to, Terminal terminal, CancellationToken cancel)
    {
        string? list = to is null ? null : terminal.Resolve(to);
        string folder = list is null ? terminal.Resolve(".") : Path.GetDirectoryName(list)!;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths.SelectMany(p => FilesOf(p, terminal)))
            if (path != list) files[NameIn(folder, path)] = path;
        FoundDigest[] found = FileDigests.Of([.. files.Values], cancel);
        Problem[] unread = [.. files.Values.Zip(found).Where(f => f.Second.Digest is null).Select(Unreadable)];
        if (unread.Length > 0) throw new BadDataException(unread);
        DigestLine[] lines = [.. files.Keys.Zip(found, (name, f) => new DigestLine(name, f.Digest!.Value.Sha256))];
        Write(lines, list, terminal);
        string size = Quantity.Bytes(found.Sum(f => f.Digest!.Value.SizeBytes));
        terminal.Error.WriteLine($"{Quantity.Count(lines.Length, "file")}, {size}");
        return ExitCode.Ok;
    }

    private static IEnumerable<string> FilesOf(string path, Terminal terminal)
    {
        var full = new InputPath(path, terminal.Resolve(path));
        if (File.Exists(full.FullPath)) return [full.FullPath];
        FolderListing listing = FolderListing.Of(full, new ListingOptions { EmptyFiles = EmptyFiles.List });
        listing.Report(sentence => terminal.WriteWarning("", sentence));
        return listing.Files.Select(listing.PathOf);
    }

    private static string NameIn(string folder, string path)
    {
        string name = Path.GetRelativePath(folder, path);
        if (Path.DirectorySeparatorChar != '/') name = name.Replace(Path.DirectorySeparatorChar, '/');
        bool isBelow = !Path.IsPathRooted(name) && name != ".." && !name.StartsWith("../", StringComparison.Ordinal);
        return isBelow ? name : throw new BadDataException(
            new Problem("NOT_BELOW", $"expected a file below the folder of the list, {folder}")
            {
                File = path,
                Remedy = "put the list into a folder that holds all files, with --to",
            });
    }

    private static void Write(DigestLine[] lines, string? list, Terminal terminal)
    {
        if (list is null)
        {
            DigestLines.Write(terminal.Out, lines);
            return;
        }
        // A list appears whole or not at all.
        string unfinished = list + ".unfinished";
        using (var file = new StreamWriter(unfinished)) DigestLines.Write(file, lines);
        File.Move(unfinished, list, overwrite: true);
    }

    private static Problem Unreadable((string Path, FoundDigest Found) file) =>
        new("FILE_UNREADABLE", "the file cannot be read: " + (file.Found.Fault ?? "it is gone"))
        {
            File = file.Path,
            Remedy = "check its permissions, and that nothing writes there",
        };
}
