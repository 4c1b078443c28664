using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Counts the members that stand in one object twice; JSON readers let the last one win.</summary>
internal sealed class RepeatedMembers
{
    private readonly SortedDictionary<string, (long Count, string First)> _found = new(StringComparer.Ordinal);

    /// <summary>Notes one.</summary>
    /// <param name="member">Name of the member.</param>
    /// <param name="where">The record, as messages name it.</param>
    public void Add(string member, string where) =>
        _found[member] = _found.TryGetValue(member, out var known) ? (known.Count + 1, known.First) : (1, where);

    /// <summary>One sentence for each name.</summary>
    public void Report(SourceFile file, Action<string> warn)
    {
        foreach ((string member, (long count, string first)) in _found)
            warn($"{file.Path}: the member '{member}' stands twice in {first}" +
                (count > 1 ? $" and {count - 1} more" : "") + "; the last one counts");
    }
}
