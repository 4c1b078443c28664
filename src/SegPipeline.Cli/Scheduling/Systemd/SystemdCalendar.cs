using System.Globalization;

namespace SegPipeline.Cli.Scheduling.Systemd;

/// <summary>Due times as systemd's <c>OnCalendar=</c> has them.</summary>
/// <remarks>Written after systemd.time(7), "Calendar events".</remarks>
internal static class SystemdCalendar
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] Months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Translates due times: one expression, or two where either of two days counts.</summary>
    /// <exception cref="FormatException">Systemd cannot say it; why is in the message.</exception>
    public static IReadOnlyList<string> Of(CronTimes times)
    {
        string[] fields = times.QuartzText.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string clock = $"{Numbers(fields[2], 0, 23)}:{Numbers(fields[1], 0, 59)}:{Numbers(fields[0], 0, 59)}";
        string month = Numbers(Numbered(fields[4], Months, 1), 1, 12);
        string year = fields.Length > 6 ? Numbers(fields[6], 1970, 2199) : "*";
        bool anyDay = IsAny(fields[3]), anyWeekday = IsAny(fields[5]);
        var days = new List<(string Weekdays, string DayOfMonth)>();
        if (anyDay && anyWeekday) days.Add(("", "-*"));
        if (!anyDay) days.Add(("", DayOfMonth(fields[3])));
        if (!anyWeekday) days.Add(Weekday(Numbered(fields[5], Days, 1)));
        return [.. days.Select(d => $"{d.Weekdays}{year}-{month}{d.DayOfMonth} {clock} {times.Zone.Id}")];
    }

    private static bool IsAny(string field) => field is "*" or "?";

    /// <summary>The field with names of days or months as the numbers that Quartz gives them.</summary>
    private static string Numbered(string field, string[] names, int first)
    {
        for (int i = 0; i < names.Length; i++)
            field = field.Replace(names[i], $"{first + i}", StringComparison.Ordinal);
        return field;
    }

    private static string DayOfMonth(string field)
    {
        if (field == "L") return "~01";
        if (field.StartsWith("L-", StringComparison.Ordinal) && !field.Contains('W', StringComparison.Ordinal))
            return $"~{1 + Whole(field[2..]):00}";
        if (field.Contains('W', StringComparison.Ordinal)) throw Cannot(field, "the working day nearest to another");
        if (field.Contains('L', StringComparison.Ordinal)) throw Cannot(field, "the last day beside others");
        return "-" + Numbers(field, 1, 31);
    }

    private static (string Weekdays, string DayOfMonth) Weekday(string field)
    {
        string[] nth = field.Split('#');
        if (nth.Length == 2)
        {
            int week = Whole(nth[1]);
            return (NamesOf([Whole(nth[0])]), $"-{7 * week - 6:00}..{Math.Min(7 * week, 31):00}");
        }
        if (field.Length > 1 && field[^1] == 'L') return (NamesOf([Whole(field[..^1])]), "~07/1");
        return (NamesOf(field == "L" ? [7] : ValuesOf(field, 1, 7)), "-*");
    }

    private static string NamesOf(IEnumerable<int> days) => string.Join(',', new SortedSet<int>(days)
        .Select(day => Days[day - 1][0] + Days[day - 1][1..].ToLowerInvariant())) + " ";

    private static string Numbers(string field, int least, int most) => IsAny(field)
        ? "*"
        : string.Join(',', new SortedSet<int>(ValuesOf(field, least, most)).Select(v => $"{v:00}"));

    /// <summary>All numbers that a field stands for, ranges over the end (22-2) and steps written out.</summary>
    private static IEnumerable<int> ValuesOf(string field, int least, int most)
    {
        foreach (string item in field.Split(','))
        {
            string[] stepped = item.Split('/');
            string[] ends = stepped[0].Split('-');
            int step = stepped.Length > 1 ? Whole(stepped[1]) : 1;
            int first = ends[0] == "*" ? least : Whole(ends[0]);
            int last = ends.Length > 1 ? Whole(ends[1]) : ends[0] == "*" || stepped.Length > 1 ? most : first;
            if (last < first) last += most - least + 1;
            for (int value = first; value <= last; value += step)
                yield return value > most ? value - (most - least + 1) : value;
        }
    }

    private static int Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Cannot(text, "this");

    private static FormatException Cannot(string field, string what) => new(
        $"systemd cannot say '{field}' ({what}); let the scheduler run the job: export without --timers");
}
