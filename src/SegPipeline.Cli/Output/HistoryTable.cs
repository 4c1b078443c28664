using System.Globalization;
using System.Text.Json;
using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Output;

/// <summary>Shows runs of a history, the latest first.</summary>
internal static class HistoryTable
{
    private const int DigestLength = 12;

    /// <summary>Shows them to a person.</summary>
    public static void Write(IReadOnlyList<RunRow> rows, TextWriter target)
    {
        if (rows.Count == 0)
        {
            target.WriteLine("no runs");
            return;
        }
        var table = new TextTable("due (UTC)", "job", "outcome", "#took", "digest", "what");
        foreach (RunRow row in rows)
            table.Add(row.Due.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Job,
                Outcome(row), Took(row), row.Figures?.ManifestSha256[..DigestLength] ?? "", What(row));
        table.Write(target);
    }

    /// <summary>Tells a program of them: an object a line, with everything that is known.</summary>
    public static void WriteJson(IReadOnlyList<RunRow> rows, TextWriter target)
    {
        var lines = new JsonLines(target);
        foreach (RunRow row in rows)
            lines.Write("run", json =>
            {
                json.WriteNumber("id", row.Id);
                foreach (RunColumn column in RunColumns.All) WriteColumn(json, column.Name, column.Of(row));
            });
    }

    private static void WriteColumn(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        if (value is null) json.WriteNullValue();
        else if (name == "records") json.WriteRawValue((string)value);
        else if (value is string text) json.WriteStringValue(text);
        else json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private static string Outcome(RunRow row) => HistoryText.Of(row.State) + row switch
    {
        { Removed: not null } => ", removed",
        { DueTimes: > 1 } => $" ({Quantity.Count(row.DueTimes)})",
        _ => "",
    };

    private static string Took(RunRow row) =>
        row.Started is { } started && row.Ended is { } ended ? Quantity.Time(ended - started) : "";

    private static string What(RunRow row)
    {
        var parts = new List<string>();
        if (row.Figures is { } figures)
        {
            using JsonDocument records = JsonDocument.Parse(figures.Records);
            parts.AddRange(records.RootElement.EnumerateObject().Where(kind => kind.Value.GetInt64() > 0)
                .Select(kind => $"{Quantity.Count(kind.Value.GetInt64())} {kind.Name}"));
            parts.Add($"{Quantity.Count(figures.Files, "file")}, {Quantity.Bytes(figures.Bytes)}");
        }
        if (row.Reason is { } reason) parts.Add(FirstLine(reason));
        if (row.Cause != RunCause.Scheduled && row.State != RunState.Skipped)
            parts.Add(row.Cause == RunCause.ByHand ? "by hand" : "caught up");
        if (row.Attempts > 1) parts.Add($"{row.Attempts} attempts");
        if (row.Interruptions > 0) parts.Add($"interrupted {Quantity.Count(row.Interruptions, "time")}");
        return string.Join(", ", parts);
    }

    private static string FirstLine(string reason)
    {
        string[] lines = reason.ReplaceLineEndings("\n").Split('\n');
        return lines.Length == 1 ? lines[0] : $"{lines[0]} (and more: --json)";
    }
}
