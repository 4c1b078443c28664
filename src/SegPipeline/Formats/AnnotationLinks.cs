using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Joins annotations to their images or videos and makes the plan.</summary>
/// <param name="file">The file that has the samples.</param>
/// <param name="index">What stands in it.</param>
/// <param name="layout">What the samples are called.</param>
/// <param name="sameRecords">What to make of two samples of one id.</param>
internal sealed class AnnotationLinks(
    SourceFile file, AnnotationIndex index, AnnotationLayout layout, SameRecords sameRecords)
{
    private readonly Dictionary<long, int> _byNumber = new(index.Samples.Count);
    private readonly Dictionary<RecordId, int> _byText = [];
    private readonly List<int> _planned = new(index.Samples.Count);
    private readonly List<(string Key, Problem Problem)> _strays = [];
    private int[] _starts = [];
    private int[] _ordinals = [];

    /// <summary>The ordinal of the sample of each plan entry.</summary>
    public IReadOnlyList<int> Planned => _planned;

    /// <summary>Annotations that belong to no sample.</summary>
    public IReadOnlyList<(string Key, Problem Problem)> Strays => _strays;

    /// <summary>The ordinals of the annotations of a sample, in the file's order.</summary>
    public ReadOnlySpan<int> AnnotationsOf(int sample) =>
        _ordinals.AsSpan(_starts[sample].._starts[sample + 1]);

    /// <summary>Joins annotations to samples.</summary>
    /// <param name="source">Makes the problems of annotations.</param>
    /// <param name="keysOf">The keys of the samples with given ordinals.</param>
    /// <param name="warn">Told of what was merged.</param>
    /// <exception cref="BadDataException">Two samples have the same id or the same key.</exception>
    public PlanEntry[] Link(
        AnnotationSource source, Func<IReadOnlyList<int>, IReadOnlyList<string>> keysOf, Action<string> warn)
    {
        FindSamples(warn);
        int[] counts = new int[index.Samples.Count + 1];
        long[] costs = new long[index.Samples.Count];
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            ref AnnotationEntry entry = ref index.Annotations[i];
            entry.Sample = SampleOf(i, entry);
            if (entry.Sample < 0)
            {
                _strays.Add((index.NameOf(i), StrayProblem(source, i)));
                continue;
            }

            counts[entry.Sample + 1]++;
            costs[entry.Sample] += entry.LengthBytes;
        }

        Group(counts);
        return PlanOf(costs, keysOf(_planned));
    }

    private void FindSamples(Action<string> warn)
    {
        int merged = 0;
        for (int i = 0; i < index.Samples.Count; i++)
        {
            RecordId id = index.Samples[i].Id;
            bool isNew = id.IsInteger ? _byNumber.TryAdd(id.Number, i) : _byText.TryAdd(id, i);
            if (isNew) _planned.Add(i);
            else if (sameRecords == SameRecords.MergeEqual && IsEqual(i, Find(id))) merged++;
            else throw Duplicate(i, Find(id));
        }

        if (merged > 0) warn($"{file.Path} repeats {merged} of its {layout.List} with equal records; each counts once");
    }

    private int Find(RecordId id) => id.IsInteger
        ? _byNumber.GetValueOrDefault(id.Number, -1)
        : _byText.GetValueOrDefault(id, -1);

    private int SampleOf(int ordinal, in AnnotationEntry entry)
    {
        if ((entry.Marks & (EntryMarks.HasSampleId | EntryMarks.OddSampleId)) == EntryMarks.HasSampleId)
            return _byNumber.GetValueOrDefault(entry.SampleId, -1);
        return index.SampleId(ordinal) is { } id ? Find(id) : -1;
    }

    /// <summary>Sorts the annotations by sample, keeping the file's order within each (a counting sort).</summary>
    private void Group(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++) counts[i] += counts[i - 1];
        _starts = counts;
        _ordinals = new int[counts[^1]];
        int[] next = counts[..^1];
        for (int i = 0; i < index.Annotations.Count; i++)
        {
            int sample = index.Annotations[i].Sample;
            if (sample >= 0) _ordinals[next[sample]++] = i;
        }
    }

    private PlanEntry[] PlanOf(long[] costs, IReadOnlyList<string> keys)
    {
        var plan = new PlanEntry[_planned.Count];
        var known = new Dictionary<string, int>(plan.Length, StringComparer.Ordinal);
        for (int i = 0; i < plan.Length; i++)
        {
            SampleEntry sample = index.Samples[_planned[i]];
            plan[i] = new PlanEntry(keys[i], sample.Record.LengthBytes + costs[_planned[i]]);
            if (known.TryAdd(plan[i].Key, i)) continue;
            SampleEntry other = index.Samples[_planned[known[plan[i].Key]]];
            throw JsonFault.At(file, sample.Record.Offset, "DUPLICATE_KEY",
                $"expected every {layout.Sample} to have a name of its own, found '{plan[i].Key}' as name of the " +
                $"{layout.List} {other.Id} and {sample.Id}", $"{layout.Sample} {sample.Id}",
                "rename one of them, or set key: id");
        }

        return plan;
    }

    private Problem StrayProblem(AnnotationSource source, int ordinal) => index.SampleId(ordinal) is { } id
        ? source.ProblemOf(ordinal, $"UNKNOWN_{layout.Code}",
            $"expected {layout.Article} {layout.IdMember} of the file's {layout.List}, found {id}",
            $"add the {layout.Sample} or remove the annotation")
        : source.ProblemOf(ordinal, $"NO_{layout.Code}_ID",
            $"expected an annotation to have {layout.Article} {layout.IdMember}, found none",
            "add it or remove the annotation");

    private bool IsEqual(int first, int second) =>
        Load(index.Samples[first].Record).AsSpan().SequenceEqual(Load(index.Samples[second].Record));

    private byte[] Load(JsonRange range) => new JsonSlice(file, range.Offset, range.LengthBytes).Load();

    private BadDataException Duplicate(int sample, int earlier)
    {
        SampleEntry one = index.Samples[earlier], two = index.Samples[sample];
        return JsonFault.At(file, two.Record.Offset, $"DUPLICATE_{layout.Code}",
            $"expected every {layout.Sample} to have an id of its own, found {two.Id} as id of {Named(one)}(byte " +
            $"{one.Record.Offset}) and {Named(two).TrimEnd()}", $"{layout.Sample} {two.Id}",
            IsEqual(sample, earlier)
                ? $"remove one of them, or set same_{layout.List}: merge_equal"
                : "give one of them another id");
    }

    private string Named(SampleEntry sample) =>
        sample.Name is null ? $"{layout.One} " : $"'{sample.Name}' ";
}
