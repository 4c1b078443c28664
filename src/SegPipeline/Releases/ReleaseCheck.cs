using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>What a check of a release found.</summary>
/// <param name="Files">Number of files whose content was checked.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Findings">What is wrong, by file; empty for a sound release.</param>
public sealed record ReleaseVerdict(int Files, long Bytes, ImmutableArray<Problem> Findings);

/// <summary>
/// Checks that a release holds exactly the files that its run wrote, byte for byte, by both of its lists: the manifest
/// and the checksums. Only who changes a file and both lists goes unnoticed.
/// </summary>
public static class ReleaseCheck
{
    private const string Remedy = "fetch the release again, or run the pipeline again";

    /// <summary>Checks a release.</summary>
    /// <param name="folder">The release folder.</param>
    /// <param name="cancel">Ends the check.</param>
    /// <exception cref="BadDataException">There is no such folder, or no release in it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReleaseVerdict Verify(string folder, CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder)) throw NoRelease(folder, "there is no such folder");
        var findings = new List<Problem>();
        List<string> present = ReleaseNames.FilesIn(folder);
        if (!present.Contains(ReleaseNames.Manifest.Value) && !present.Contains(ReleaseNames.Checksums.Value))
            throw NoRelease(folder, $"there is neither {ReleaseNames.Manifest} nor {ReleaseNames.Checksums} in it");
        var sums = ReadChecksums(folder, findings);
        var listed = ReadManifest(folder, findings);
        Compare(sums, listed, findings);
        FoundDigest[] found = FileDigests.Of([.. sums.Keys.Select(name => Path.Combine(folder, name))], cancel);
        findings.AddRange(CheckContents(sums, found));
        findings.AddRange(present.Where(name => IsExtra(name, sums, listed)).Select(Extra));
        FileDigest[] read = [.. found.Select(f => f.Digest).OfType<FileDigest>()];
        return new ReleaseVerdict(read.Length, read.Sum(d => d.SizeBytes),
            [.. findings.OrderBy(f => f.File, StringComparer.Ordinal)]);
    }

    private static SortedDictionary<string, string> ReadChecksums(string folder, List<Problem> findings)
    {
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string path = Path.Combine(folder, ReleaseNames.Checksums.Value);
        if (!File.Exists(path)) findings.Add(Missing(ReleaseNames.Checksums.Value));
        else foreach (var (name, sha256) in ChecksumFile.Read(path, findings)) sums[name.Value] = sha256;
        return sums;
    }

    private static Dictionary<string, FileDigest>? ReadManifest(string folder, List<Problem> findings)
    {
        try
        {
            var listed = new Dictionary<string, FileDigest>(StringComparer.Ordinal);
            string path = Path.Combine(folder, ReleaseNames.Manifest.Value);
            foreach (var (name, digest) in ManifestFile.ReadFiles(path)) listed[name.Value] = digest;
            return listed;
        }
        catch (BadDataException e)
        {
            findings.AddRange(e.Problems);
            return null;
        }
    }

    private static void Compare(
        SortedDictionary<string, string> sums, Dictionary<string, FileDigest>? listed, List<Problem> findings)
    {
        if (listed is null || sums.Count == 0) return;
        foreach (var (name, digest) in listed)
        {
            if (!sums.TryGetValue(name, out string? sum)) findings.Add(ListsDiffer(name, "only the manifest lists it"));
            else if (sum != digest.Sha256)
                findings.Add(ListsDiffer(name, "the manifest has another digest than SHA256SUMS"));
        }
        foreach (string name in sums.Keys)
            if (!listed.ContainsKey(name) && name != ReleaseNames.Manifest.Value)
                findings.Add(ListsDiffer(name, "only SHA256SUMS lists it"));
    }

    private static IEnumerable<Problem> CheckContents(
        SortedDictionary<string, string> sums, FoundDigest[] found)
    {
        foreach (var ((name, expected), (digest, fault)) in sums.Zip(found))
        {
            if (fault is not null) yield return Unreadable(name, fault);
            else if (digest is null) yield return Missing(name);
            else if (digest.Value.Sha256 != expected) yield return Changed(name, expected, digest.Value);
        }
    }

    private static bool IsExtra(
        string name, SortedDictionary<string, string> sums, Dictionary<string, FileDigest>? listed) =>
        !sums.ContainsKey(name) && listed?.ContainsKey(name) != true &&
        name != ReleaseNames.Checksums.Value && name != ReleaseNames.Manifest.Value;

    private static BadDataException NoRelease(string folder, string message) =>
        new(new Problem("NO_RELEASE", message) { File = folder, Remedy = "name the folder of a release" });

    private static Problem Missing(string name) =>
        new("FILE_MISSING", "the file is missing") { File = name, Remedy = Remedy };

    private static Problem Unreadable(string name, string fault) =>
        new("FILE_UNREADABLE", "the file cannot be read: " + fault) { File = name, Remedy = "check its permissions" };

    private static Problem Changed(string name, string expected, FileDigest found) =>
        new("FILE_CHANGED", $"expected SHA-256 {expected}, found {found.Sha256} in {found.SizeBytes} bytes")
        {
            File = name,
            Remedy = Remedy,
        };

    private static Problem Extra(string name) =>
        new("FILE_EXTRA", "no run put this file into the release") { File = name, Remedy = "move it away" };

    private static Problem ListsDiffer(string name, string message) =>
        new("LISTS_DIFFER", message) { File = name, Remedy = Remedy };
}
