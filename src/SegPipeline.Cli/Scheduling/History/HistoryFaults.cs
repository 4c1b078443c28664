using Microsoft.Data.Sqlite;
using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>What can be wrong with the database of the history, in words that help.</summary>
internal static class HistoryFaults
{
    private const int Busy = 5; // SQLITE_BUSY
    private const int Full = 13; // SQLITE_FULL
    private const int Permission = 3, ReadOnly = 8, CannotOpen = 14; // SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN
    private const string NotWritableCode = "HISTORY_NOT_WRITABLE";
    private const int InputOutput = 10; // SQLITE_IOERR

    /// <summary>Does something with the database of a file.</summary>
    /// <exception cref="BadDataException">The database is damaged, or cannot be opened or written.</exception>
    /// <exception cref="IOException">It may work later: the disk is full, another program has locked it.</exception>
    public static T Explained<T>(string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Full or InputOutput)
        {
            throw new IOException($"the history {file} cannot be written now: {e.Message}", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Permission or ReadOnly or CannotOpen)
        {
            throw NotWritable(file, e.Message);
        }
        catch (SqliteException e)
        {
            throw Damaged(file, e.Message);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or ArgumentException)
        {
            throw Damaged(file, e.Message);
        }
    }

    /// <summary>The database is damaged.</summary>
    public static BadDataException Damaged(string file, string how) => Of(file, "HISTORY_DAMAGED",
        $"the history cannot be read: {how}",
        "move the file away to begin a new history; releases are not touched, and 'sqlite3 FILE .recover' may save it");

    /// <summary>The database belongs to something else.</summary>
    public static BadDataException Foreign(string file) => Of(file, "HISTORY_FOREIGN",
        "the file is a database of another program", "name another file under 'history'");

    /// <summary>The database was made by a later version.</summary>
    public static BadDataException TooNew(string file, long version, long known) => Of(file, "HISTORY_TOO_NEW",
        $"the history has format {version}, and this version of segpipe knows {known}",
        "use the later version of segpipe, or name another file under 'history'");

    /// <summary>There is no database.</summary>
    public static BadDataException Missing(string file) => Of(file, "NO_HISTORY",
        "there is no history yet", "it begins with 'segpipe schedule run' or 'segpipe schedule now'");

    /// <summary>The database or its lock cannot be opened.</summary>
    public static BadDataException NotWritable(string file, string why) => Of(file, NotWritableCode,
        $"the history cannot be written: {why}", "name a file under 'history' that can be written");

    /// <summary>True when the database can at most be read.</summary>
    public static bool IsNotWritable(BadDataException fault) => fault.Problems is [{ Code: NotWritableCode }];

    private static BadDataException Of(string file, string code, string message, string remedy) =>
        new(new Problem(code, message) { File = file, Remedy = remedy });
}
