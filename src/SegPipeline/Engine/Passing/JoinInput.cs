using SegPipeline.Model;

namespace SegPipeline.Engine.Passing;

/// <summary>The samples that stand at one input of a join, taken entry by entry, each once.</summary>
/// <param name="items">The samples, in plan order.</param>
internal sealed class JoinInput(List<Item> items)
{
    private readonly bool[] _taken = new bool[items.Count];
    private int _next;
    private int _begin;
    private int _end;

    /// <summary>The plan entry of the first sample beyond the current entry; null at the end.</summary>
    public int? NextEntry => _end < items.Count ? items[_end].Entry : null;

    /// <summary>Makes an entry the current one; it must not be before the one of the next sample.</summary>
    public void MoveTo(int entry)
    {
        _begin = _next = _end;
        while (_end < items.Count && items[_end].Entry == entry) _end++;
    }

    /// <summary>Takes the next sample of the current entry that nobody has taken; null when there is none.</summary>
    public Item? TakeNext()
    {
        while (_next < _end && _taken[_next]) _next++;
        if (_next == _end) return null;
        _taken[_next] = true;
        return items[_next];
    }

    /// <summary>Takes the first sample of the current entry with a key; null when there is none.</summary>
    public Sample? Take(string key)
    {
        for (int i = _begin; i < _end; i++)
        {
            if (_taken[i] || !string.Equals(items[i].Sample.Key, key, StringComparison.Ordinal)) continue;
            _taken[i] = true;
            return items[i].Sample;
        }
        return null;
    }
}
