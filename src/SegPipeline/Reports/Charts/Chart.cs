using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegPipeline.Reports.Charts;

/// <summary>Bars over labels: what the script of the page draws, and the table behind it says.</summary>
internal sealed record Chart
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Escapes every character that could end the script element it stands in.
        Encoder = JavaScriptEncoder.Default,
    };

    /// <summary>What it shows, as a heading.</summary>
    public required string Title { get; init; }

    /// <summary>What it says in a sentence, for those who do not see it.</summary>
    public required string Summary { get; init; }

    /// <summary>What the labels are.</summary>
    public required string Axis { get; init; }

    /// <summary>A label a bar.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>One or two series.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>True when the heights are on a logarithmic scale.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>True when the bars touch, as those of neighbouring intervals do.</summary>
    public bool IsHistogram { get; init; }

    /// <summary>True when bars lie, one below another, with room for long labels.</summary>
    public bool IsLying { get; init; }

    /// <summary>Writes the chart and its table.</summary>
    public void Write(Html html)
    {
        html.Raw("<figure class=\"card chart\">").Element("figcaption", Title)
            .Raw($"<p class=\"note\">{Html.Escape(Summary)}</p>")
            .Raw($"<div class=\"canvas{(IsLying ? " lying" : "")}\" style=\"--bars:{Labels.Count}\">" +
                $"<canvas role=\"img\" aria-label=\"{Html.Escape(Title + ": " + Summary)}\"></canvas></div>")
            .Raw($"<script type=\"application/json\">{Drawing()}</script>")
            .Raw("<details><summary>Table</summary>")
            .Table(Title, [Axis, .. Series.Select(s => "#" + s.Name)], Labels.Select((label, i) =>
                (IReadOnlyList<string>)[Html.Escape(label), .. Series.Select(s => Html.Count(s.Values[i]))]))
            .Raw("</details></figure>");
    }

    private string Drawing() =>
        JsonSerializer.Serialize(new { Axis, Labels, Series, IsLogarithmic, IsHistogram, IsLying }, Layout);
}

/// <summary>The heights of bars.</summary>
/// <param name="Name">What they count.</param>
/// <param name="Values">A value a label.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<long> Values);
