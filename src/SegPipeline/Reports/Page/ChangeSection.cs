using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Reports.Charts;
using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Reports.Page;

/// <summary>What stages changed: their samples, instances and categories before and after.</summary>
internal static class ChangeSection
{
    private const int MostCategories = 20;

    /// <summary>Writes a part for each stage that changed what can be counted.</summary>
    public static void Write(Html html, ReportMaterial material)
    {
        var changes = ChangesOf(material).ToList();
        if (changes.Count == 0) return;
        html.Raw("<section id=\"changes\"><h2>Before and after</h2>");
        foreach ((int node, DatasetFigures before, DatasetFigures after) in changes)
            Write(html, material, node, before, after);
        html.Raw("</section>");
    }

    private static IEnumerable<(int Node, DatasetFigures Before, DatasetFigures After)> ChangesOf(
        ReportMaterial material)
    {
        var nodes = material.Graph.Nodes;
        for (int n = 0; n < nodes.Length; n++)
        {
            if (nodes[n].Stage is Reader or Writer || nodes[n].Inputs.Any(p => p.IsErrors)) continue;
            // Of a join, what it joins to the first input is looked up.
            IEnumerable<PortRef> inputs = nodes[n].Stage is Join ? nodes[n].Inputs.Take(1) : nodes[n].Inputs;
            IEnumerable<PortRef> outputs = nodes[n].Stage.OutputPorts.Select((_, p) => new PortRef(n, p));
            if (ReportDataset.At(material.Result, inputs) is { } before &&
                ReportDataset.At(material.Result, outputs) is { } after && IsChanged(before, after))
                yield return (n, before, after);
        }
    }

    private static bool IsChanged(DatasetFigures before, DatasetFigures after) =>
        (before.Samples, before.Instances, before.Crowds, before.Frames) !=
            (after.Samples, after.Instances, after.Crowds, after.Frames) ||
        !before.Categories.SequenceEqual(after.Categories) || !before.Forms.SequenceEqual(after.Forms) ||
        !before.PictureSizes.SequenceEqual(after.PictureSizes);

    private static void Write(
        Html html, ReportMaterial material, int node, DatasetFigures before, DatasetFigures after)
    {
        GraphNode stage = material.Graph.Nodes[node];
        string does = StageAttribute.NameOf(stage.Stage);
        html.Raw($"<h3>{Html.Escape(stage.Name)} <small>{Html.Escape(does)}</small></h3>")
            .Raw("<div class=\"change\">");
        html.Raw("<div class=\"card\">").Table($"{stage.Name}, before and after", ["", "#before", "#after", "#change"],
            Rows(before, after).Where(r => r.Before != 0 || r.After != 0).Select(r => (IReadOnlyList<string>)
            [
                Html.Escape(r.What), Html.Count(r.Before), Html.Count(r.After), Difference(r.Before, r.After),
            ])).Raw("</div>");
        DatasetInfo input = material.Result.Infos[stage.Inputs[0].Node], output = material.Result.Infos[node];
        WriteCategories(html, before, after, input, output, stage.Name);
        html.Raw("</div>");
    }

    private static IEnumerable<(string What, long Before, long After)> Rows(DatasetFigures before, DatasetFigures after)
    {
        yield return ("samples", before.Samples, after.Samples);
        if (before.Frames != before.Samples || after.Frames != after.Samples)
            yield return ("frames", before.Frames, after.Frames);
        yield return ("instances", before.Instances, after.Instances);
        yield return ("crowds", before.Crowds, after.Crowds);
        yield return ("samples without instances", before.EmptySamples, after.EmptySamples);
        yield return ("categories with instances", before.Categories.Count, after.Categories.Count);
        yield return ("masks below 32 x 32 pixels", before.SizeClasses.Small, after.SizeClasses.Small);
        yield return ("masks below 96 x 96 pixels", before.SizeClasses.Medium, after.SizeClasses.Medium);
        yield return ("larger masks", before.SizeClasses.Large, after.SizeClasses.Large);
        var forms = before.Forms.ToDictionary(f => f.Form, f => f.Shapes);
        var formsAfter = after.Forms.ToDictionary(f => f.Form, f => f.Shapes);
        foreach (SegmentationForm form in forms.Keys.Union(formsAfter.Keys).OrderBy(form => form))
            yield return ("shapes: " + FigureCharts.FormText(form), forms.GetValueOrDefault(form),
                formsAfter.GetValueOrDefault(form));
        yield return ("different picture sizes", before.PictureSizes.Count, after.PictureSizes.Count);
    }

    private static void WriteCategories(
        Html html, DatasetFigures before, DatasetFigures after, DatasetInfo input, DatasetInfo output, string stage)
    {
        var counts = new Dictionary<string, (long Before, long After)>(StringComparer.Ordinal);
        Count(before, CategoryNames.Of(input), (c, n) => (c.Before + n, c.After));
        Count(after, CategoryNames.Of(output), (c, n) => (c.Before, c.After + n));
        var changed = counts.Where(c => c.Value.Before != c.Value.After)
            .OrderByDescending(c => Math.Abs(c.Value.Before - c.Value.After)).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Take(MostCategories).ToList();
        if (changed.Count == 0) return;
        int all = counts.Count(c => c.Value.Before != c.Value.After);
        new Chart
        {
            Title = $"Categories that {stage} changed most",
            Summary = all > changed.Count
                ? $"Instances before and after, of the {changed.Count} with the largest change of {all} that changed."
                : "Instances before and after.",
            Axis = "category",
            Labels = [.. changed.Select(c => c.Key)],
            Series =
            [
                new ChartSeries("before", [.. changed.Select(c => c.Value.Before)]),
                new ChartSeries("after", [.. changed.Select(c => c.Value.After)]),
            ],
            IsLying = true,
        }.Write(html);

        void Count(
            DatasetFigures figures, Dictionary<RecordId, string> known,
            Func<(long Before, long After), long, (long, long)> add)
        {
            foreach (CategoryFigures category in figures.Categories)
            {
                string name = category.Id is { } id
                    ? known.GetValueOrDefault(id, $"category {id}")
                    : CategoryNames.None;
                counts[name] = add(counts.GetValueOrDefault(name), category.Instances);
            }
        }
    }

    private static string Difference(long before, long after) => after == before ? "0"
        : (after > before ? "+" : "\u2212") + Html.Count(Math.Abs(after - before));
}
