using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>
/// The history of a schedule in SQLite: what was due, what became of it, and up to when each job was planned. What is
/// written here is on disk before anything is done about it.
/// </summary>
internal sealed class HistoryDatabase : IDisposable
{
    private const string StateNotOver = "state IN ('waiting', 'running', 'retrying', 'interrupted')";

    private readonly string _file;
    private readonly SqliteConnection _connection;

    private HistoryDatabase(string file, SqliteOpenMode mode)
    {
        _file = file;
        SQLitePCL.Batteries_V2.Init();
        var target = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
        _connection = new SqliteConnection(target.ToString());
    }

    /// <summary>Opens a history; makes it when it is not there.</summary>
    /// <exception cref="BadDataException">It is damaged, of another program or a later version.</exception>
    public static HistoryDatabase Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new HistoryDatabase(file, SqliteOpenMode.ReadWriteCreate).Opened(database =>
        {
            // Readers are not in the way of the one that writes.
            using SqliteCommand command = database.Command("PRAGMA journal_mode = WAL");
            command.ExecuteNonQuery();
            HistorySchema.Create(database._connection);
        });
    }

    /// <summary>Opens a history that is there, to read it.</summary>
    /// <exception cref="BadDataException">It is not there, damaged, of another program or a later version.</exception>
    public static HistoryDatabase OpenExisting(string file)
    {
        if (!File.Exists(file)) throw HistoryFaults.Missing(file);
        try
        {
            return new HistoryDatabase(file, SqliteOpenMode.ReadWrite).Opened(_ => { });
        }
        catch (BadDataException e) when (HistoryFaults.IsNotWritable(e) && !File.Exists(file + "-wal"))
        {
            return OpenUnchanging(file);
        }
    }

    /// <summary>Opens a history on a disk that nobody can write: SQLite is not to make files beside it.</summary>
    internal static HistoryDatabase OpenUnchanging(string file) => new HistoryDatabase(
        $"file:{Uri.EscapeDataString(file)}?immutable=1", SqliteOpenMode.ReadOnly).Opened(_ => { });

    /// <summary>Up to when a job is planned; null when it is new, or when its due times are others now.</summary>
    public DateTimeOffset? PlannedUntil(ScheduledJob job) => Explained(() =>
    {
        using SqliteCommand command = Command("SELECT planned_until FROM job WHERE name = $name AND times = $times",
            ("$name", job.Name), ("$times", job.TimesText));
        return command.ExecuteScalar() is string text ? HistoryText.ToTime(text) : (DateTimeOffset?)null;
    });

    /// <summary>Adds what has become due, together with the moment up to which the job is planned.</summary>
    public void Plan(ScheduledJob job, DateTimeOffset plannedUntil, IEnumerable<RunRow> due) => InTransaction(() =>
    {
        using SqliteCommand command = Command(
            "INSERT INTO job VALUES ($name, $times, $until) ON CONFLICT (name) DO UPDATE SET times = $times, " +
            "planned_until = $until",
            ("$name", job.Name), ("$times", job.TimesText), ("$until", HistoryText.Of(plannedUntil)));
        command.ExecuteNonQuery();
        foreach (RunRow row in due) Write(row);
    });

    /// <summary>Forgets the plans of all other jobs: one that is put back has missed nothing.</summary>
    public void KeepPlansOf(IEnumerable<ScheduledJob> jobs) => InTransaction(() =>
    {
        using SqliteCommand command = Command(
            "DELETE FROM job WHERE name NOT IN (SELECT value FROM json_each($names))",
            ("$names", JsonSerializer.Serialize(jobs.Select(j => j.Name))));
        command.ExecuteNonQuery();
    });

    /// <summary>Adds a run, or writes anew what is known of it.</summary>
    /// <returns>The run with its number. A new one whose release name is taken gets another, <c>NAME-2</c> and so on:
    /// several programs add runs at once.</returns>
    public RunRow Save(RunRow row)
    {
        InTransaction(() => row = Write(row));
        return row;
    }

    /// <summary>Writes what became of a run that was skipped. It takes the place of the one before, where that was
    /// skipped for the same reason: a job that is due every minute must not fill the history.</summary>
    public RunRow SaveSkipped(RunRow row)
    {
        InTransaction(() =>
        {
            RunRow? before = Rows(
                "WHERE job = $job AND id < $id ORDER BY id DESC LIMIT 1", ("$job", row.Job), ("$id", row.Id))
                .FirstOrDefault();
            if (before is { State: RunState.Skipped } && before.Reason == row.Reason && before.Cause == row.Cause)
            {
                using SqliteCommand command = Command("DELETE FROM run WHERE id = $id", ("$id", before.Id));
                command.ExecuteNonQuery();
                row = row with { DueTimes = before.DueTimes + row.DueTimes };
            }
            row = Write(row);
        });
        return row;
    }

    /// <summary>The runs that are not over, in the order in which they were due.</summary>
    public List<RunRow> NotOver() => Rows($"WHERE {StateNotOver} ORDER BY due, id");

    /// <summary>Those of one job.</summary>
    public List<RunRow> NotOver(string job) =>
        // Not by the index of jobs: most runs of a job are over. (The plus keeps it out.)
        Rows($"WHERE {StateNotOver} AND +job = $job ORDER BY due, id", ("$job", job));

    /// <summary>The last run of a job; null when there is none.</summary>
    public RunRow? Last(string job) => Latest(job, [], 1).FirstOrDefault();

    /// <summary>The runs of a job whose releases have not been removed, the latest first.</summary>
    public List<RunRow> Releases(string job) => Rows(
        "WHERE job = $job AND state = 'released' AND removed IS NULL ORDER BY due DESC, id DESC", ("$job", job));

    /// <summary>Runs, the latest first.</summary>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="states">Only in these states; empty for all.</param>
    /// <param name="limit">At most so many.</param>
    public List<RunRow> Latest(string? job, IReadOnlyList<RunState> states, int limit)
    {
        string wanted = string.Join(", ", states.Select(s => $"'{HistoryText.Of(s)}'"));
        return Rows(
            "WHERE ($job IS NULL OR job = $job)" + (wanted.Length > 0 ? $" AND state IN ({wanted})" : "") +
            " ORDER BY id DESC LIMIT $limit", ("$job", job), ("$limit", limit));
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private HistoryDatabase Opened(Action<HistoryDatabase> prepare)
    {
        try
        {
            return Explained(() =>
            {
                _connection.Open();
                // FULL: a due time that was read back once is there after a power failure, too.
                using SqliteCommand command = Command("PRAGMA synchronous = FULL");
                command.ExecuteNonQuery();
                prepare(this);
                HistorySchema.Check(_connection, _file);
                return this;
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private RunRow Write(RunRow row)
    {
        bool isNew = row.Id == 0;
        if (isNew && row.Release is { } wanted) row = row with { Release = FreeRelease(row.Job, wanted) };
        string[] columns = [.. RunColumns.All.Select(c => c.Name)];
        string values = string.Join(", ", columns.Select(c => "$" + c));
        string sql = isNew
            ? $"INSERT INTO run ({string.Join(", ", columns)}) VALUES ({values}); SELECT last_insert_rowid()"
            : $"UPDATE run SET {string.Join(", ", columns.Select(c => $"{c} = ${c}"))} WHERE id = $id; SELECT $id";
        using SqliteCommand command = Command(sql, [.. RunColumns.All.Select(c => ("$" + c.Name, c.Of(row)))]);
        command.Parameters.AddWithValue("$id", row.Id);
        return row with { Id = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) };
    }

    /// <summary>A name that no release of the job has or had.</summary>
    private string FreeRelease(string job, string wanted)
    {
        bool IsTaken(string name) =>
            Rows("WHERE job = $job AND release = $release", ("$job", job), ("$release", name)).Count > 0;
        string free = wanted;
        for (int n = 2; IsTaken(free); n++) free = $"{wanted}-{n}";
        return free;
    }

    private List<RunRow> Rows(string condition, params (string Name, object? Value)[] values) => Explained(() =>
    {
        string columns = string.Join(", ", RunColumns.All.Select(c => c.Name));
        using SqliteCommand command = Command($"SELECT id, {columns} FROM run {condition}", values);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<RunRow>();
        while (reader.Read()) rows.Add(RunColumns.Read(reader));
        return rows;
    });

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private void InTransaction(Action action) => Explained(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        action();
        transaction.Commit();
        return true;
    });

    private T Explained<T>(Func<T> action) => HistoryFaults.Explained(_file, action);
}
