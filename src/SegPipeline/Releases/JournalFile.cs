using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>Opens the file that holds a journal.</summary>
internal static class JournalFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Opens a journal; others can only read it meanwhile.</summary>
    /// <exception cref="BadDataException">There is a folder in its place, or it is not ours.</exception>
    /// <exception cref="FileNotFoundException">There is none, and none was to be made.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return new FileStream(path, mode, access, FileShare.Read, BufferBytes);
        }
        catch (UnauthorizedAccessException e)
        {
            string why = Directory.Exists(path) ? "there is a folder in its place" : e.Message;
            throw new BadDataException(new Problem("JOURNAL_UNREADABLE", "the journal cannot be opened: " + why)
            {
                File = path,
                Remedy = "remove the folder it is in and run again, or see to it that the journal can be written",
            }, e);
        }
    }
}
