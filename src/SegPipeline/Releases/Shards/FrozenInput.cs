using System.Globalization;

namespace SegPipeline.Releases.Shards;

/// <summary>An input file as it was when a plan was frozen.</summary>
/// <param name="Stage">The reader that reads it.</param>
/// <param name="Name">Its name as manifests show it, the same on every machine.</param>
/// <param name="Digest">Its content.</param>
/// <param name="ModifiedUtc">When it was last written to, as the freezing machine saw it: a file of this size and time
/// is taken for the same, any other is read to tell.</param>
public sealed record FrozenInput(string Stage, string Name, FileDigest Digest, DateTime ModifiedUtc)
{
    private const string TimeLayout = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    /// <summary>The time as text.</summary>
    internal string ModifiedText => ModifiedUtc.ToString(TimeLayout, CultureInfo.InvariantCulture);

    /// <summary>Reads the time.</summary>
    /// <exception cref="FormatException">The text is no time.</exception>
    internal static DateTime TimeOf(string text) => DateTime.ParseExact(text, TimeLayout, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Tells how a file differs from this one; null when it does not.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal string? DifferenceOf(string path, CancellationToken cancel)
    {
        FileInfo file = InputDigests.FileAt(path);
        if (!file.Exists) return "the file is missing";
        if (file.Length != Digest.SizeBytes)
            return FormattableString.Invariant($"it had {Digest.SizeBytes} bytes and has {file.Length} now");
        if (file.LastWriteTimeUtc == ModifiedUtc) return null;
        return DifferenceOf(FileDigest.OfFile(path, cancel));
    }

    /// <summary>Tells how a content differs from this one; null when it does not.</summary>
    internal string? DifferenceOf(FileDigest found) => found == Digest
        ? null
        : $"its SHA-256 was {Digest.Sha256[..16]}... and is {found.Sha256[..16]}... now";
}
