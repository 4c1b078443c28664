using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>Input files whose digests are as their readers ask, or may pass.</summary>
/// <param name="Inputs">The files, those that were checked with a verdict.</param>
/// <param name="Warnings">What is worth a look: node, sentence.</param>
public sealed record CheckedInputs(
    ImmutableArray<InputDigest> Inputs, ImmutableArray<(string Node, string Sentence)> Warnings);

/// <summary>Holds the digests of input files against what readers ask of them.</summary>
public static class InputVerdicts
{
    private const int MostTold = 20;

    /// <summary>Judges the input files of a run before anything is released.</summary>
    /// <param name="graph">The graph, whose readers ask.</param>
    /// <param name="inputs">The digests of its input files.</param>
    /// <exception cref="BadDataException">A file is not what its reader asks for and may not pass, or a list of digests
    /// cannot be read.</exception>
    public static CheckedInputs Check(PipelineGraph graph, ImmutableArray<InputDigest> inputs)
    {
        ArgumentNullException.ThrowIfNull(graph);
        InputDigest[] judged = [.. inputs];
        var warnings = ImmutableArray.CreateBuilder<(string, string)>();
        var problems = new List<Problem>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (node.Stage is not IDigestChecked { Digest: not null } reader) continue;
            int[] own = [.. Enumerable.Range(0, judged.Length).Where(i => judged[i].Node == node.Name)];
            var verdicts = Judge(reader, own, judged).ToList();
            foreach (var (index, verdict) in verdicts)
                judged[index] = judged[index] with { Verdict = verdict.Sentence };
            warnings.AddRange(Warnings([.. verdicts.Select(v => v.Verdict.Warning).OfType<string>()])
                .Select(sentence => (node.Name, sentence)));
            problems.AddRange(Problems([.. verdicts.Select(v => v.Verdict.Problem).OfType<Problem>()]));
        }
        return problems.Count == 0
            ? new CheckedInputs([.. judged], warnings.ToImmutable())
            : throw new BadDataException(problems);
    }

    /// <summary>
    /// Checks what readers hold their files against, without a look at those: before a run, which would find it out at
    /// its end.
    /// </summary>
    /// <exception cref="BadDataException">A name is in no list of known digests, or a list cannot be read.</exception>
    public static void CheckLists(PipelineGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var problems = new List<Problem>();
        var checks = graph.Nodes.Select(n => (n.Stage as IDigestChecked)?.Digest).OfType<DigestCheck>();
        foreach (DigestCheck check in checks)
        {
            try
            {
                if (check.List is { } list) _ = new DigestList(list);
                if (check.Known is not null) _ = KnownFor(check);
            }
            catch (BadDataException e)
            {
                problems.AddRange(e.Problems);
            }
        }
        if (problems.Count > 0) throw new BadDataException(problems);
    }

    private static IEnumerable<string> Warnings(string[] all) => all.Length <= MostTold
        ? all
        : all.Take(MostTold).Append($"{all.Length - MostTold} other files are not the ones that were asked for either");

    private static IEnumerable<Problem> Problems(Problem[] all) => all.Length <= MostTold
        ? all
        : all.Take(MostTold).Append(new Problem("DIGESTS_MORE",
            $"{all.Length - MostTold} other files are not the ones that were asked for either")
        {
            Remedy = "see them all with 'segpipe checksum check'",
        });

    /// <summary>
    /// The files that readers want checked one by one, for a run that came to no end: node, path. What cannot be read
    /// is often not the file that was meant.
    /// </summary>
    public static ImmutableArray<(string Node, string Path)> FilesAsked(PipelineGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return [.. from node in graph.Nodes
                   let reader = node.Stage as IDigestChecked
                   let file = reader?.Digest is null ? null : reader.DigestedFile
                   where file is not null
                   select (node.Name, file.FullPath)];
    }

    private static IEnumerable<(int Index, DigestVerdict Verdict)> Judge(
        IDigestChecked reader, int[] own, InputDigest[] inputs)
    {
        DigestCheck check = reader.Digest!;
        if (check.List is { } list)
        {
            var sums = new DigestList(list);
            return own.Select(i => (i, sums.Judge(check, inputs[i])));
        }
        string? path = reader.DigestedFile?.FullPath;
        return own.Where(i => inputs[i].Path == path).Select(i => (i, Judge(check, inputs[i])));
    }

    private static DigestVerdict Judge(DigestCheck check, InputDigest found) =>
        check.Digits() is { } digits ? AgainstDigits(check, digits, found) : AgainstKnown(check, found);

    private static DigestVerdict AgainstDigits(DigestCheck check, string expected, InputDigest found) =>
        found.Digest.Sha256 == expected
            ? new DigestVerdict("as the pipeline states")
            : DigestVerdict.Against(check.Unknown, "another one than the pipeline states", NameOf(found),
                new Problem("DIGEST_DIFFERS", $"expected SHA-256 {expected}, found {Text(found)}")
                {
                    File = found.Path,
                    Remedy = "fetch the file again, or correct 'sha256' if the file is meant",
                });

    private static DigestVerdict AgainstKnown(DigestCheck check, InputDigest found)
    {
        (KnownDigests known, IReadOnlyList<KnownFile> releases) = KnownFor(check);
        return releases.FirstOrDefault(r => r.Sha256 == found.Digest.Sha256) switch
        {
            { IsSuperseded: false } current => new DigestVerdict($"current release of {current.Dataset}"),
            { } old => AgainstSuperseded(check, old, releases[0], found),
            null => AgainstUnknown(check, known, releases, found),
        };
    }

    private static (KnownDigests Known, IReadOnlyList<KnownFile> Releases) KnownFor(DigestCheck check)
    {
        KnownDigests known = check.In is { } file ? KnownDigests.Read(file) : KnownDigests.Shipped();
        IReadOnlyList<KnownFile> releases = known.Named(check.Known!);
        return releases.Count > 0 ? (known, releases) : throw NotListed(check, known);
    }

    private static DigestVerdict AgainstSuperseded(
        DigestCheck check, KnownFile old, KnownFile newest, InputDigest found)
    {
        string note = old.Note is null ? "" : $": {old.Note}";
        string remedy = newest.IsSuperseded
            ? "fetch the current one"
            : $"fetch the current one, which has SHA-256 {newest.Sha256}";
        return DigestVerdict.Against(check.Superseded, $"superseded release of {old.Dataset}", NameOf(found),
            new Problem("DIGEST_SUPERSEDED", $"this is a superseded release of {old.Dataset}{note}")
            {
                File = found.Path,
                Remedy = remedy,
            });
    }

    private static DigestVerdict AgainstUnknown(
        DigestCheck check, KnownDigests known, IReadOnlyList<KnownFile> releases, InputDigest found)
    {
        KnownFile newest = releases[0];
        string size = newest.SizeBytes is { } bytes ? $" in {bytes} bytes" : "";
        string other = known.Find(found.Digest.Sha256) is { } mistaken ? $"; it is {mistaken}" : "";
        return DigestVerdict.Against(check.Unknown, $"no known release of {newest.Dataset}", NameOf(found),
            new Problem("DIGEST_UNKNOWN", $"expected {newest.Dataset} with SHA-256 {newest.Sha256}{size}, " +
                $"found {Text(found)}{other}")
            {
                File = found.Path,
                Remedy = "fetch the file again if it was changed or cut short, or leave 'digest' out if it is meant",
            });
    }

    private static BadDataException NotListed(DigestCheck check, KnownDigests known) =>
        new(new Problem("DIGEST_NOT_LISTED", $"'{check.Known}' is in no list of known digests")
        {
            File = check.In?.Text,
            Remedy = DidYouMean.HintOrList(
                check.Known!, [.. known.Files.Select(f => f.Name).Distinct(StringComparer.Ordinal)]),
        });

    private static string Text(InputDigest found) => $"{found.Digest.Sha256} in {found.Digest.SizeBytes} bytes";

    private static string NameOf(InputDigest found) => Path.GetFileName(found.Path);
}
