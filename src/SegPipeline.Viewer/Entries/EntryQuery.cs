namespace SegPipeline.Viewer.Entries;

/// <summary>Whether crowds are wanted.</summary>
internal enum CrowdChoice
{
    /// <summary>Crowds and others.</summary>
    Any,

    /// <summary>Only instances that are crowds.</summary>
    Only,

    /// <summary>Only instances that are none.</summary>
    No,
}

/// <summary>The order in which entries are listed.</summary>
internal enum EntryOrder
{
    /// <summary>The order of the dataset.</summary>
    Source,

    /// <summary>By key (ordinal).</summary>
    Key,

    /// <summary>Those with the most instances first.</summary>
    Most,

    /// <summary>Those with the largest instance first.</summary>
    Largest,

    /// <summary>Those with the smallest instance first.</summary>
    Smallest,
}

/// <summary>
/// Which entries are wanted, in which order. An entry fits when its key and marks do and it has an instance that fits
/// in everything that is asked of instances.
/// </summary>
internal sealed record EntryQuery
{
    /// <summary>Text that the key contains, in any case; empty for any.</summary>
    public string Text { get; init; } = "";

    /// <summary>Numbers of the categories that are wanted; empty for all.</summary>
    public IReadOnlySet<int> Categories { get; init; } = new HashSet<int>();

    /// <summary>Least relative mask size, from 0 to 1.</summary>
    public double Least { get; init; }

    /// <summary>Greatest relative mask size, from 0 to 1.</summary>
    public double Greatest { get; init; } = 1;

    /// <summary>Whether crowds are wanted.</summary>
    public CrowdChoice Crowd { get; init; }

    /// <summary>Marks of which an entry must have one; none for any entry.</summary>
    public EntryMarks Marks { get; init; }

    /// <summary>The order.</summary>
    public EntryOrder Order { get; init; }

    private bool AsksForInstances => Categories.Count > 0 || Least > 0 || Greatest < 1 || Crowd != CrowdChoice.Any;

    private bool NeedsIndex => AsksForInstances || Marks != EntryMarks.None || Order > EntryOrder.Key;

    /// <summary>The numbers of the entries that fit, as far as they are known.</summary>
    public int[] Find(EntryList entries, EntryIndex index, CancellationToken cancel)
    {
        int known = NeedsIndex ? index.Done : entries.Count;
        var found = new List<int>();
        for (int number = 0; number < known; number++)
        {
            if (number % 1024 == 0) cancel.ThrowIfCancellationRequested();
            if (Fits(number, entries, index)) found.Add(number);
        }
        return Sorted(found, entries, index);
    }

    private bool Fits(int number, EntryList entries, EntryIndex index)
    {
        if (Text.Length > 0 && !entries.KeyOf(number).Contains(Text, StringComparison.OrdinalIgnoreCase)) return false;
        if (!NeedsIndex) return true;
        (EntryFacts facts, int place) = index.At(number);
        if (Marks != EntryMarks.None && (facts.MarksOf(place) & Marks) == 0) return false;
        if (!AsksForInstances) return true;
        foreach (InstanceFacts instance in facts.InstancesOf(place))
            if (Fits(instance)) return true;
        return false;
    }

    private bool Fits(InstanceFacts instance) =>
        (Categories.Count == 0 || Categories.Contains(instance.Category)) &&
        (Least <= 0 || instance.Size >= Least) &&
        (Greatest >= 1 || (instance.Size >= 0 && instance.Size <= Greatest)) &&
        (Crowd == CrowdChoice.Any || instance.IsCrowd == (Crowd == CrowdChoice.Only));

    private int[] Sorted(List<int> found, EntryList entries, EntryIndex index) => Order switch
    {
        EntryOrder.Key => [.. found.OrderBy(entries.KeyOf, StringComparer.Ordinal)],
        EntryOrder.Most => [.. found.OrderByDescending(n => Fitting(n, index).Length)],
        EntryOrder.Largest => [.. found.OrderByDescending(n => Fitting(n, index).DefaultIfEmpty(-1).Max())],
        EntryOrder.Smallest => [.. found.OrderBy(n => Fitting(n, index).Where(s => s >= 0).DefaultIfEmpty(2).Min())],
        _ => [.. found],
    };

    private float[] Fitting(int number, EntryIndex index)
    {
        (EntryFacts facts, int place) = index.At(number);
        var sizes = new List<float>();
        foreach (InstanceFacts instance in facts.InstancesOf(place))
            if (Fits(instance)) sizes.Add(instance.Size);
        return [.. sizes];
    }
}
