using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>
/// A plan being run: the compiled stages, and what selectors have decided, groupings and joins learnt so far. A stage
/// is compiled once, when everything it needs to know is known.
/// </summary>
internal sealed class Execution
{
    private readonly Step?[] _steps;
    private readonly SampleLookup _lookup;
    private readonly BatchPool _batches;

    /// <summary>Begins: compiles what can be compiled before anything is read.</summary>
    /// <exception cref="BadDataException">A stage cannot work on its dataset.</exception>
    public Execution(PipelinePlan plan)
    {
        Plan = plan;
        Decisions = [.. plan.Keys.Decisions];
        Groups = [.. plan.Keys.Groups];
        Indexes = [.. plan.Keys.Indexes.Select(inputs => inputs.ToArray())];
        _steps = new Step?[plan.Graph.Nodes.Length];
        _batches = new BatchPool(plan.Shape);
        _lookup = new SampleLookup(plan, _batches);
        Run = new StepRun(plan.Shape, _steps);
        _lookup.Use(Run);
        Compile();
    }

    /// <summary>The plan.</summary>
    public PipelinePlan Plan { get; }

    /// <summary>Takes batches through the nodes.</summary>
    public StepRun Run { get; }

    /// <summary>The decision of each selector; null for other nodes and while it is open.</summary>
    public SelectorDecision?[] Decisions { get; }

    /// <summary>The groups of each grouping; null for other nodes and while they are not known.</summary>
    public GroupTable?[] Groups { get; }

    /// <summary>For each input by which a join looks samples up, its keys; null while they are not known.</summary>
    public KeyIndex?[][] Indexes { get; }

    /// <summary>
    /// What has to be found out next by passing all samples: the selectors and groupings that can be asked and the join
    /// inputs whose keys can be learnt, now. Empty when everything is known.
    /// </summary>
    public List<SurveyTarget> NextTargets()
    {
        var targets = new List<SurveyTarget>();
        for (int n = 0; n < _steps.Length; n++)
        {
            GraphNode node = Plan.Graph.Nodes[n];
            bool isOpen = (node.Stage is Selector && Decisions[n] is null) ||
                (node.Stage is Grouping && Groups[n] is null);
            if (isOpen && IsReady(node.Inputs))
                targets.Add(new SurveyTarget(n, Input: null, Plan.Shape));
            for (int i = 0; i < node.Inputs.Length; i++)
                if (Plan.Shape.IsLookedUp(n, i) && Indexes[n][i] is null && IsReady([node.Inputs[i]]))
                    targets.Add(new SurveyTarget(n, i, Plan.Shape));
        }
        return targets;
    }

    /// <summary>Takes a chunk through nodes and gives what is left of it to <paramref name="collect"/>.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="nodes">The nodes, in order.</param>
    /// <param name="collect">Makes the result; the batch is used again afterwards.</param>
    /// <exception cref="BadDataException">What is wrong with samples of stages that may not reject any.</exception>
    public TResult Pass<TResult>(PlannedChunk chunk, int[] nodes, Func<Batch, TResult> collect) =>
        Pass(chunk, nodes, trace: null, collect);

    /// <inheritdoc cref="Pass{TResult}(PlannedChunk, int[], Func{Batch, TResult})"/>
    /// <param name="chunk">The chunk.</param>
    /// <param name="nodes">The nodes, in order.</param>
    /// <param name="trace">Takes down what they do; null for nothing.</param>
    /// <param name="collect">Makes the result; the batch is used again afterwards.</param>
    public TResult Pass<TResult>(
        PlannedChunk chunk, int[] nodes, ChunkTrace? trace, Func<Batch, TResult> collect) => _batches.Use(batch =>
    {
        int source = Array.IndexOf(Plan.Shape.SourceNodes, chunk.Node);
        batch.BeginChunk(source, chunk, Plan.Chunks.EntriesOf(chunk), trace);
        Run.Run(batch, nodes);
        if (batch.Problems.Count > 0) throw new BadDataException([.. batch.Problems]);
        return collect(batch);
    });

    /// <summary>Takes one plan entry through nodes once more, outside of any chunk; nothing is counted.</summary>
    public TResult PassEntry<TResult>(int source, int entry, int[] nodes, Func<Batch, TResult> collect) =>
        _batches.Use(asking => _batches.Use(batch =>
        {
            batch.BeginLookup(source, entry, asking);
            Run.Run(batch, nodes);
            return collect(batch);
        }));

    /// <summary>Compiles every stage for which everything is known by now.</summary>
    /// <exception cref="BadDataException">What stages find wrong with what they were told, of all of them.</exception>
    public void Compile()
    {
        var problems = new List<Problem>();
        for (int n = 0; n < _steps.Length; n++)
        {
            GraphNode node = Plan.Graph.Nodes[n];
            try
            {
                _steps[n] ??= CompileStep(n, node);
            }
            catch (BadDataException e)
            {
                problems.AddRange(ProblemPlace.At(e.Problems, $"stage '{node.Name}'"));
            }
            catch (Exception e) when (StageFailure.IsFault(e))
            {
                throw new EngineFaultException(node.Name, "failed to prepare", e);
            }
        }
        if (problems.Count > 0) throw new BadDataException(problems);
    }

    private Step? CompileStep(int n, GraphNode node)
    {
        EntrySet? needed = Plan.Needed.At(n);
        StageContext context = Plan.WarningLog.Contexts[n];
        return node.Stage switch
        {
            Reader => new ReadStep(
                n, Plan.Shape, Plan.Description.Datasets[Array.IndexOf(Plan.Shape.SourceNodes, n)]),
            Transform => new TransformStep(n, needed, node, Plan.Description.Input(n), context),
            Selector when Decisions[n] is { } decision => new SelectStep(n, needed, node.Name, decision),
            Grouping when Groups[n] is { } groups =>
                new GroupStep(n, needed, node, groups, _lookup, Plan.Description.Input(n), context),
            Join when KnowsKeys(n) =>
                new JoinStep(n, Plan.Shape, Indexes[n], _lookup, Plan.Description.Inputs(n), context),
            _ => null,
        };
    }

    private bool KnowsKeys(int n) => Enumerable.Range(0, Indexes[n].Length)
        .All(i => !Plan.Shape.IsLookedUp(n, i) || Indexes[n][i] is not null);

    private bool IsReady(IEnumerable<PortRef> ports)
    {
        bool[] upstream = Plan.Shape.Upstream(ports.Select(p => p.Node));
        return Enumerable.Range(0, upstream.Length).All(n => !upstream[n] || _steps[n] is not null);
    }
}
