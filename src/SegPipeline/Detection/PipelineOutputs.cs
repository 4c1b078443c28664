using System.Collections.Immutable;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>The datasets that a pipeline file makes: what comes to each of its writers.</summary>
internal static class PipelineOutputs
{
    private const int HeadBytes = 1 << 16;

    /// <summary>True when a file is a pipeline file.</summary>
    public static bool IsPipeline(PathLook look) =>
        look.IsFile && Path.GetExtension(look.Name) is ".yaml" or ".yml" &&
        Encoding.UTF8.GetString(look.Head(HeadBytes)).Split('\n')
            .Any(l => l.StartsWith("segpipe:", StringComparison.Ordinal));

    /// <summary>What a pipeline makes; of writers that take the same samples one.</summary>
    /// <exception cref="BadDataException"><c>PIPELINE</c>: the file is wrong.</exception>
    public static IReadOnlyList<DetectedDataset> Of(PathLook look)
    {
        LoadedPipeline pipeline = PipelineFile.Load(look.FullPath);
        ConfigProblem[] problems = [.. pipeline.Problems];
        if (problems.Length == 0) problems = [.. pipeline.CheckInputs()];
        if (problems.Length > 0)
            throw new BadDataException([.. problems.Select(p => new Problem("PIPELINE", p.Message)
            {
                File = p.Place.File,
                Line = p.Place.Line,
                Remedy = p.Hint,
            })]);
        PipelineGraph graph = pipeline.Graph!;
        var outputs =
            from node in graph.Nodes
            where node.Stage is Writer && !node.Inputs[0].IsErrors
            group node.Name by node.Inputs[0] into writers
            select Output(look, graph, writers.Key, writers.First());
        return [.. outputs];
    }

    private static DetectedDataset Output(PathLook look, PipelineGraph graph, PortRef port, string writer)
    {
        var kept = new SortedSet<int>();
        Follow(graph, port.Node, kept);
        int[] order = [.. kept];
        PortRef Renumbered(PortRef input) => input with { Node = Array.IndexOf(order, input.Node) };
        return new DetectedDataset("pipeline", look.FullPath, Certainty.Sure, $"what comes to '{writer}'")
        {
            Nodes =
            [
                .. order.Select(n => graph.Nodes[n])
                    .Select(n => n with { Inputs = [.. n.Inputs.Select(Renumbered)] }),
            ],
            Output = Renumbered(port),
            Seed = graph.Seed,
            ChunkLimits = graph.ChunkLimits,
        };
    }

    private static void Follow(PipelineGraph graph, int node, SortedSet<int> kept)
    {
        if (!kept.Add(node)) return;
        foreach (PortRef input in graph.Nodes[node].Inputs) Follow(graph, input.Node, kept);
    }
}
