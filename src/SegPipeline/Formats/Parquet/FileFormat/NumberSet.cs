namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Numbers each distinct number in the order in which they come; open addressing, at most half full.</summary>
internal sealed class NumberSet
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private readonly int _most;
    private readonly int _shift;
    private readonly (long Number, int Place)[] _slots;

    /// <summary>A set of at most so many numbers.</summary>
    /// <param name="most">A power of two.</param>
    public NumberSet(int most)
    {
        _most = most;
        _slots = new (long, int)[2 * most];
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)_slots.Length);
    }

    /// <summary>The numbers, in the order in which they came.</summary>
    public List<long> Distinct { get; } = [];

    /// <summary>Index of a number, which is added when it is new; -1 when there is no room.</summary>
    public int IndexOf(long number)
    {
        int at = (int)(((ulong)number * GoldenRatio) >> _shift);
        while (true)
        {
            ref (long Number, int Place) slot = ref _slots[at];
            if (slot.Place == 0)
            {
                if (Distinct.Count == _most) return -1;
                Distinct.Add(number);
                slot = (number, Distinct.Count);
                return Distinct.Count - 1;
            }

            if (slot.Number == number) return slot.Place - 1;
            at = (at + 1) & (_slots.Length - 1);
        }
    }
}
