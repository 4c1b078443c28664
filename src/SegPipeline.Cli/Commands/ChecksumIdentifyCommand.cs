using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe checksum identify</c>: says which published files files are.</summary>
internal static class ChecksumIdentifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "files as they were fetched, archives not unpacked",
            Arity = ArgumentArity.OneOrMore,
        };
        var list = new Option<string?>("--in")
        {
            Description = "a list of known digests like configs/known-digests.yaml, which is used without it",
            HelpName = "file",
        };
        var command = new Command("identify", "say which published files files are; exit code 0 when all are current")
        {
            files,
            list,
        };
        command.SetAction((parsed, cancel) => Task.FromResult((int)Identify(
            parsed.GetRequiredValue(files),
            parsed.GetValue(list) is { } path
                ? KnownDigests.Read(new InputPath(path, terminal.Resolve(path)))
                : KnownDigests.Shipped(),
            terminal, cancel)));
        return command;
    }

    private static ExitCode Identify(string[] files, KnownDigests known, Terminal terminal, CancellationToken cancel)
    {
        FoundDigest[] found = FileDigests.Of([.. files.Select(terminal.Resolve)], cancel);
        ExitCode outcome = ExitCode.Ok;
        foreach (var (file, digest) in files.Zip(found))
        {
            Problem? problem = ProblemOf(file, digest, known);
            if (problem is not null) outcome = ExitCode.BadData;
            if (problem is not null) terminal.WriteProblem(problem);
            else terminal.Out.WriteLine(Current(file, known.Find(digest.Digest!.Value.Sha256)!));
        }
        return outcome;
    }

    private static string Current(string file, KnownFile known) =>
        $"{file}: {known}" + (known.Holds is null ? "" : ": " + known.Holds);

    private static Problem? ProblemOf(string file, FoundDigest found, KnownDigests known)
    {
        if (found.Digest is not { } digest)
            return new Problem("FILE_UNREADABLE",
                found.Fault is null ? "there is no such file" : "the file cannot be read: " + found.Fault)
            {
                File = file,
                Remedy = "check the path and its permissions",
            };
        return known.Find(digest.Sha256) switch
        {
            { IsSuperseded: false } => null,
            { } old => new Problem("DIGEST_SUPERSEDED", $"{old}" + (old.Note is null ? "" : ": " + old.Note))
            {
                File = file,
                Remedy = "fetch the current release",
            },
            null => Unknown(file, digest, known),
        };
    }

    private static Problem Unknown(string file, FileDigest digest, KnownDigests known)
    {
        string found = $"SHA-256 {digest.Sha256} in {digest.SizeBytes} bytes is no known file";
        KnownFile? meant = known.Files
            .Where(f => f.FileName == Path.GetFileName(file)).OrderBy(f => f.IsSuperseded).FirstOrDefault();
        if (meant is null)
            return new Problem("DIGEST_UNKNOWN", found)
            {
                File = file,
                Remedy = "compare it with what the publisher states",
            };
        string size = meant.SizeBytes is { } bytes ? $" in {bytes} bytes" : "";
        return new Problem("DIGEST_UNKNOWN", $"{found}; by its name it could be {meant}, SHA-256 {meant.Sha256}{size}")
        {
            File = file,
            Remedy = "if it is meant to be that file fetch it again, it was changed or cut short",
        };
    }
}
