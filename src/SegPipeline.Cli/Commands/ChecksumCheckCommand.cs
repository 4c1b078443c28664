using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe checksum check</c>: holds files against a list, and the list against the folder it lies
/// in.</summary>
internal static class ChecksumCheckCommand
{
    private const int MostShown = 100;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var list = new Argument<string>("list")
        {
            Description = "the list; names in it are relative to its folder",
        };
        var ignoreExtra = new Option<bool>("--ignore-extra")
        {
            Description = "do not mind files beside the list that it does not have",
        };
        var command = new Command("check", "find files that are missing, changed, or not in a list of SHA-256")
        {
            list,
            ignoreExtra,
        };
        command.SetAction((parsed, cancel) =>
        {
            string text = parsed.GetRequiredValue(list);
            var path = new InputPath(text, terminal.Resolve(text));
            IReadOnlyList<DigestLine> lines = DigestLines.Read(path);
            IEnumerable<Problem> extra = parsed.GetValue(ignoreExtra) ? [] : ExtraFiles(path, lines, terminal);
            return Task.FromResult((int)Check(path, lines, extra, terminal, cancel));
        });
        return command;
    }

    private static ExitCode Check(
        InputPath list, IReadOnlyList<DigestLine> lines, IEnumerable<Problem> extra, Terminal terminal,
        CancellationToken cancel)
    {
        string folder = Path.GetDirectoryName(list.FullPath)!;
        string[] paths = [.. lines.Select(line => Path.Combine(folder, line.Name))];
        FoundDigest[] found = FileDigests.Of(paths, cancel);
        Problem[] findings =
        [
            .. Enumerable.Range(0, paths.Length).Select(i => Finding(paths[i], lines[i], found[i])).OfType<Problem>(),
            .. extra,
        ];
        foreach (Problem finding in findings.Take(MostShown)) terminal.WriteProblem(finding);
        string size = Quantity.Bytes(found.Sum(f => f.Digest?.SizeBytes ?? 0));
        string what = $"{Quantity.Count(lines.Count, "file")}, {size}";
        if (findings.Length == 0)
        {
            terminal.Out.WriteLine($"{list.Text}: complete and unchanged ({what})");
            return ExitCode.Ok;
        }
        string more = findings.Length > MostShown ? $", the first {MostShown} shown" : "";
        terminal.Error.WriteLine($"{list.Text}: {Quantity.Count(findings.Length, "finding")}{more} ({what})");
        return ExitCode.BadData;
    }

    private static Problem? Finding(string path, DigestLine line, FoundDigest found)
    {
        if (found.Fault is { } fault)
            return new Problem("FILE_UNREADABLE", "the file cannot be read: " + fault)
            {
                File = path,
                Remedy = "check its permissions",
            };
        if (found.Digest is not { } digest)
            return new Problem("FILE_MISSING", "the file is missing") { File = path, Remedy = "fetch it again" };
        return digest.Sha256 == line.Sha256
            ? null
            : new Problem("FILE_CHANGED",
                $"expected SHA-256 {line.Sha256}, found {digest.Sha256} in {digest.SizeBytes} bytes")
            {
                File = path,
                Remedy = "fetch it again",
            };
    }

    private static IEnumerable<Problem> ExtraFiles(InputPath list, IReadOnlyList<DigestLine> lines, Terminal terminal)
    {
        string folder = Path.GetDirectoryName(list.FullPath)!;
        var listed = lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
        FolderListing there = FolderListing.Of(
            new InputPath(terminal.Shorten(folder), folder), new ListingOptions { EmptyFiles = EmptyFiles.List });
        return there.Files
            .Where(file => !listed.Contains(file.Name) && there.PathOf(file) != list.FullPath)
            .Select(file => new Problem("FILE_EXTRA", "the list does not have this file")
            {
                File = there.PathOf(file),
                Remedy = "move it away, make the list anew, or use --ignore-extra",
            });
    }
}
