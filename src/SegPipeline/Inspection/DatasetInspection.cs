using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Engine.Figures;
using SegPipeline.Model;
using SegPipeline.Reports;
using SegPipeline.Reports.Gallery;
using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Inspection;

/// <summary>What an inspection found out about a dataset.</summary>
/// <param name="Info">What is known about it.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Findings">What is suspicious.</param>
/// <param name="Report">The same for a report.</param>
internal sealed record InspectedDataset(
    DatasetInfo Info, DatasetFigures Figures, ImmutableArray<ReportFinding> Findings, ReportMaterial Report)
{
    /// <summary>The kinds of <see cref="Findings"/>, in the same order.</summary>
    public required ImmutableArray<Finding> Kinds { get; init; }
}

/// <summary>Takes the figures of a dataset and looks for what is suspicious in it, without writing anything.</summary>
internal static class DatasetInspection
{
    private const string Inspected = "the dataset", Rejects = "rejects";

    /// <summary>Inspects what a graph gives to its one writer.</summary>
    /// <param name="name">What the dataset is called.</param>
    /// <param name="graphInto">Makes a graph of a name that ends in a writer.</param>
    /// <param name="photos">Whether photos are looked at.</param>
    /// <param name="pictures">Most pictures of the gallery.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BadDataException">The dataset cannot be read at all.</exception>
    public static async Task<InspectedDataset> RunAsync(
        string name, Func<string, Writer, PipelineGraph> graphInto, PhotoLook photos, int pictures,
        CancellationToken cancel)
    {
        // Two books, as writers append side by side.
        FindingBook book = new(), rejects = new();
        var writer = new InspectWriter { Book = book, Photos = photos };
        PipelineGraph graph = Forgiving(graphInto(Inspected, writer), new InspectWriter { Book = rejects });
        var gallery = new GalleryDrawing();
        RunResult result = await PipelineRun.ExecuteAsync(graph, new RunOptions
        {
            Release = new NothingWritten(),
            Figures = new FigureOptions { Shown = pictures, Show = gallery.Add },
        }, cancel).ConfigureAwait(false);
        int last = Enumerable.Range(0, graph.Nodes.Length).First(n => ReferenceEquals(graph.Nodes[n].Stage, writer));
        DatasetInfo info = result.Infos[last];
        DatasetFigures figures = ReportDataset.At(result, graph.Nodes[last].Inputs) ?? new DatasetFigures();
        book.Add(rejects);
        AddRepeated(info, book);
        AddUnused(info, figures, book);
        ImmutableArray<ReportFinding> findings = [.. book.Findings.Select(f =>
            new ReportFinding(FindingText.Of(f.Finding).What, FindingText.Of(f.Finding).Meaning, f.Count, f.Places))];
        return new InspectedDataset(info, figures, findings, new ReportMaterial
        {
            Title = name,
            Graph = graph,
            Result = result,
            Gallery = gallery.Pictures,
            Findings = findings,
        })
        { Kinds = [.. book.Findings.Select(f => f.Finding)] };
    }

    // What a stage cannot deal with is a finding here, whatever the pipeline says.
    private static PipelineGraph Forgiving(PipelineGraph graph, InspectWriter rejects) => graph with
    {
        Nodes =
        [
            .. graph.Nodes.Select(node => node.Stage is Writer
                ? node
                : node with { OnError = ErrorPolicy.Reject, RejectBudget = null }),
            new GraphNode(Rejects, rejects, [PortRef.Errors]),
        ],
    };

    private static void AddRepeated(DatasetInfo info, FindingBook book)
    {
        foreach (var same in info.Taxonomy.Categories.Where(c => c.Name is { Length: > 0 }).GroupBy(c => c.Name))
            if (same.Skip(1).Any())
                book.Add(Finding.RepeatedName, () => $"{same.Key} ({string.Join(", ", same.Select(c => c.Id))})");
    }

    private static void AddUnused(DatasetInfo info, DatasetFigures figures, FindingBook book)
    {
        var used = figures.Categories.Select(c => c.Id).ToHashSet();
        foreach (Category category in info.Taxonomy.Categories)
            if (!used.Contains(category.Id))
                book.Add(Finding.UnusedCategory, () => category.Name is { Length: > 0 } name
                    ? $"{name} ({category.Id})"
                    : $"{category.Id}");
    }
}
