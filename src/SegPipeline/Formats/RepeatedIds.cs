using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Finds annotation ids that occur more than once: they are kept, and told.</summary>
internal static class RepeatedIds
{
    private const int MaxNamed = 5;

    /// <summary>Warns when two annotations have the same id.</summary>
    public static void Report(SourceFile file, AnnotationIndex index, Action<string> warn)
    {
        if (IsRising(index)) return;
        var numbers = new long[index.Annotations.Count];
        int count = 0;
        var seen = new HashSet<RecordId>();
        var repeated = new List<RecordId>();
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            if (index.AnnotationId(i) is not { } id) continue;
            if (id.IsInteger) numbers[count++] = id.Number;
            else if (!seen.Add(id)) repeated.Add(id);
        }

        Array.Sort(numbers, 0, count, Comparer<long>.Default);
        for (int i = 1; i < count; i++)
            if (numbers[i] == numbers[i - 1]) repeated.Add(new RecordId(numbers[i]));
        if (repeated.Count == 0) return;
        string named = string.Join(", ", repeated.Take(MaxNamed));
        warn($"{file.Path} has annotation ids more than once: {named}" +
            (repeated.Count > MaxNamed ? $" and {repeated.Count - MaxNamed} more" : "") + "; all are kept");
    }

    private static bool IsRising(AnnotationIndex index)
    {
        long last = long.MinValue;
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            ref AnnotationEntry entry = ref index.Annotations[i];
            bool isPlain = (entry.Marks & (EntryMarks.HasId | EntryMarks.OddId)) == EntryMarks.HasId;
            if (!isPlain || entry.Id <= last) return false;
            last = entry.Id;
        }

        return true;
    }
}
