using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Output;

/// <summary>What is known, before anything is run, about the dataset behind each stage.</summary>
internal static class DatasetTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(PipelinePlan plan, TextWriter target)
    {
        var table = new TextTable("stage", "does", "samples are", "#categories", "#samples");
        for (int n = 0; n < plan.Graph.Nodes.Length; n++)
        {
            GraphNode node = plan.Graph.Nodes[n];
            DatasetInfo info = plan.Infos[n];
            table.Add(
                node.Name,
                StageAttribute.NameOf(node.Stage),
                info.Kind == SampleKind.Video ? "videos" : "images",
                info.Taxonomy.IsDeclared ? Quantity.Count(info.Taxonomy.Categories.Length) : "none",
                Samples(plan, n));
        }
        table.Write(target);
    }

    private static string Samples(PipelinePlan plan, int node)
    {
        if (plan.PlannedSamples.TryGetValue(node, out int planned)) return Quantity.Count(planned);
        var chosen = plan.Chosen.Where(c => c.Node == plan.Graph.Nodes[node].Name).ToList();
        return chosen.Count == 0 ? "" : Quantity.Count(chosen.Sum(c => (long)c.Keys.Length));
    }
}
