using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>
/// Which plan entries have to pass through a node whose keys are known. What a selector has left out by then, and what
/// a join will only look up, passes nowhere.
/// </summary>
internal sealed class NeededEntries
{
    private readonly GraphShape _shape;
    private readonly KnownKeys _keys;
    private readonly EntrySet?[] _needed;

    private NeededEntries(GraphShape shape, KnownKeys keys)
    {
        _shape = shape;
        _keys = keys;
        _needed = new EntrySet?[shape.Graph.Nodes.Length];
        for (int n = _needed.Length - 1; n >= 0; n--)
            if (keys.Inputs[n] is not null) _needed[n] = Collect(n);
    }

    /// <summary>Works out what is needed where.</summary>
    public static NeededEntries Of(GraphShape shape, KnownKeys keys) => new(shape, keys);

    /// <summary>The entries that have to pass through a node; null where all that comes has to.</summary>
    public EntrySet? At(int node) => _needed[node];

    /// <summary>Whether an entry has to pass through a node.</summary>
    public bool Has(int node, int source, int entry) => _needed[node] is not { } needed || needed.Has(source, entry);

    private EntrySet Collect(int n)
    {
        var needed = new EntrySet(_keys.PlanLengths);
        if (_keys.Groups[n] is { } groups)
        {
            // The others are looked up when the first member of their group passes.
            foreach (SampleGroup group in groups.Groups) needed.Add(group.Members[0].Source, group.Members[0].Entry);
            return needed;
        }
        foreach (InputLink link in _shape.Consumers(n))
        {
            PortRef port = _shape.Graph.Nodes[link.Node].Inputs[link.Input];
            if (_keys.Port(port) is null) return _keys.Inputs[n]!;
            Func<int, int, bool> wants = Wants(link, port);
            for (int s = 0; s < _keys.PlanLengths.Length; s++)
                foreach (int e in _keys.Port(port)!.Of(s))
                    if (wants(s, e)) needed.Add(s, e);
        }
        // What nobody takes from is there for what it counts and checks.
        if (_shape.Consumers(n).Count == 0 && _shape.Graph.Nodes[n].Stage is not Selector)
            needed.AddAll(_keys.Inputs[n]!);
        return needed;
    }

    private Func<int, int, bool> Wants(InputLink link, PortRef port)
    {
        if (_needed[link.Node] is { } onward) return onward.Has;
        // A sample that is rejected must leave by the errors port once, in its own chunk, however often it is looked
        // up.
        if (!_shape.IsLookedUp(link.Node, link.Input) || _shape.MayReject([port.Node])) return (_, _) => true;
        if (!_shape.IsOnLane(link.Node, link.Input)) return (_, _) => false;
        var earlier = _keys.Indexes[link.Node].Take(link.Input).ToArray();
        if (earlier.Any(index => index is null)) return (_, _) => true;
        return (s, e) => !earlier.Any(index => index!.TryFind(_keys.KeyOf(s, e), out _));
    }
}
