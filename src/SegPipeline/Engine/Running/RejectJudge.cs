using SegPipeline.Engine.Passing;
using SegPipeline.Model;

namespace SegPipeline.Engine.Running;

/// <summary>Ends a run in which a stage rejects more samples than its budget allows.</summary>
internal sealed class RejectJudge
{
    private readonly PipelineGraph _graph;
    private readonly LedgerBook _book;
    private readonly (int Node, RejectBudget Budget, long? Planned)[] _judged;

    /// <summary>Judges by the account that is kept in a book.</summary>
    public RejectJudge(PipelinePlan plan, LedgerBook book)
    {
        _graph = plan.Graph;
        _book = book;
        _judged = [.. from n in Enumerable.Range(0, _graph.Nodes.Length)
                      where _graph.Nodes[n].RejectBudget is not null
                      select (n, _graph.Nodes[n].RejectBudget!, plan.Keys.Inputs[n]?.Count)];
    }

    /// <summary>Judges after a chunk; a percentage only where the plan tells how many samples will come.</summary>
    /// <exception cref="BadDataException">A budget is overdrawn: what was wrong with the chunk's samples.</exception>
    public void Judge(ChunkResult chunk)
    {
        foreach ((int node, RejectBudget budget, long? planned) in _judged)
            if (IsOverdrawn(node, budget, planned)) throw Overdrawn(node, chunk.Refusals);
    }

    /// <summary>Judges when all chunks have been entered.</summary>
    /// <exception cref="BadDataException">A budget is overdrawn.</exception>
    public void JudgeAll()
    {
        foreach ((int node, RejectBudget budget, _) in _judged)
            if (IsOverdrawn(node, budget, _book.Of(node).SamplesIn)) throw Overdrawn(node, []);
    }

    private bool IsOverdrawn(int node, RejectBudget budget, long? samplesIn)
    {
        long rejected = _book.Of(node).SamplesRejected;
        return rejected > budget.Most || (samplesIn is { } all && rejected > budget.Percent / 100 * all);
    }

    private BadDataException Overdrawn(int node, IEnumerable<Refusal> refusals)
    {
        RejectBudget budget = _graph.Nodes[node].RejectBudget!;
        string allowed = string.Join(" and ", new[]
        {
            budget.Most is { } most ? Counted.Of(most, "sample") : null,
            budget.Percent is { } percent ? FormattableString.Invariant($"{percent} percent") : null,
        }.Where(bound => bound is not null));
        long rejected = _book.Of(node).SamplesRejected;
        var problem = new Problem("REJECT_BUDGET",
            $"stage '{_graph.Nodes[node].Name}' rejected {Counted.Of(rejected, "sample")}, allowed are {allowed}")
        {
            Remedy = "correct the data, or raise the budget under the stage's on_error",
        };
        return new BadDataException(
            [problem, .. refusals.Where(r => r.Node == node).SelectMany(r => r.Problems)]);
    }
}
