using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>Held by the one scheduler that works with a history.</summary>
/// <remarks>The lock is on an empty file beside the database that stays, as beside releases.</remarks>
internal sealed class HistoryLock : IDisposable
{
    private readonly FileStream _file;

    private HistoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <returns>The lock; null when another scheduler has it.</returns>
    /// <exception cref="BadDataException">No file can be made there.</exception>
    public static HistoryLock? TryTake(string historyFile)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(historyFile)!);
            return new HistoryLock(new FileStream(
                historyFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HistoryFaults.NotWritable(historyFile, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
