using System.Diagnostics;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>
/// A phase of a run that passes all samples to find something out. Nothing is counted and nothing is written: the same
/// samples pass again when it is known.
/// </summary>
internal sealed class Survey
{
    private readonly Execution _execution;
    private readonly List<SurveyTarget> _targets;
    private readonly List<Gathered>[] _gathered;
    private readonly int[] _nodes;

    /// <summary>A survey for some targets at once.</summary>
    public Survey(Execution execution, List<SurveyTarget> targets)
    {
        _execution = execution;
        _targets = targets;
        _gathered = [.. targets.Select(_ => new List<Gathered>())];
        GraphShape shape = execution.Plan.Shape;
        bool[] lane = shape.LaneTo(targets.SelectMany(t => t.Feeders));
        _nodes = [.. shape.EvaluationOrder.Where(n => lane[n])];
    }

    /// <summary>What the phase is called.</summary>
    public string Phase => "survey " + string.Join(", ",
        _targets.Select(t => t.GraphNode.Name).Distinct(StringComparer.Ordinal));

    /// <summary>Runs it and enters what was found out into the execution.</summary>
    /// <returns>What was gathered, target by target.</returns>
    public async Task<List<Gathered>[]> RunAsync(WorkOptions options, ProgressFeed progress, CancellationToken cancel)
    {
        using Activity? activity = Telemetry.Activities.StartActivity(Phase);
        PlannedChunk[] chunks = [.. _execution.Plan.Chunks.Chunks.Where(Concerns)];
        long total = chunks.Sum(c => (long)c.Count), done = 0;
        var admission = new Admission(options.Window, options.MemoryBytes);
        var lane = new ChunkLane<List<Gathered>[]>(
            _execution.Plan.Graph.Name, options.Workers, options.Window, admission);
        await progress.TellAsync(Phase, done, total);
        await lane.RunAsync(chunks, Pass, async (chunk, gathered) =>
        {
            for (int t = 0; t < _gathered.Length; t++) _gathered[t].AddRange(gathered[t]);
            done += chunk.Count;
            admission.Leave(chunk.CostBytes);
            await progress.TellAsync(Phase, done, total);
        }, cancel);
        Conclude(_gathered);
        return _gathered;
    }

    /// <summary>Enters what was found out into the execution.</summary>
    /// <param name="gathered">What was gathered, target by target.</param>
    public void Conclude(List<Gathered>[] gathered)
    {
        for (int t = 0; t < _targets.Count; t++) Conclude(_targets[t], gathered[t]);
        _execution.Compile();
    }

    private bool Concerns(PlannedChunk chunk) =>
        _nodes.Contains(chunk.Node);

    private List<Gathered>[] Pass(PlannedChunk chunk) => _execution.Pass(chunk, _nodes, batch =>
    {
        List<Gathered>[] gathered = [.. _targets.Select(t => t.Gather(batch))];
        return batch.Problems.Count == 0 ? gathered : throw new BadDataException([.. batch.Problems]);
    });

    private void Conclude(SurveyTarget target, List<Gathered> gathered)
    {
        PipelinePlan plan = _execution.Plan;
        if (target.Input is { } input)
        {
            string feeder = plan.Graph.Nodes[target.GraphNode.Inputs[input].Node].Name;
            _execution.Indexes[target.Node][input] = KeyIndex.Of(
                gathered.Select(g => (g.Source, g.Entry, g.Candidate.Key)), target.GraphNode.Name, feeder);
            return;
        }
        if (target.GraphNode.Stage is Grouping)
        {
            _execution.Groups[target.Node] = GroupTable.Ask(target.GraphNode, gathered);
            return;
        }
        _execution.Decisions[target.Node] = SelectorDecision.Ask(target.GraphNode, plan.Keys.PlanLengths, gathered,
            plan.Description.Input(target.Node), plan.WarningLog.Contexts[target.Node]);
    }
}
