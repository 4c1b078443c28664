using Microsoft.Data.Sqlite;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>A column of the table of runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">Its value of a run; null for NULL.</param>
internal sealed record RunColumn(string Name, Func<RunRow, object?> Of);

/// <summary>The columns of the table of runs, but for its key.</summary>
internal static class RunColumns
{
    /// <summary>All of them, in the order in which <see cref="Read"/> takes them.</summary>
    public static RunColumn[] All { get; } =
    [
        new("job", r => r.Job),
        new("cause", r => HistoryText.Of(r.Cause)),
        new("due", r => HistoryText.Of(r.Due)),
        new("due_times", r => r.DueTimes),
        new("state", r => HistoryText.Of(r.State)),
        new("release", r => r.Release),
        new("started", r => Time(r.Started)),
        new("ended", r => Time(r.Ended)),
        new("attempts", r => r.Attempts),
        new("failures", r => r.Failures),
        new("interruptions", r => r.Interruptions),
        new("next_attempt", r => Time(r.NextAttempt)),
        new("exit_code", r => r.ExitCode),
        new("reason", r => r.Reason),
        new("input_digest", r => r.InputDigest),
        new("manifest_sha256", r => r.Figures?.ManifestSha256),
        new("files", r => r.Figures?.Files),
        new("bytes", r => r.Figures?.Bytes),
        new("records", r => r.Figures?.Records),
        new("removed", r => Time(r.Removed)),
    ];

    /// <summary>Reads a run whose key is the first column.</summary>
    public static RunRow Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Job = row.GetString(1),
        Cause = HistoryText.To<RunCause>(row.GetString(2)),
        Due = HistoryText.ToTime(row.GetString(3)),
        DueTimes = row.GetInt64(4),
        State = HistoryText.To<RunState>(row.GetString(5)),
        Release = Text(row, 6),
        Started = ToTime(row, 7),
        Ended = ToTime(row, 8),
        Attempts = row.GetInt32(9),
        Failures = row.GetInt32(10),
        Interruptions = row.GetInt32(11),
        NextAttempt = ToTime(row, 12),
        ExitCode = row.IsDBNull(13) ? null : row.GetInt32(13),
        Reason = Text(row, 14),
        InputDigest = Text(row, 15),
        Figures = Text(row, 16) is { } sha256
            ? new ReleaseFigures(sha256, row.GetInt64(17), row.GetInt64(18), row.GetString(19))
            : null,
        Removed = ToTime(row, 20),
    };

    private static string? Time(DateTimeOffset? moment) => moment is { } known ? HistoryText.Of(known) : null;

    private static string? Text(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? ToTime(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : HistoryText.ToTime(row.GetString(column));
}
