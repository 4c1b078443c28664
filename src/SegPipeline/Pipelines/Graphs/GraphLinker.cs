using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Pipelines.Documents;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>Links stages into a graph, or reports everything that is wrong with how they are linked.</summary>
internal static class GraphLinker
{
    /// <summary>Links stages.</summary>
    /// <param name="drafts">The stages in the order of the file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The nodes and the stages they were made of, in graph order; null when there is a problem.</returns>
    public static (ImmutableArray<GraphNode> Nodes, ImmutableArray<StageDraft> Drafts)? Link(
        IReadOnlyList<StageDraft> drafts, ProblemList problems)
    {
        IReadOnlyList<LinkedDraft> linked = new InputLinker(drafts, problems).Link();
        IReadOnlyList<int>? order = StageOrder.Find(linked, problems);
        ConsumptionCheck.Run(linked, problems);
        if (order is not null) RejectsCheck.Run(linked, order, problems);
        MentionCheck.Run(drafts, problems);
        if (order is null || linked.Any(s => !s.IsComplete || s.Draft.Stage is null)) return null;
        KindCheck.Run(linked, order, problems);
        int[] rank = new int[linked.Count];
        for (int i = 0; i < order.Count; i++) rank[order[i]] = i;
        return (
            [.. order.Select(i => NodeOf(linked[i], rank))],
            [.. order.Select(i => linked[i].Draft)]);
    }

    private static GraphNode NodeOf(LinkedDraft stage, int[] rank) =>
        new(stage.Draft.Name, stage.Draft.Stage!, [.. stage.Inputs.Select(i =>
            i.IsErrors ? PortRef.Errors : new PortRef(rank[i.Draft], i.Port))])
        {
            OnError = stage.Draft.OnError?.Policy ?? ErrorPolicy.Fail,
            RejectBudget = stage.Draft.OnError?.Budget,
            Concurrency = stage.Draft.Concurrency,
            Doc = stage.Draft.Doc,
        };
}
