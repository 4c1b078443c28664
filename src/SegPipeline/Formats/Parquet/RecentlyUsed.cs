namespace SegPipeline.Formats.Parquet;

/// <summary>What was made last, kept for those who ask for it again. Safe to use from any thread; nothing is made
/// twice at a time.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int most) where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(TKey Key, Lazy<TValue> Value)> _kept = new();

    /// <summary>What was made for a key, else what is made for it now.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        Lazy<TValue> value;
        lock (_lock)
        {
            var node = _kept.First;
            while (node is not null && !node.Value.Key.Equals(key)) node = node.Next;
            if (node is null) node = new((key, new Lazy<TValue>(make)));
            else _kept.Remove(node);
            _kept.AddFirst(node);
            if (_kept.Count > most) _kept.RemoveLast();
            value = node.Value.Value;
        }
        return value.Value;
    }
}
