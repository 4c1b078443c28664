using SegPipeline.Reports;
using SegPipeline.Reports.Page;

namespace SegPipeline.Releases;

/// <summary>The report of a release: one page that shows what is in it and what the run did.</summary>
internal static class ReleaseReport
{
    /// <summary>The page.</summary>
    public static string Text(ReleaseRecord record) => ReportPage.Text(new ReportMaterial
    {
        Title = record.Graph.Name,
        Description = record.Card.Description,
        Facts = [.. Facts(record)],
        Graph = record.Graph,
        Result = record.Result,
        Gallery = record.Gallery!,
    });

    private static IEnumerable<(string Name, string Text)> Facts(ReleaseRecord record)
    {
        yield return ("seed", FormattableString.Invariant($"{record.Graph.Seed}"));
        yield return ("config", record.ConfigDigest);
        yield return ("made by", record.Tool.Commit is { } commit
            ? $"segpipe {record.Tool.Version} ({commit})"
            : $"segpipe {record.Tool.Version}");
        if (record.Card.Licence is { } licence) yield return ("licence", licence);
        if (record.Card.Citation is { } citation) yield return ("citation", citation);
        if (record.Card.Homepage is { } homepage) yield return ("more", homepage);
    }
}
