using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Deals the runs of a label image out to its labels, as the run lengths of one mask each.</summary>
internal static class LabelRunLists
{
    /// <param name="heightPx">Height of the picture.</param>
    /// <param name="widthPx">Width of the picture.</param>
    /// <param name="runs">Its runs, at least one.</param>
    /// <param name="roles">Which labels are no objects.</param>
    public static LabelRegions Collect<T>(
        int heightPx, int widthPx, LabelRuns<T> runs, LabelRoles roles)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        var index = new LabelSlots<T>();
        int[] pooled = ArrayPool<int>.Shared.Rent(runs.Count);
        Span<int> slots = pooled.AsSpan(0, runs.Count);
        index.Number(runs.Labels, slots);
        RunList[] lists = CountRuns(slots, index.Labels, roles);
        Deal(slots, runs.Starts, lists);
        ArrayPool<int>.Shared.Return(pooled);
        return ToRegions(heightPx, widthPx, index.Labels, lists, roles);
    }

    private static RunList[] CountRuns(ReadOnlySpan<int> slots, List<uint> labels, LabelRoles roles)
    {
        int[] runs = new int[labels.Count];
        foreach (int slot in slots) runs[slot]++;
        var lists = new RunList[labels.Count];
        for (int slot = 0; slot < lists.Length; slot++)
        {
            if (labels[slot] == roles.Background) continue;
            // Each run is a length of others and a length of its own; what follows the last run is one more.
            int lengths = 2 * runs[slot] + (slots[^1] == slot ? 0 : 1);
            lists[slot].Counts = new uint[lengths];
        }
        return lists;
    }

    private static void Deal(ReadOnlySpan<int> slots, ReadOnlySpan<int> starts, RunList[] lists)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            ref RunList list = ref lists[slots[i]];
            uint[]? counts = list.Counts;
            if (counts is null) continue;
            int start = starts[i], end = starts[i + 1], used = list.Used;
            counts[used] = (uint)(start - list.End);
            counts[used + 1] = (uint)(end - start);
            list.Used = used + 2;
            list.End = end;
        }
        foreach (ref RunList list in lists.AsSpan())
            if (list.Counts is not null && list.Used < list.Counts.Length)
                list.Counts[list.Used] = (uint)(starts[^1] - list.End);
    }

    private static LabelRegions ToRegions(
        int heightPx, int widthPx, List<uint> labels, RunList[] lists, LabelRoles roles)
    {
        var objects = ImmutableArray.CreateBuilder<LabelRegion>(labels.Count);
        Mask? voidMask = null;
        for (int slot = 0; slot < lists.Length; slot++)
        {
            if (lists[slot].Counts is not { } counts) continue;
            var mask = new Mask(heightPx, widthPx, counts);
            if (labels[slot] == roles.Void) voidMask = mask;
            else objects.Add(new LabelRegion(labels[slot], mask));
        }
        objects.Sort((a, b) => a.Label.CompareTo(b.Label));
        return new LabelRegions(objects.DrainToImmutable(), voidMask);
    }

    private struct RunList
    {
        public uint[]? Counts;
        public int Used;
        public int End;
    }
}
