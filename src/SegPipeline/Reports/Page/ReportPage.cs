using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Reports.Charts;
using SegPipeline.Reports.Gallery;
using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Reports.Page;

/// <summary>
/// A report as one HTML file that asks no server for anything: figures, charts, pictures and tables. Without scripts
/// the tables are there, without colours the words.
/// </summary>
internal sealed class ReportPage
{
    private readonly Html _html = new();
    private readonly ReportMaterial _material;
    private readonly ReportDataset[] _datasets;

    private ReportPage(ReportMaterial material)
    {
        _material = material;
        _datasets = [.. material.Datasets];
    }

    /// <summary>The page.</summary>
    public static string Text(ReportMaterial material) => new ReportPage(material).Write();

    private string Write()
    {
        _html.Raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">")
            .Element("title", _material.Title)
            .Raw($"<style>{PageParts.Style}</style></head><body>");
        WriteHead();
        _html.Raw("<main>");
        WriteFindings();
        WriteFlow();
        foreach (ReportDataset dataset in _datasets) WriteDataset(dataset);
        ChangeSection.Write(_html, _material);
        if (_material.Gallery.Count > 0) GallerySection.Write(_html, _material.Gallery);
        WriteProblems();
        _html.Raw("</main>");
        WriteFoot();
        _html.Raw($"<script>{PageParts.ChartLibrary}</script><script>{PageParts.Script}</script></body></html>");
        return _html.ToString();
    }

    private void WriteHead()
    {
        _html.Raw("<header>").Element("h1", _material.Title);
        if (_material.Description is { } description) _html.Element("p", description, "class=\"lead\"");
        _html.Raw("<dl class=\"tiles\">");
        foreach ((string name, string value, string? note) in Tiles())
        {
            _html.Raw("<div class=\"tile\">").Element("dt", name).Element("dd", value);
            if (note is not null) _html.Element("dd", note, "class=\"note\"");
            _html.Raw("</div>");
        }
        _html.Raw("</dl></header>");
    }

    private IEnumerable<(string Name, string Value, string? Note)> Tiles()
    {
        var all = new DatasetFigures();
        foreach (ReportDataset dataset in _datasets) all.Add(dataset.Figures);
        long images = all.Samples - all.Videos;
        if (all.Videos > 0)
            yield return ("videos", Html.Count(all.Videos), Html.Count(all.Frames - images, "frame"));
        if (images > 0 || all.Videos == 0)
            yield return ("images", Html.Count(images),
                all.EmptySamples > 0 ? $"{Html.Count(all.EmptySamples)} without instances" : null);
        yield return ("instances", Html.Count(all.Instances), all.Samples == 0 ? null : PerSample(all));
        int used = all.Categories.Count(c => c.Id is not null);
        int known = _datasets.Length == 0 ? 0 : _datasets.Max(d => d.Info.Taxonomy.Categories.Length);
        yield return ("categories", Html.Count(used), known > used ? $"of {Html.Count(known)} in the list" : null);
        yield return ("crowds", Html.Count(all.Crowds),
            all.Crowds > 0 ? Html.Percent(all.Crowds, all.Instances) + " of the instances" : null);
        long rejected = _material.Result.Ledger.Stages.Sum(s => s.Samples.Rejected);
        if (rejected > 0) yield return ("rejected", Html.Count(rejected), Counted.Noun(rejected, "sample", "samples"));
    }

    private static string PerSample(DatasetFigures all) => FormattableString.Invariant(
        $"{(double)all.Instances / all.Samples:0.#} per ") +
        (all.Videos == 0 ? "image" : all.Videos == all.Samples ? "video" : "sample");

    private void WriteFlow()
    {
        var nodes = _material.Graph.Nodes;
        // What only is read and looked at has no stages worth a picture.
        bool isPlain = _material.Findings is not null && nodes.Count(n => n.Stage is not Writer) == 1;
        if (isPlain || nodes.IsEmpty || _material.Result.Ledger.Stages.Length != nodes.Length) return;
        _html.Raw("<section id=\"stages\"><h2>From stage to stage</h2>")
            .Element("p", "Everything that came in is accounted for: it left, was dropped for a reason, or was " +
                "rejected. Samples that are only looked up by their key are in the table and have no figures.",
                "class=\"note\"");
        FlowPicture.Write(_html, _material.Graph, _material.Result, FlowUnit.Samples);
        FlowPicture.Write(_html, _material.Graph, _material.Result, FlowUnit.Instances);
        _html.Raw("<details><summary>Table</summary>");
        _html.Table("Stages", ["stage", "does", "#samples in", "#out", "#instances in", "#out", "difference"],
            nodes.Zip(_material.Result.Ledger.Stages, (node, entry) => (IReadOnlyList<string>)
            [
                Html.Escape(node.Name), Html.Escape(StageAttribute.NameOf(node.Stage)), Html.Count(entry.Samples.In),
                Html.Count(entry.Samples.Out), Html.Count(entry.Instances.In), Html.Count(entry.Instances.Out),
                Html.Escape(string.Join("; ", Differences(entry))),
            ]));
        _html.Raw("</details></section>");
    }

    private static IEnumerable<string> Differences(LedgerEntry entry)
    {
        (Account, string)[] accounts = [(entry.Samples, "samples"), (entry.Instances, "instances")];
        foreach ((Account account, string thing) in accounts)
        {
            if (account.Rejected > 0) yield return $"{Html.Count(account.Rejected)} {thing} rejected";
            foreach (var (reason, count) in account.Dropped)
                yield return $"{Html.Count(count)} {thing} dropped: {reason}";
            foreach (var (reason, count) in account.Added) yield return $"{Html.Count(count)} {thing} added: {reason}";
        }
        foreach (var (note, count) in entry.Notes) yield return $"{note}: {Html.Count(count)}";
    }

    private void WriteDataset(ReportDataset dataset)
    {
        DatasetFigures figures = dataset.Figures;
        string name = _material.Findings is null ? $"'{dataset.Name}'" : dataset.Name;
        _html.Raw("<section class=\"dataset\">").Element("h2", $"What {name} has")
            .Element("p", string.Join(", ", Counts(figures)) + ".", "class=\"note\"");
        new FigureCharts(_html, dataset).Write();
        _html.Raw("</section>");
    }

    private static IEnumerable<string> Counts(DatasetFigures figures)
    {
        yield return figures.Videos == 0
            ? Html.Count(figures.Samples, "image")
            : $"{Html.Count(figures.Videos, "video")} with {Html.Count(figures.Frames, "frame")}";
        yield return Html.Count(figures.Instances, "instance");
        if (figures.Crowds > 0) yield return Html.Count(figures.Crowds, "crowd");
        if (figures.EmptySamples > 0) yield return $"{Html.Count(figures.EmptySamples, "sample")} without instances";
        if (figures.UnannotatedFrames > 0)
            yield return $"{Html.Count(figures.UnannotatedFrames, "frame")} that nobody annotated";
        if (figures.FramesWithVoid > 0) yield return $"{Html.Count(figures.FramesWithVoid, "frame")} with void pixels";
        if (figures.UnreadableInstances > 0)
            yield return $"{Html.Count(figures.UnreadableInstances, "instance")} whose shape or area cannot be read";
    }

    private void WriteFindings()
    {
        if (_material.Findings is not { } findings) return;
        _html.Raw("<section id=\"findings\"><h2>Worth a look</h2>");
        if (findings.Count == 0) _html.Element("p", "Nothing suspicious was found.", "class=\"note\"");
        foreach (ReportFinding finding in findings)
        {
            _html.Raw("<details class=\"card finding\"><summary>").Element("b", finding.What)
                .Element("span", Html.Count(finding.Count), "class=\"pill\"").Raw("</summary>")
                .Element("p", finding.Meaning, "class=\"note\"").Raw("<ul class=\"places\">");
            foreach (string place in finding.Places) _html.Element("li", place);
            if (finding.Count > finding.Places.Length)
                _html.Element("li", $"and {Html.Count(finding.Count - finding.Places.Length)} more");
            _html.Raw("</ul></details>");
        }
        _html.Raw("</section>");
    }

    private void WriteProblems()
    {
        var result = _material.Result;
        if (result.Rejected.IsEmpty && result.Warnings.IsEmpty) return;
        _html.Raw("<section id=\"problems\"><h2>Problems</h2>");
        if (!result.Rejected.IsEmpty)
        {
            _html.Raw("<div class=\"card\">").Element("h4", "Rejected samples").Raw("<ul class=\"places\">");
            foreach (Problem problem in result.Rejected) _html.Element("li", problem.ToString());
            _html.Raw("</ul></div>");
        }
        if (!result.Warnings.IsEmpty)
        {
            _html.Raw("<div class=\"card\">").Element("h4", "Warnings").Raw("<ul class=\"places\">");
            foreach (StageWarnings stage in StageWarnings.Of(result.Warnings))
            {
                foreach (string sentence in stage.First) _html.Element("li", $"{stage.Node}: {sentence}");
                if (stage.Left > 0) _html.Element("li", $"{stage.Node}: {Html.Count(stage.Left, "more warning")}");
            }
            _html.Raw("</ul></div>");
        }
        _html.Raw("</section>");
    }

    private void WriteFoot()
    {
        _html.Raw("<footer><dl>");
        foreach ((string name, string text) in _material.Facts) _html.Element("dt", name).Element("dd", text);
        _html.Raw("</dl></footer>");
    }
}
