namespace SegPipeline.Stages;

/// <summary>What to do about an input that is not the one that was asked for.</summary>
public enum DigestPolicy
{
    /// <summary>The run ends, and releases nothing.</summary>
    Fail,

    /// <summary>The run goes on; a warning stands in the manifest.</summary>
    Warn,
}

/// <summary>A reader whose input files can be held against digests.</summary>
public interface IDigestChecked
{
    /// <summary>What they are held against; null for nothing.</summary>
    DigestCheck? Digest { get; }

    /// <summary>The file that <c>sha256</c> and <c>known</c> are about; null of a reader of folders. <c>list</c> is
    /// about all input files.</summary>
    InputPath? DigestedFile { get; }
}

/// <summary>
/// What the SHA-256 of a reader's input must be: <c>{ sha256: ... }</c>, or that of a published file,
/// <c>{ known: NAME }</c>, or those of a list as <c>sha256sum</c> writes it, <c>{ list: SHA256SUMS }</c>. The digest
/// that the manifest states is the one that is compared; no file is read for it a second time.
/// </summary>
public sealed record DigestCheck
{
    private const int DigestDigits = 64;
    private const string Prefix = "sha256:";

    /// <summary>The digest itself: 64 hexadecimal digits, with or without <c>sha256:</c> before them.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Name of a published file whose digests are known, e.g. <c>zhiyuan_objv2_val.json</c>.</summary>
    public string? Known { get; init; }

    /// <summary>The file with known digests; without it the list that is built in,
    /// <c>configs/known-digests.yaml</c>.</summary>
    public InputPath? In { get; init; }

    /// <summary>A file with a line per input file, names relative to the folder it lies in.</summary>
    public InputPath? List { get; init; }

    /// <summary>What to do when the file is a release that the publisher has replaced.</summary>
    public DigestPolicy Superseded { get; init; } = DigestPolicy.Warn;

    /// <summary>What to do when the digest is another one, or the list does not have the file.</summary>
    public DigestPolicy Unknown { get; init; } = DigestPolicy.Fail;

    /// <summary>The digest as lower-case digits without prefix; null when <see cref="Sha256"/> is.</summary>
    public string? Digits() => (Sha256?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true
        ? Sha256[Prefix.Length..]
        : Sha256)?.ToLowerInvariant();

    /// <summary>What is wrong with the keys of a check, as sentences for <see cref="Stage.Check"/>.</summary>
    /// <param name="reader">The reader that has them.</param>
    public static IEnumerable<string> FaultsOf(IDigestChecked reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Digest is not { } check) yield break;
        int ways = (check.Sha256 is null ? 0 : 1) + (check.Known is null ? 0 : 1) + (check.List is null ? 0 : 1);
        if (ways != 1) yield return "'digest' needs exactly one of 'sha256', 'known' and 'list'";
        if (ways == 1 && check.List is null && reader.DigestedFile is null)
            yield return "'digest' of a folder needs 'list'";
        if (check.In is not null && check.Known is null) yield return "'in' of 'digest' needs 'known'";
        if (check.Digits() is { } digits && (digits.Length != DigestDigits || !digits.All(char.IsAsciiHexDigit)))
            yield return $"'sha256' of 'digest' must be {DigestDigits} hexadecimal digits, found '{check.Sha256}'";
    }
}
