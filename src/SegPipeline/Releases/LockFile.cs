using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>
/// An empty file that one process at a time can hold. It stays when it is let go: a lock file that is removed can be
/// locked by two processes at once, one on the removed file and one on its successor.
/// </summary>
internal static class LockFile
{
    /// <summary>Holds a file until it is disposed of.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="held">What to tell the user when another process holds it.</param>
    /// <exception cref="ReleaseLockedException">Another process holds it.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static FileStream Hold(string path, Problem held)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new ReleaseLockedException(held, e);
        }
    }

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
