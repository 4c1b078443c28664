using SegPipeline.Model;

namespace SegPipeline.Engine.Passing;

/// <summary>A sample on its way, with its place in the order of the chunk.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Entry">The plan entry it came from; -1 for what is wrong with the dataset as a whole.</param>
/// <param name="Branches">For every stage on the way that made several samples of one: which of them this is.</param>
internal readonly record struct Item(Sample Sample, int Entry, int[]? Branches)
{
    /// <summary>This item's place for the only thing a stage made of it, or for one of several.</summary>
    public Item With(Sample sample, int number, int of) =>
        new(sample, Entry, of == 1 ? Branches : [.. Branches ?? [], number]);

    /// <summary>Order of places; negative when this one comes first.</summary>
    public int ComparePlace(in Item other)
    {
        int order = Entry.CompareTo(other.Entry);
        return order != 0 || (Branches is null && other.Branches is null)
            ? order
            : (Branches ?? []).AsSpan().SequenceCompareTo(other.Branches ?? []);
    }

    /// <summary>
    /// Appends several lists to <paramref name="target"/>, merged by place; where places are equal, the list that comes
    /// first goes first.
    /// </summary>
    public static void Merge(List<List<Item>> lists, List<Item> target)
    {
        Span<int> heads = lists.Count <= 64 ? stackalloc int[lists.Count] : new int[lists.Count];
        while (true)
        {
            int first = -1;
            for (int i = 0; i < lists.Count; i++)
            {
                if (heads[i] == lists[i].Count) continue;
                if (first < 0 || lists[i][heads[i]].ComparePlace(lists[first][heads[first]]) < 0) first = i;
            }
            if (first < 0) return;
            target.Add(lists[first][heads[first]++]);
        }
    }
}
