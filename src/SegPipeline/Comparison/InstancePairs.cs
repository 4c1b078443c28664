namespace SegPipeline.Comparison;

/// <summary>
/// Finds out which instance of a sample is which of another version of it: first those of the same id and shape, then
/// those that are the same but for the id, so that ids that are all numbered anew hide nothing, then those of the same
/// id, then those of the same shape, and last those of a category that have no ids.
/// </summary>
internal sealed class InstancePairs
{
    private readonly List<ComparedInstance> _before;
    private readonly List<ComparedInstance> _after;
    private readonly List<(ComparedInstance Before, ComparedInstance After)> _pairs = [];

    /// <summary>Pairs instances.</summary>
    public InstancePairs(IEnumerable<ComparedInstance> before, IEnumerable<ComparedInstance> after)
    {
        _before = [.. before];
        _after = [.. after];
        PairBy(i => i.Identity is { } id ? $"{id} {Content(i)}" : null);
        PairBy(i => i.Identity is { } id ? $"{id} {i.Shape}" : null);
        PairBy(Content);
        PairBy(i => i.Identity);
        PairBy(i => i.Shape);
        PairBy(i => i.Identity is null ? i.Category : null);
    }

    /// <summary>The instances that both versions have.</summary>
    public IReadOnlyList<(ComparedInstance Before, ComparedInstance After)> Pairs => _pairs;

    /// <summary>Those that only the first has.</summary>
    public IReadOnlyList<ComparedInstance> Removed => _before;

    /// <summary>Those that only the second has.</summary>
    public IReadOnlyList<ComparedInstance> Added => _after;

    private static string Content(ComparedInstance instance) =>
        $"{instance.Instance.IsCrowd} {instance.Shape} {instance.Category}";

    private void PairBy(Func<ComparedInstance, string?> nameOf)
    {
        if (_before.Count == 0 || _after.Count == 0) return;
        var open = new Dictionary<string, Queue<ComparedInstance>>(StringComparer.Ordinal);
        foreach (ComparedInstance instance in _after)
        {
            if (nameOf(instance) is not { } name) continue;
            if (!open.TryGetValue(name, out Queue<ComparedInstance>? queue)) open[name] = queue = [];
            queue.Enqueue(instance);
        }
        var found = new HashSet<ComparedInstance>(ReferenceEqualityComparer.Instance);
        foreach (ComparedInstance instance in _before)
        {
            if (nameOf(instance) is not { } name || !open.TryGetValue(name, out var queue)) continue;
            if (!queue.TryDequeue(out ComparedInstance? other)) continue;
            _pairs.Add((instance, other));
            found.Add(instance);
            found.Add(other);
        }
        _before.RemoveAll(found.Contains);
        _after.RemoveAll(found.Contains);
    }
}
