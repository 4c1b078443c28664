using Microsoft.Data.Sqlite;

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

    /// <summary>Makes the tables in an empty database; checks those of another.</summary>
    public static void Prepare(SqliteConnection connection, string file)
    {
        long version = Number(connection, "PRAGMA user_version");
        long owner = Number(connection, "PRAGMA application_id");
        if (version == 0 && owner == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            Execute(connection, $"BEGIN; {Tables} PRAGMA application_id = {ApplicationId}; " +
                $"PRAGMA user_version = {Version}; COMMIT;");
            return;
        }
        if (owner != ApplicationId) throw HistoryFaults.Foreign(file);
        if (version > Version) throw HistoryFaults.TooNew(file, version, Version);
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is string verdict && verdict != "ok") throw HistoryFaults.Damaged(file, verdict);
    }

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
