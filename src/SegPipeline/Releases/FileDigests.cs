namespace SegPipeline.Releases;

/// <summary>The digest of a file, or why there is none.</summary>
/// <param name="Digest">Its digest; null when it could not be taken.</param>
/// <param name="Fault">Why the file could not be read; null when it is missing, or when it could.</param>
public readonly record struct FoundDigest(FileDigest? Digest, string? Fault);

/// <summary>Takes the digests of many files on all processors.</summary>
public static class FileDigests
{
    /// <summary>The digests of files, in the order of their paths.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FoundDigest[] Of(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var found = new FoundDigest[paths.Count];
        Parallel.For(0, paths.Count, new ParallelOptions { CancellationToken = cancel },
            i => found[i] = Of(paths[i], cancel));
        return found;
    }

    private static FoundDigest Of(string path, CancellationToken cancel)
    {
        try
        {
            return new FoundDigest(FileDigest.OfFile(path, cancel), Fault: null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link to nothing is there, and cannot be read.
            return new FileInfo(path).LinkTarget is null ? default : new FoundDigest(null, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FoundDigest(null, e.Message);
        }
    }
}
