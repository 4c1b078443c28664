using System.Collections;

namespace SegPipeline.Engine.Planning;

/// <summary>A set of plan entries of any of the sources.</summary>
/// <param name="planLengths">Number of entries of each source's plan.</param>
internal sealed class EntrySet(IReadOnlyList<int> planLengths)
{
    private readonly BitArray?[] _bits = new BitArray?[planLengths.Count];

    /// <summary>Number of entries in the set.</summary>
    public long Count { get; private set; }

    /// <summary>Puts in every entry of a source.</summary>
    public void AddAll(int source)
    {
        for (int e = 0; e < planLengths[source]; e++) Add(source, e);
    }

    /// <summary>Puts in an entry.</summary>
    /// <returns>False when it was there already.</returns>
    public bool Add(int source, int entry)
    {
        BitArray bits = _bits[source] ??= new BitArray(planLengths[source]);
        if (bits[entry]) return false;
        bits[entry] = true;
        Count++;
        return true;
    }

    /// <summary>Puts in everything that another set has.</summary>
    /// <returns>False when some of it was there already.</returns>
    public bool AddAll(EntrySet other)
    {
        bool disjoint = true;
        for (int s = 0; s < _bits.Length; s++)
            foreach (int e in other.Of(s)) disjoint &= Add(s, e);
        return disjoint;
    }

    /// <summary>Whether an entry is in the set.</summary>
    public bool Has(int source, int entry) => _bits[source] is { } bits && bits[entry];

    /// <summary>The entries of a source, in plan order.</summary>
    public IEnumerable<int> Of(int source)
    {
        if (_bits[source] is not { } bits) yield break;
        for (int e = 0; e < bits.Length; e++)
            if (bits[e]) yield return e;
    }
}
