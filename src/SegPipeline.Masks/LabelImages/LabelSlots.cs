using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Numbers labels in the order in which they are first met: slot 0, 1, 2, ...</summary>
/// <typeparam name="T">byte and ushort are looked up in a table, uint in a dictionary.</typeparam>
internal sealed class LabelSlots<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly int[] _slotPlusOne =
        Unsafe.SizeOf<T>() <= sizeof(ushort) ? new int[1 << 8 * Unsafe.SizeOf<T>()] : [];

    private readonly Dictionary<T, int> _slots = [];

    /// <summary>The labels by slot.</summary>
    public List<uint> Labels { get; } = [];

    /// <summary>Writes the slot of each label; a label that is met for the first time gets a new one.</summary>
    public void Number(ReadOnlySpan<T> labels, Span<int> slots)
    {
        if (_slotPlusOne.Length > 0)
            NumberByTable(labels, slots);
        else
            for (int i = 0; i < labels.Length; i++) slots[i] = LookUp(labels[i]);
    }

    private void NumberByTable(ReadOnlySpan<T> labels, Span<int> slots)
    {
        int[] table = _slotPlusOne;
        for (int i = 0; i < labels.Length; i++)
        {
            ref int entry = ref table[int.CreateTruncating(labels[i])];
            if (entry == 0) entry = Add(labels[i]) + 1;
            slots[i] = entry - 1;
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
