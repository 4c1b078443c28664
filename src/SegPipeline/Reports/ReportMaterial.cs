using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Engine.Figures;
using SegPipeline.Model;
using SegPipeline.Reports.Gallery;
using SegPipeline.Statistics;

namespace SegPipeline.Reports;

/// <summary>What a report tells.</summary>
internal sealed record ReportMaterial
{
    /// <summary>What it is a report of.</summary>
    public required string Title { get; init; }

    /// <summary>What that is, in a sentence; null when nobody says.</summary>
    public string? Description { get; init; }

    /// <summary>Facts about it, a name and a text each: version, seed, licence.</summary>
    public IReadOnlyList<(string Name, string Text)> Facts { get; init; } = [];

    /// <summary>The graph that was run.</summary>
    public required PipelineGraph Graph { get; init; }

    /// <summary>What became of everything.</summary>
    public required RunResult Result { get; init; }

    /// <summary>The pictures of the samples that were drawn.</summary>
    public IReadOnlyList<GalleryPicture> Gallery { get; init; } = [];

    /// <summary>Things that are worth a look, by what is suspicious about them; null where nobody searched.</summary>
    public IReadOnlyList<ReportFinding>? Findings { get; init; }

    /// <summary>The datasets that it is about: those that writers got; without writers, those that readers
    /// gave.</summary>
    public IEnumerable<ReportDataset> Datasets => ReportDataset.Of(this);
}

/// <summary>Something suspicious, and where it was found.</summary>
/// <param name="What">What is suspicious, as a heading.</param>
/// <param name="Meaning">What that means, and from which bound on, in a sentence.</param>
/// <param name="Count">How often it was found.</param>
/// <param name="Places">The first places.</param>
internal sealed record ReportFinding(string What, string Meaning, long Count, ImmutableArray<string> Places);

/// <summary>A dataset that a report is about.</summary>
/// <param name="Name">Names of the stages that write it, or of the one that gives it.</param>
/// <param name="Info">What is known about it.</param>
/// <param name="Figures">Its figures.</param>
internal sealed record ReportDataset(string Name, DatasetInfo Info, DatasetFigures Figures)
{
    /// <summary>The datasets of a run, each once however many stages write it.</summary>
    public static IEnumerable<ReportDataset> Of(ReportMaterial material)
    {
        var nodes = material.Graph.Nodes;
        var written = from n in Enumerable.Range(0, nodes.Length)
                      where nodes[n].Stage is Stages.Writer && !nodes[n].Inputs.Any(p => p.IsErrors)
                      let ports = string.Join(' ', nodes[n].Inputs.Select(p => $"{p.Node}.{p.Port}"))
                      group n by ports;
        foreach (var writers in written)
        {
            int first = writers.First();
            if (At(material.Result, nodes[first].Inputs) is not { } figures) continue;
            yield return new ReportDataset(
                string.Join(", ", writers.Select(n => nodes[n].Name)), material.Result.Infos[first], figures);
        }
    }

    /// <summary>The figures of what some ports gave together; null when nothing passed.</summary>
    public static DatasetFigures? At(RunResult result, IEnumerable<PortRef> ports)
    {
        var parts = new List<DatasetFigures>();
        foreach (PortRef port in ports)
            foreach (PortFigures taken in result.Figures)
                if (new PortRef(taken.Node, taken.Port) == port) parts.Add(taken.Figures);
        if (parts.Count <= 1) return parts.FirstOrDefault();
        var all = new DatasetFigures();
        foreach (DatasetFigures part in parts) all.Add(part);
        return all;
    }

    /// <summary>The name of a category, as a person knows it.</summary>
    public string NameOf(RecordId? id) => CategoryNames.Of(Info, id);
}
