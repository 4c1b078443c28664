using System.Globalization;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using static System.FormattableString;

namespace SegPipeline.Releases;

/// <summary>The dataset card of a release: one page of Markdown that says what is in it and how it was made.</summary>
internal static class DatasetCard
{
    /// <summary>Writes the card.</summary>
    /// <param name="record">How the release was made.</param>
    /// <param name="files">Its files so far.</param>
    public static string Text(ReleaseRecord record, IEnumerable<ReleaseFile> files)
    {
        var text = new StringBuilder();
        text.Append(CardHeader.Text(record));
        Append(text, $"# {record.Card.Title ?? record.Graph.Name}");
        if (record.Card.Description is { } description) Append(text, "", description);
        AppendOrigin(text, record.Card);
        AppendFiles(text, files.Where(f => !ReleaseNames.Reserved.Contains(f.Name)));
        AppendResults(text, record);
        AppendMaking(text, record);
        AppendSection(text, "Licence", record.Card.Licence);
        // Lines and braces of BibTeX stay as they are in a block of code.
        AppendSection(text, "Citation", record.Card.Citation is { } entry && entry.StartsWith('@')
            ? $"```bibtex\n{entry.TrimEnd()}\n```"
            : record.Card.Citation);
        AppendSection(text, "More", record.Card.Homepage);
        Append(text, "", "## Checking it", "", "`sha256sum -c SHA256SUMS`, or `segpipe verify` with this folder.");
        return text.ToString();
    }

    /// <summary>Version, creators and publisher, as far as the pipeline says them.</summary>
    private static void AppendOrigin(StringBuilder text, CardText card)
    {
        string published = string.Join(", ",
            new[] { card.Publisher is { } by ? $"by {by}" : null, card.Published }.OfType<string>());
        string[] sentences =
        [
            card.Version is { } version ? $"Version {version}." : "",
            card.Creators.IsEmpty ? "" : $"Made by {string.Join(", ", card.Creators)}.",
            published.Length > 0 ? $"Published {published}." : "",
        ];
        string origin = string.Join(' ', sentences.Where(s => s.Length > 0));
        if (origin.Length > 0) Append(text, "", origin);
    }

    private static void AppendFiles(StringBuilder text, IEnumerable<ReleaseFile> files)
    {
        Append(text, "", "## What is in it", "", "| file | holds | bytes |", "|---|---|---:|");
        foreach (ContentLine line in ContentSummary.Of(files))
            Append(text, $"| {Cell(line.Name)} | {Holds(line)} | {Number(line.SizeBytes)} |");
    }

    private static void AppendResults(StringBuilder text, ReleaseRecord record)
    {
        if (record.Result.Summary.IsEmpty) return;
        Append(text, "", "## Results", "");
        foreach (var (node, line) in record.Result.Summary) Append(text, $"- `{node}`: {line}");
    }

    private static void AppendMaking(StringBuilder text, ReleaseRecord record)
    {
        string version = record.Tool.Commit is { } commit ? $"{record.Tool.Version} ({commit})" : record.Tool.Version;
        Append(text, "", "## How it was made", "",
            Invariant($"By `segpipe run pipeline.yaml`, segpipe {version}, seed {record.Graph.Seed}."), "",
            "| stage | | samples in | out | dropped | instances in | out | dropped |",
            "|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (node, entry) in record.Graph.Nodes.Zip(record.Result.Ledger.Stages))
            Append(text, $"| {Cell(node.Name)} | {Cell(StageAttribute.NameOf(node.Stage))} | " +
                $"{Cells(entry.Samples)} | {Cells(entry.Instances)} |");
        foreach (StageWarnings stage in StageWarnings.Of(record.Result.Warnings))
        {
            foreach (string sentence in stage.First) Append(text, "", $"Note of `{stage.Node}`: {sentence}.");
            if (stage.Left > 0)
                Append(text, "", $"Of `{stage.Node}`, `{ReleaseNames.Manifest}` has " +
                    $"{Number(stage.Left)} more {Counted.Noun(stage.Left, "note", "notes")}.");
        }
    }

    private static void AppendSection(StringBuilder text, string title, string? content)
    {
        if (content is not null) Append(text, "", $"## {title}", "", content);
    }

    private static string Cells(Account account) => string.Join(
        " | ", Number(account.In), Number(account.Out), Number(account.Dropped.Values.Sum() + account.Rejected));

    private static string Holds(ContentLine line) => line.Name.EndsWith('/')
        ? $"{Number(line.Files)} {Counted.Noun(line.Files, "file", "files")}"
        : string.Join(", ", line.Records.Select(r => $"{Number(r.Value)} {r.Key}"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) text.Append(line).Append('\n');
    }
}
