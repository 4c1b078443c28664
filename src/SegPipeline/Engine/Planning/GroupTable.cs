using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>A sample that belongs to a group: which of those that a plan entry brings to the stage.</summary>
internal readonly record struct GroupMember(int Source, int Entry, int Number);

/// <summary>Samples that become one.</summary>
/// <param name="Key">The key of that one.</param>
/// <param name="Members">The samples, in commit order; the first leads: the group is made in its place.</param>
internal sealed record SampleGroup(string Key, List<GroupMember> Members);

/// <summary>The groups of a stage that makes one sample of several.</summary>
internal sealed class GroupTable
{
    private readonly Dictionary<GroupMember, SampleGroup> _byLeader = [];
    private readonly Dictionary<GroupMember, ImmutableArray<Problem>> _refused = [];
    private readonly List<SampleGroup> _groups = [];

    private GroupTable() { }

    /// <summary>The groups, in the order of their first members.</summary>
    public IReadOnlyList<SampleGroup> Groups => _groups;

    /// <summary>Puts samples together.</summary>
    /// <param name="node">The stage's node.</param>
    /// <param name="gathered">All samples that come to it, in commit order.</param>
    /// <exception cref="BadDataException">A key names no group.</exception>
    public static GroupTable Ask(GraphNode node, IReadOnlyList<Gathered> gathered)
    {
        var table = new GroupTable();
        try
        {
            table.Take((Grouping)node.Stage, gathered);
        }
        catch (BadDataException e)
        {
            throw ProblemPlace.At(e, $"stage '{node.Name}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(node.Name, "failed to group", e);
        }
        return table;
    }

    /// <summary>The group that a sample leads; null when it leads none.</summary>
    public SampleGroup? LedBy(GroupMember member) => _byLeader.GetValueOrDefault(member);

    /// <summary>Why a sample belongs to no group; null when it does.</summary>
    public ImmutableArray<Problem>? RefusalOf(GroupMember member) =>
        _refused.TryGetValue(member, out ImmutableArray<Problem> problems) ? problems : null;

    private void Take(Grouping stage, IReadOnlyList<Gathered> gathered)
    {
        var byKey = new Dictionary<string, SampleGroup>(StringComparer.Ordinal);
        GroupMember last = new(-1, -1, 0);
        foreach (Gathered g in gathered)
        {
            bool isFirst = g.Source != last.Source || g.Entry != last.Entry;
            last = new GroupMember(g.Source, g.Entry, isFirst ? 0 : last.Number + 1);
            if (g.Problems is { } problems)
            {
                _refused.Add(last, problems);
                continue;
            }
            string key = stage.GroupOf(g.Candidate);
            if (!byKey.TryGetValue(key, out SampleGroup? group))
            {
                byKey.Add(key, group = new SampleGroup(key, []));
                _byLeader.Add(last, group);
                _groups.Add(group);
            }
            group.Members.Add(last);
        }
    }
}
