using System.Runtime.InteropServices;
using SegPipeline.Model;
using SegPipeline.Stages;

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

        AddRepeated(numbers.AsSpan(0, count), repeated);
        if (repeated.Count > 0) warn($"{Sentence(file.Path, repeated)}; all are kept");
    }

    /// <summary>Warns when two annotations that were written have the same id.</summary>
    /// <param name="file">The file they stand in.</param>
    /// <param name="ids">Their ids, in any order.</param>
    /// <param name="warn">Is told.</param>
    public static void ReportWritten(ReleaseName file, List<long> ids, Action<string> warn)
    {
        Span<long> numbers = CollectionsMarshal.AsSpan(ids);
        if (IsRising(numbers)) return;
        var repeated = new List<RecordId>();
        AddRepeated(numbers, repeated);
        if (repeated.Count > 0)
            warn($"{Sentence(file.Value, repeated)}; tools that go by id lose all but one of each, set ids: dense");
    }

    private static void AddRepeated(Span<long> numbers, List<RecordId> repeated)
    {
        numbers.Sort(Comparer<long>.Default);
        for (int i = 1; i < numbers.Length; i++)
            if (numbers[i] == numbers[i - 1]) repeated.Add(new RecordId(numbers[i]));
    }

    private static string Sentence(string file, List<RecordId> repeated) =>
        $"{file} has annotation ids more than once: {string.Join(", ", repeated.Take(MaxNamed))}" +
        (repeated.Count > MaxNamed ? $" and {repeated.Count - MaxNamed} more" : "");

    private static bool IsRising(ReadOnlySpan<long> numbers)
    {
        for (int i = 1; i < numbers.Length; i++)
            if (numbers[i] <= numbers[i - 1]) return false;
        return true;
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
