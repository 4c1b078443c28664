using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>
/// What plan entries cost: their own bytes, and those of the samples that joins and groupings will look up for them, as
/// far as the plan tells which these are.
/// </summary>
internal sealed class EntryCosts
{
    private readonly long[][] _bytes;

    private EntryCosts(IReadOnlyList<OpenDataset> datasets) =>
        _bytes = [.. datasets.Select(d => d.Plan.Select(e => Math.Clamp(e.CostBytes, 0, Most)).ToArray())];

    /// <summary>No entry counts for more, so that sums of many do not overflow.</summary>
    private static long Most => 1L << 44;

    /// <summary>The costs of all entries.</summary>
    public static EntryCosts Of(GraphShape shape, KnownKeys keys, IReadOnlyList<OpenDataset> datasets)
    {
        var costs = new EntryCosts(datasets);
        for (int n = 0; n < shape.Graph.Nodes.Length; n++)
        {
            if (keys.Groups[n] is { } groups)
                foreach (SampleGroup group in groups.Groups) costs.AddMembers(group);
            for (int i = 0; i < keys.Indexes[n].Length; i++)
                if (keys.Indexes[n][i] is { } index) costs.AddLookups(shape, keys, n, i, index);
        }
        return costs;
    }

    /// <summary>What an entry costs, in bytes.</summary>
    public long Of(int source, int entry) => _bytes[source][entry];

    private void AddMembers(SampleGroup group)
    {
        (int source, int entry, _) = group.Members[0];
        foreach (GroupMember member in group.Members.Skip(1))
            _bytes[source][entry] = Math.Min(Most, _bytes[source][entry] + _bytes[member.Source][member.Entry]);
    }

    private void AddLookups(GraphShape shape, KnownKeys keys, int node, int input, KeyIndex index)
    {
        for (int leader = 0; leader < input; leader++)
        {
            if (!shape.Leads(node, leader) || keys.Port(shape.Graph.Nodes[node].Inputs[leader]) is not { } leading)
                continue;
            for (int s = 0; s < _bytes.Length; s++)
                foreach (int e in leading.Of(s))
                    if (index.TryFind(keys.KeyOf(s, e), out KeyPlace place))
                        _bytes[s][e] = Math.Min(Most, _bytes[s][e] + _bytes[place.Source][place.Entry]);
        }
    }
}
