using Microsoft.Data.Sqlite;
using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>The tables of the history, and their versions.</summary>
/// <remarks>Times are UTC as text (<c>2026-11-28T03:00:00.000Z</c>), which sorts, and reads well in sqlite3.</remarks>
internal static class HistorySchema
{
    /// <summary>The version this program writes; in <c>user_version</c>.</summary>
    public const long Version = 1;

    /// <summary>Tells our databases from others; <c>application_id</c>, the letters "SegP".</summary>
    private const long ApplicationId = 0x53656750;

    private const string Tables = """
        CREATE TABLE job (
          name TEXT PRIMARY KEY,
          times TEXT NOT NULL,
          planned_until TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE run (
          id INTEGER PRIMARY KEY,
          job TEXT NOT NULL,
          cause TEXT NOT NULL,
          due TEXT NOT NULL,
          due_times INTEGER NOT NULL,
          state TEXT NOT NULL,
          release TEXT,
          started TEXT,
          ended TEXT,
          attempts INTEGER NOT NULL,
          failures INTEGER NOT NULL,
          interruptions INTEGER NOT NULL,
          next_attempt TEXT,
          exit_code INTEGER,
          reason TEXT,
          input_digest TEXT,
          manifest_sha256 TEXT,
          files INTEGER,
          bytes INTEGER,
          records TEXT,
          removed TEXT,
          UNIQUE (job, release)
        );
        CREATE INDEX run_by_job ON run (job, id);
        CREATE INDEX run_not_over ON run (state) WHERE state IN ('waiting', 'running', 'retrying', 'interrupted');
        """;

    /// <summary>Makes the tables in a database that is empty.</summary>
    public static void Create(SqliteConnection connection)
    {
        if (!IsEmpty(connection)) return;
        using SqliteTransaction alone = connection.BeginTransaction();
        // Another program may have made them since.
        if (IsEmpty(connection))
            Execute(connection, $"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        alone.Commit();
    }

    /// <summary>Checks that a database is one of ours, of a version that we know, and sound.</summary>
    /// <exception cref="BadDataException">It is not.</exception>
    public static void Check(SqliteConnection connection, string file)
    {
        if (IsEmpty(connection)) throw HistoryFaults.Missing(file);
        long version = Number(connection, "PRAGMA user_version");
        if (Number(connection, "PRAGMA application_id") != ApplicationId) throw HistoryFaults.Foreign(file);
        if (version > Version) throw HistoryFaults.TooNew(file, version, Version);
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is string verdict && verdict != "ok") throw HistoryFaults.Damaged(file, verdict);
    }

    private static bool IsEmpty(SqliteConnection connection) =>
        Number(connection, "PRAGMA application_id") == 0 &&
        Number(connection, "SELECT count(*) FROM sqlite_master") == 0;

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
