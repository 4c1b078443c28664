using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>
/// Which samples flow where, as far as the readers' plans tell: through readers, transforms that keep samples, and
/// selectors to whom keys suffice. Such a selector is asked here, before anything is read.
/// </summary>
internal sealed class KnownKeys
{
    private readonly GraphShape _shape;
    private readonly Description _description;
    private readonly WarningLog _warnings;
    private readonly int[] _order;
    private readonly EntrySet?[][] _ports;

    private KnownKeys(GraphShape shape, Description description, LineageOrder order, WarningLog warnings)
    {
        _shape = shape;
        _description = description;
        _warnings = warnings;
        _order = order.Sources;
        int nodes = shape.Graph.Nodes.Length;
        _ports = new EntrySet?[nodes][];
        Inputs = new EntrySet?[nodes];
        Decisions = new SelectorDecision?[nodes];
        Groups = new GroupTable?[nodes];
        Indexes = [.. shape.Graph.Nodes.Select(node => new KeyIndex?[node.Inputs.Length])];
        PlanLengths = [.. description.Datasets.Select(d => d.Plan.Count)];
        for (int s = 0; s < PlanLengths.Length; s++) CheckKeys(s);
        for (int n = 0; n < nodes; n++) Study(n);
    }

    /// <summary>Number of plan entries of each source.</summary>
    public int[] PlanLengths { get; }

    /// <summary>For each node the entries that come in, one sample of each; null where not known.</summary>
    public EntrySet?[] Inputs { get; }

    /// <summary>The decision of each selector that could be asked.</summary>
    public SelectorDecision?[] Decisions { get; }

    /// <summary>The groups of each grouping for which they are known.</summary>
    public GroupTable?[] Groups { get; }

    /// <summary>For each input by which a join looks samples up, their keys, where they are known.</summary>
    public KeyIndex?[][] Indexes { get; }

    /// <summary>Studies a graph.</summary>
    /// <exception cref="BadDataException">A selector cannot decide, or a join meets a key twice.</exception>
    public static KnownKeys Of(GraphShape shape, Description description, LineageOrder order, WarningLog warnings) =>
        new(shape, description, order, warnings);

    /// <summary>The entries that leave by a port; null where that is not known.</summary>
    public EntrySet? Port(PortRef port) => port.IsErrors ? null : _ports[port.Node][port.Port];

    /// <summary>The key of a plan entry.</summary>
    public string KeyOf(int source, int entry) => _description.Datasets[source].Plan[entry].Key;

    private void CheckKeys(int source)
    {
        var keys = new HashSet<string>(PlanLengths[source], StringComparer.Ordinal);
        foreach (PlanEntry entry in _description.Datasets[source].Plan)
            if (!keys.Add(entry.Key))
                throw new EngineFaultException(_shape.Graph.Nodes[_shape.SourceNodes[source]].Name,
                    $"planned two samples with the key '{entry.Key}'");
    }

    private void Study(int n)
    {
        GraphNode node = _shape.Graph.Nodes[n];
        int source = Array.IndexOf(_shape.SourceNodes, n);
        EntrySet? input = source >= 0 ? All(source) : Union(node);
        bool known = input is not null && node.Stage switch
        {
            Reader => true,
            Transform transform => transform.KeepsSamples,
            Selector selector => selector.KeysSufficeFor(_description.Input(n)),
            Grouping => IsGroupedByKeys(n),
            _ => false,
        };
        Inputs[n] = known ? input : null;
        // What a grouping makes has keys of its own.
        bool keepsKeys = known && node.Stage is not Grouping;
        _ports[n] = [.. node.Stage.OutputPorts.Select(_ => keepsKeys ? new EntrySet(PlanLengths) : null)];
        if (node.Stage is Join) IndexInputs(n);
        if (!known) return;
        if (node.Stage is Selector) Decide(n, input!);
        else if (node.Stage is Grouping) Groups[n] = GroupTable.Ask(node, Gathered(input!));
        else if (source < 0) _ports[n][0] = input;
        else
            for (int p = 0; p < _ports[n].Length; p++)
                _ports[n][p] = _description.Datasets[source].HasEvery(p) ? input : null;
    }

    // Where a sample may be rejected on its way, it may be the first of its group: only a survey tells who is.
    private bool IsGroupedByKeys(int n) =>
        _shape.Graph.Nodes[n].Stage is Grouping { KeysSuffice: true } && !_shape.MayReject(_shape.Feeders(n));

    private Gathered[] Gathered(EntrySet input) => [.. Samples(input).Select(s =>
        new Gathered(s.Source, s.Entry, new Candidate(s.Key, Observed: null), Problems: null))];

    private EntrySet All(int source)
    {
        var all = new EntrySet(PlanLengths);
        all.AddAll(source);
        return all;
    }

    private EntrySet? Union(GraphNode node)
    {
        if (node.Inputs.Length == 1) return Port(node.Inputs[0]);
        var union = new EntrySet(PlanLengths);
        foreach (PortRef port in node.Inputs)
            if (Port(port) is not { } entries || !union.AddAll(entries)) return null;
        return union;
    }

    private void Decide(int n, EntrySet input)
    {
        Gathered[] gathered = Gathered(input);
        SelectorDecision decision = SelectorDecision.Ask(
            _shape.Graph.Nodes[n], PlanLengths, gathered, _description.Input(n), _warnings.Contexts[n]);
        Decisions[n] = decision;
        foreach (Gathered g in gathered)
        {
            int port = decision.Of(g.Source, g.Entry, number: 0).Port;
            if (port >= 0) _ports[n][port]!.Add(g.Source, g.Entry);
        }
    }

    private void IndexInputs(int n)
    {
        GraphNode node = _shape.Graph.Nodes[n];
        for (int i = 0; i < node.Inputs.Length; i++)
            if (_shape.IsLookedUp(n, i) && !MayMissLeader(n, i) && Port(node.Inputs[i]) is { } entries)
                Indexes[n][i] = KeyIndex.Of(Samples(entries), node.Name, _shape.Graph.Nodes[node.Inputs[i].Node].Name);
    }

    // A sample of a union that is rejected on its way must not stand in the way of the one that another input has.
    private bool MayMissLeader(int n, int input) =>
        _shape.Leads(n, input) && _shape.MayReject([_shape.Graph.Nodes[n].Inputs[input].Node]);

    private IEnumerable<(int Source, int Entry, string Key)> Samples(EntrySet entries) =>
        from source in _order
        from entry in entries.Of(source)
        select (source, entry, KeyOf(source, entry));
}
