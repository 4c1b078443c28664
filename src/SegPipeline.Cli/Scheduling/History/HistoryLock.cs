using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>Held by the one program that works with a history: a scheduler, or a job that is run by hand.</summary>
/// <remarks>The locks are on empty files beside the database that stay, as beside releases. A scheduler holds a second
/// one, by which a job that is run by hand can tell whether somebody takes it on.</remarks>
internal sealed class HistoryLock : IDisposable
{
    private readonly FileStream[] _files;

    private HistoryLock(FileStream[] files) => _files = files;

    /// <summary>Takes the lock of a scheduler.</summary>
    /// <returns>The lock; null when another program has it.</returns>
    /// <exception cref="BadDataException">No file can be made there.</exception>
    public static HistoryLock? TryTakeForScheduler(string historyFile)
    {
        if (TryTake(historyFile) is not { } taken) return null;
        if (TryOpen(historyFile, SchedulerLock(historyFile)) is { } second)
            return new HistoryLock([.. taken._files, second]);
        taken.Dispose();
        return null;
    }

    /// <summary>Takes the lock of a job that is run by hand.</summary>
    /// <inheritdoc cref="TryTakeForScheduler"/>
    public static HistoryLock? TryTake(string historyFile) =>
        TryOpen(historyFile, historyFile + ".lock") is { } file ? new HistoryLock([file]) : null;

    /// <summary>True when a scheduler works with the history.</summary>
    public static bool HasScheduler(string historyFile)
    {
        using FileStream? free = TryOpen(historyFile, SchedulerLock(historyFile));
        return free is null;
    }

    private static string SchedulerLock(string historyFile) => historyFile + ".scheduler.lock";

    private static FileStream? TryOpen(string historyFile, string lockFile)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(historyFile)!);
            return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
    public void Dispose()
    {
        foreach (FileStream file in _files) file.Dispose();
    }
}
