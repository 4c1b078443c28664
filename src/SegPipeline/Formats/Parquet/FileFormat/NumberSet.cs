using System.Numerics;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>
/// Numbers each distinct number in the order in which they come. Doubles that are a small count of hundredths, as
/// coordinates are, have a slot each; all others share a table with open addressing, at most half full.
/// </summary>
internal sealed class NumberSet
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private const int MostHundredths = 1 << 18, LeastSlots = 1 << 8;

    /// <summary>How many numbers can be looked up at once.</summary>
    public const int Most = 256;

    private readonly List<long> _distinct = [];
    private int[] _hundredths = [];
    private (long Number, int Place)[] _slots = new (long, int)[LeastSlots];
    private int _used;

    /// <summary>The numbers, in the order in which they came.</summary>
    public ReadOnlySpan<long> Distinct => CollectionsMarshal.AsSpan(_distinct);

    /// <summary>Forgets all numbers.</summary>
    public void Clear()
    {
        if (_distinct.Count > _used) Array.Clear(_hundredths);
        if (_used > 0) Array.Clear(_slots);
        _distinct.Clear();
        _used = 0;
    }

    /// <summary>Indices of some numbers, at most <see cref="Most"/>; those that are new are added.</summary>
    public void IndicesOf(ReadOnlySpan<long> numbers, Span<int> indices)
    {
        Span<int> hundredths = stackalloc int[Most];
        if (Hundredths.TryOf(numbers, hundredths))
        {
            IndicesOf(hundredths[..numbers.Length], indices);
            return;
        }

        indices = indices[..numbers.Length];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = Hundredths.TryOf(numbers[i], out int single) ? IndexOf(single) : Hashed(numbers[i]);
    }

    /// <summary>Indices of some doubles that are counts of hundredths; those that are new are added.</summary>
    public void IndicesOf(ReadOnlySpan<int> hundredths, Span<int> indices)
    {
        indices = indices[..hundredths.Length];
        for (int i = 0; i < indices.Length; i++) indices[i] = IndexOf(hundredths[i]);
    }

    private int IndexOf(int hundredths)
    {
        int[] places = _hundredths;
        if ((uint)hundredths < (uint)places.Length && places[hundredths] is > 0 and int place) return place - 1;
        if ((uint)hundredths >= MostHundredths) return Hashed(Hundredths.BitsOf(hundredths));
        if (hundredths >= places.Length)
            Array.Resize(ref _hundredths, (int)BitOperations.RoundUpToPowerOf2((uint)hundredths + 1));
        return (_hundredths[hundredths] = Add(Hundredths.BitsOf(hundredths))) - 1;
    }

    private int Hashed(long number)
    {
        if (2 * _used >= _slots.Length) Grow();
        ref (long Number, int Place) slot = ref SlotOf(number);
        if (slot.Place == 0)
        {
            slot = (number, Add(number));
            _used++;
        }

        return slot.Place - 1;
    }

    private int Add(long number)
    {
        _distinct.Add(number);
        return _distinct.Count;
    }

    private ref (long Number, int Place) SlotOf(long number)
    {
        int mask = _slots.Length - 1;
        int at = (int)(((ulong)number * GoldenRatio) >> (64 - BitOperations.Log2((uint)_slots.Length)));
        while (_slots[at].Place != 0 && _slots[at].Number != number) at = (at + 1) & mask;
        return ref _slots[at];
    }

    private void Grow()
    {
        (long Number, int Place)[] before = _slots;
        _slots = new (long, int)[2 * before.Length];
        foreach ((long number, int place) in before)
            if (place != 0) SlotOf(number) = (number, place);
    }
}
