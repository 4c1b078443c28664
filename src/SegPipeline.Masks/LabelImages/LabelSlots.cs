using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Numbers labels in the order in which they are first met: slot 0, 1, 2, ...</summary>
/// <typeparam name="T">byte and ushort are looked up in a table, uint in a dictionary.</typeparam>
internal sealed class LabelSlots<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly int[] _slotPlusOne = [];
    private readonly Dictionary<T, int> _slots = [];

    public LabelSlots()
    {
        if (Unsafe.SizeOf<T>() <= sizeof(ushort)) _slotPlusOne = new int[1 << 8 * Unsafe.SizeOf<T>()];
    }

    /// <summary>The labels by slot.</summary>
    public List<uint> Labels { get; } = [];

    /// <summary>The slot of a label; a new one when it is met for the first time.</summary>
    public int this[T label]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int[] table = _slotPlusOne;
            int index = Unsafe.SizeOf<T>() <= sizeof(ushort) ? int.CreateTruncating(label) : int.MaxValue;
            if ((uint)index >= (uint)table.Length) return LookUp(label);
            if (table[index] == 0) table[index] = Add(label) + 1;
            return table[index] - 1;
        }
    }

    private int LookUp(T label)
    {
        if (_slots.TryGetValue(label, out int slot)) return slot;
        return _slots[label] = Add(label);
    }

    private int Add(T label)
    {
        Labels.Add(uint.CreateChecked(label));
        return Labels.Count - 1;
    }
}
