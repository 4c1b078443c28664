using System.Globalization;
using System.Net;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Reports;

/// <summary>HTML that is being written. Whatever comes from data goes through <see cref="Escape"/>.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup as it stands.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    /// <summary>Adds an element with text in it.</summary>
    public Html Element(string tag, string text, string? attributes = null) =>
        Raw($"<{tag}{(attributes is null ? "" : " " + attributes)}>{Escape(text)}</{tag}>");

    /// <summary>Adds a table. Cells are markup; a heading that begins with <c>#</c>, not shown, is of
    /// numbers.</summary>
    public Html Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Raw($"<div class=\"scroll\"><table><caption>{Escape(caption)}</caption><thead><tr>");
        foreach (string heading in headings)
            Raw($"<th scope=\"col\"{ClassOf(heading)}>{Escape(heading.TrimStart('#'))}</th>");
        Raw("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
            Raw("<tr>" + string.Concat(row.Select((cell, i) => i == 0
                ? $"<th scope=\"row\"{ClassOf(headings[i])}>{cell}</th>"
                : $"<td{ClassOf(headings[i])}>{cell}</td>")) + "</tr>");
        return Raw("</tbody></table></div>");
    }

    /// <summary>Text as it stands in an element or a quoted attribute; control characters become
    /// <c>U+FFFD</c>.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(
        text.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? string.Create(text.Length, text, (span, source) =>
            {
                for (int i = 0; i < span.Length; i++)
                    span[i] = source[i] is < ' ' and not ('\n' or '\t') ? '\uFFFD' : source[i];
            })
            : text);

    /// <summary>A count with commas.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of things: 1 image, 2 images.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {Counted.Noun(count, thing, thing + "s")}";

    /// <summary>A share as percent, with a digit behind the point below ten.</summary>
    public static string Percent(long part, long whole)
    {
        if (whole == 0) return "";
        double percent = 100.0 * part / whole;
        if (part > 0 && percent < 0.1) return "<0.1 %";
        return percent.ToString(percent < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A coordinate of a drawing, two digits behind the point at most.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string ClassOf(string heading) => heading.StartsWith('#') ? " class=\"number\"" : "";
}
