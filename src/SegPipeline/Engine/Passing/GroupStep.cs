using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>
/// Makes one sample of the members of each group whose first member is in the batch; the other members are taken from
/// the batch where they are at hand, else looked up.
/// </summary>
internal sealed class GroupStep : Step
{
    private readonly string _name;
    private readonly GroupTable _groups;
    private readonly SampleLookup _lookup;
    private readonly Action<string, IReadOnlyList<Sample>, StageOutput> _apply;
    private readonly StageYield _yield;

    /// <summary>Compiles the grouping of a node.</summary>
    public GroupStep(int node, EntrySet? needed, GraphNode graphNode, GroupTable groups, SampleLookup lookup,
        DatasetInfo input, StageContext context) : base(node, needed)
    {
        _name = graphNode.Name;
        _groups = groups;
        _lookup = lookup;
        _yield = new StageYield(node, _name, graphNode.Stage.OutputPorts.Count);
        _apply = ((Grouping)graphNode.Stage).Prepare(input, context);
    }

    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        NodeCounts counts = batch.Counts(Node);
        List<Item> input = batch.Input(Node);
        int entry = -1, number = 0;
        for (int i = 0; i < input.Count; i++)
        {
            Item item = input[i];
            number = item.Entry == entry ? number + 1 : 0;
            entry = item.Entry;
            if (!Passes(batch, entry)) continue;
            var place = new GroupMember(batch.Source, entry, number);
            if (_groups.RefusalOf(place) is { } problems)
            {
                counts.Enter(item.Sample);
                batch.Refuse(Node, item, problems);
            }
            else if (_groups.LedBy(place) is { } group && Collect(batch, input, group) is { } members)
            {
                Form(batch, counts, item, group.Key, members);
            }
        }
    }

    private List<Sample>? Collect(Batch batch, List<Item> input, SampleGroup group)
    {
        int problems = batch.Problems.Count;
        var members = new List<Sample>(group.Members.Count);
        Sample[] ofEntry = [];
        GroupMember last = new(-1, -1, 0);
        foreach (GroupMember member in group.Members)
        {
            if (member.Source != last.Source || member.Entry != last.Entry)
                ofEntry = AtHand(batch, input, member) ?? _lookup.AllOf(batch, Node, member.Source, member.Entry);
            last = member;
            if (batch.Problems.Count > problems) return null;
            if (member.Number >= ofEntry.Length)
                throw new EngineFaultException(_name, $"did not find all members of '{group.Key}' again");
            members.Add(ofEntry[member.Number]);
        }
        return members;
    }

    private static Sample[]? AtHand(Batch batch, List<Item> input, GroupMember member)
    {
        if (member.Source != batch.Source) return null;
        int low = 0, high = input.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (input[middle].Entry < member.Entry) low = middle + 1;
            else high = middle;
        }
        while (high < input.Count && input[high].Entry == member.Entry) high++;
        return high > low ? [.. input[low..high].Select(item => item.Sample)] : null;
    }

    private void Form(Batch batch, NodeCounts counts, in Item leader, string key, List<Sample> members)
    {
        long instances = 0;
        foreach (Sample member in members)
        {
            counts.Enter(member);
            instances += member.Instances.Length;
        }
        counts.Add(Tally.SamplesDropped, "grouped", members.Count - 1);
        batch.Output.Clear();
        try
        {
            _apply(key, members, batch.Output);
        }
        catch (BadDataException e)
        {
            batch.Refuse(Node, leader, e.Problems);
            counts.Add(Tally.InstancesDropped, "grouped", instances - leader.Sample.Instances.Length);
            return;
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_name, $"failed at group '{key}'", e);
        }
        foreach ((_, Sample made) in batch.Output.Emitted)
            if (!string.Equals(made.Key, key, StringComparison.Ordinal))
                throw new EngineFaultException(_name, $"made sample '{made.Key}' of group '{key}'");
        _yield.Take(batch, counts, leader, instances);
    }
}
