using System.Collections.Immutable;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine;

/// <summary>
/// A graph with its datasets open: what is known before anything is run. Fixed by the graph and its inputs; workers,
/// window and memory have no say in it.
/// </summary>
public sealed class PipelinePlan : IDisposable
{
    private readonly Lazy<string> _sha256;

    private PipelinePlan(GraphShape shape, WarningLog warnings, Description description)
    {
        Shape = shape;
        WarningLog = warnings;
        Description = description;
        var order = LineageOrder.Of(shape);
        foreach ((int node, string sentence) in order.Overruled) warnings.Add(node, sentence);
        Keys = KnownKeys.Of(shape, description, order, warnings);
        Needed = NeededEntries.Of(shape, Keys);
        Chunks = ChunkTable.Cut(shape, order, Needed, EntryCosts.Of(shape, Keys, description.Datasets));
        Infos = description.Infos;
        _sha256 = new Lazy<string>(() => PlanDigest.Of(this));
    }

    /// <summary>The graph.</summary>
    public PipelineGraph Graph => Shape.Graph;

    /// <summary>For each node what is known about the dataset behind it (for a writer: that it is given).</summary>
    public ImmutableArray<DatasetInfo> Infos { get; }

    /// <summary>The chunks, in the order in which they will be committed.</summary>
    public ChunkTable Chunks { get; }

    /// <summary>Number of samples in each reader's plan, by node; those that nobody needs are in no chunk.</summary>
    public ImmutableSortedDictionary<int, int> PlannedSamples => Shape.SourceNodes
        .Select((node, source) => (node, source))
        .ToImmutableSortedDictionary(s => s.node, s => Keys.PlanLengths[s.source]);

    /// <summary>The files the readers read, in graph order: node, path.</summary>
    public ImmutableArray<(string Node, string Path)> InputFiles => [..
        from source in Enumerable.Range(0, Shape.SourceNodes.Length)
        from path in Description.Datasets[source].InputFiles
        select (Graph.Nodes[Shape.SourceNodes[source]].Name, path)];

    /// <summary>
    /// The keys that selectors sent to each of their ports, in plan order, as far as keys were enough to decide:
    /// node, port, keys. The others are decided in the run.
    /// </summary>
    public ImmutableArray<(string Node, string Port, ImmutableArray<string> Keys)> Chosen =>
        DecidedKeys.Of(Graph, Keys.Decisions);

    /// <summary>
    /// What groupings will put together, in graph order, as far as keys were enough to tell: node, number of samples,
    /// number of groups. The others are found in the run.
    /// </summary>
    public ImmutableArray<(string Node, int Samples, int Groups)> Grouped => [..
        from n in Enumerable.Range(0, Graph.Nodes.Length)
        where Keys.Groups[n] is not null
        let groups = Keys.Groups[n]!.Groups
        select (Graph.Nodes[n].Name, groups.Sum(g => g.Members.Count), groups.Count)];

    /// <summary>What stages thought worth a look so far, in graph order: node, sentence.</summary>
    public ImmutableArray<(string Node, string Sentence)> Warnings => WarningLog.ToArray();

    /// <summary>Digest of all keys and chunks.</summary>
    internal string Sha256 => _sha256.Value;

    internal GraphShape Shape { get; }

    internal WarningLog WarningLog { get; }

    internal Description Description { get; }

    internal KnownKeys Keys { get; }

    internal NeededEntries Needed { get; }

    /// <summary>Opens the readers, describes every node and makes the plan.</summary>
    /// <param name="graph">The graph.</param>
    /// <exception cref="ArgumentException">The graph is not one that can run.</exception>
    /// <exception cref="BadDataException">What is wrong with the inputs, of all nodes that could be asked.</exception>
    public static PipelinePlan Open(PipelineGraph graph)
    {
        GraphShape shape = GraphShape.Of(graph);
        var warnings = new WarningLog(graph);
        Description description = Description.Of(shape, warnings);
        try
        {
            return new PipelinePlan(shape, warnings, description);
        }
        catch
        {
            Disposal.AfterFailure(description);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Description.Dispose();
}
