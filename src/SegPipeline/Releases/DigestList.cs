using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>A list of digests as <c>sha256sum</c> writes it, for files at and below the folder it lies in.</summary>
internal sealed class DigestList
{
    private readonly string _name;
    private readonly string _folder;
    private readonly Dictionary<string, string> _sums = new(StringComparer.Ordinal);

    /// <summary>Reads a list.</summary>
    /// <exception cref="BadDataException">It cannot be read, or has other lines.</exception>
    public DigestList(InputPath path)
    {
        // Without its folder: verdicts stand in manifests, which tell nothing of one machine.
        _name = Path.GetFileName(path.FullPath);
        _folder = Path.GetDirectoryName(path.FullPath)!;
        foreach (DigestLine line in DigestLines.Read(path)) _sums[line.Name] = line.Sha256;
    }

    /// <summary>Judges a file.</summary>
    public DigestVerdict Judge(DigestCheck check, InputDigest found)
    {
        string name = Path.GetRelativePath(_folder, found.Path).Replace('\\', '/');
        if (!_sums.TryGetValue(name, out string? expected))
            return DigestVerdict.Against(check.Unknown, $"not in {_name}", name,
                new Problem("DIGEST_NOT_LISTED", $"the file is not listed in {_name}")
                {
                    File = found.Path,
                    Remedy = "add it to the list with 'segpipe checksum make', or take it away",
                });
        return found.Digest.Sha256 == expected
            ? new DigestVerdict($"as listed in {_name}")
            : DigestVerdict.Against(check.Unknown, $"another one than in {_name}", name,
                new Problem("DIGEST_DIFFERS",
                    $"expected SHA-256 {expected}, found {found.Digest.Sha256} in {found.Digest.SizeBytes} bytes")
                {
                    File = found.Path,
                    Remedy = $"fetch the file again, or make {_name} anew if the file is meant",
                });
    }
}
