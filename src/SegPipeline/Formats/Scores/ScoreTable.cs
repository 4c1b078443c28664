using System.Globalization;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Scores;

/// <summary>Scores for people: a table in Markdown, and a line for each measure.</summary>
internal static class ScoreTable
{
    /// <summary>The table: the whole dataset, then each category.</summary>
    public static string Markdown(ScoreTotals totals)
    {
        var text = new StringBuilder();
        AppendRow(text, ["", .. totals.Names]);
        AppendRow(text, ["---", .. totals.Names.Select(_ => "---:")]);
        AppendRow(text, ["all", .. totals.Names.Select(n => Text(totals.Whole(n).Value))]);
        AppendRow(text, ["mean", .. totals.Names.Select(n => Text(totals.Whole(n).Mean))]);
        if (totals.Categories.Any())
            AppendRow(text,
                ["mean over categories", .. totals.Names.Select(n => Text(totals.OverCategories(n).Mean))]);
        foreach ((RecordId id, string? name) in totals.Categories)
            AppendRow(text, [name ?? id.JsonText, .. totals.Names.Select(n => Text(totals.Of(id, n)?.Value))]);
        return text.ToString();
    }

    /// <summary>One line for each measure.</summary>
    public static IReadOnlyList<string> Lines(ScoreTotals totals) =>
        [.. totals.Names.Select(name => Line(totals, name))];

    private static string Line(ScoreTotals totals, string name)
    {
        ScoreTotal total = totals.Whole(name);
        var text = new StringBuilder($"{name} {Text(total.Value)}");
        if (total.Ratio is { } ratio)
            text.Append(CultureInfo.InvariantCulture, $" ({ratio.Numerator:N0} of {ratio.Denominator:N0}), ")
                .Append("mean ").Append(Text(total.Mean));
        text.Append(CultureInfo.InvariantCulture, $" over {total.Counted:N0} measured");
        if (total.Absent > 0) text.Append(CultureInfo.InvariantCulture, $", {total.Absent:N0} without a value");
        (double? mean, int categories) = totals.OverCategories(name);
        if (categories > 0)
            text.Append(CultureInfo.InvariantCulture, $"; mean {Text(mean)} over {categories:N0} categories");
        return text.ToString();
    }

    private static string Text(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "-";

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells)
    {
        foreach (string cell in cells)
            text.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        text.Append("|\n");
    }
}
