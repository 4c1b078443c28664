using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Viewer.Entries;

/// <summary>
/// What filters need to know of all entries, gathered once in the background, entry by entry. Samples are looked at and
/// let go: what stays is a dozen bytes for each instance.
/// </summary>
/// <param name="entries">The entries.</param>
internal sealed class EntryIndex(EntryList entries)
{
    private readonly EntryFacts?[] _blocks = new EntryFacts?[
        (entries.Count + EntryFacts.BlockEntries - 1) / EntryFacts.BlockEntries];

    private readonly int[] _instancesOf = new int[entries.Categories.Listed.Count];
    private readonly SampleDifferences? _differences = SampleDifferences.Between(entries);
    private volatile int _done;
    private volatile string? _fault;

    /// <summary>How many entries are known; those before this number are.</summary>
    public int Done => _done;

    /// <summary>Why the index ended before it was complete; null when it did not.</summary>
    public string? Fault => _fault;

    /// <summary>How many instances of a category there are among those.</summary>
    public int InstancesOf(int category) => Volatile.Read(ref _instancesOf[category]);

    /// <summary>The facts of an entry that is known: the block that holds it, and its place there.</summary>
    public (EntryFacts Facts, int Place) At(int number) =>
        (_blocks[number / EntryFacts.BlockEntries]!, number % EntryFacts.BlockEntries);

    /// <summary>Gathers everything, on a thread of its own that leaves others the way.</summary>
    public Task BuildAsync(CancellationToken cancel)
    {
        var finished = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                Build(cancel);
                finished.SetResult();
            }
            catch (Exception e)
            {
                _fault = $"{e.GetType().Name}: {e.Message}";
                finished.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "index",
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return finished.Task;
    }

    private void Build(CancellationToken cancel)
    {
        var block = new List<(EntryMarks, InstanceFacts[])>(EntryFacts.BlockEntries);
        for (int number = 0; number < entries.Count && !cancel.IsCancellationRequested; number++)
        {
            block.Add(FactsOf(number));
            if (block.Count < EntryFacts.BlockEntries && number + 1 < entries.Count) continue;
            _blocks[number / EntryFacts.BlockEntries] = new EntryFacts(block);
            foreach (InstanceFacts instance in block.SelectMany(b => b.Item2))
                if (instance.Category >= 0) _instancesOf[instance.Category]++;
            block.Clear();
            _done = number + 1;
        }
    }

    private (EntryMarks, InstanceFacts[]) FactsOf(int number)
    {
        if (entries.RejectOf(number) is not null) return (EntryMarks.Rejected, []);
        EntryMarks marks = EntryMarks.None;
        if (entries.IsComparison)
            marks = entries.PlaceOf(number, 0) is null ? EntryMarks.Added
                : entries.PlaceOf(number, 1) is null ? EntryMarks.Removed
                : EntryMarks.None;
        int side = marks == EntryMarks.Added ? 1 : 0;
        bool isPair = entries.IsComparison && marks == EntryMarks.None;
        List<InstanceFacts> facts = [];
        List<string> problems = []; // told in the view of the one sample
        Attempt.Read<object>(() =>
        {
            // Not by way of what is kept for pages: everything passes here once.
            Sample sample = Fresh(number, side);
            foreach (Instance instance in sample.Instances) facts.Add(FactsOf(instance, sample, side, problems));
            if (isPair && _differences!.Differ(sample, Fresh(number, 1))) marks = EntryMarks.Changed;
            return null;
        }, problems);
        return (problems.Count > 0 ? marks | EntryMarks.Broken : marks, [.. facts]);
    }

    private Sample Fresh(int number, int side) =>
        entries.Datasets[side].Dataset.Read(entries.PlaceOf(number, side)!.Value);

    private InstanceFacts FactsOf(Instance instance, Sample sample, int side, List<string> problems)
    {
        double largest = -1;
        for (int frame = 0; frame < sample.Frames.Length; frame++)
            if (MaskOf(instance, sample, frame, problems) is { PixelCount: > 0 } mask)
                largest = Math.Max(largest, Math.Sqrt((double)mask.AreaPx / mask.PixelCount));
        return new InstanceFacts(
            entries.Categories.NumberOf(side, instance.CategoryId), (float)largest, instance.IsCrowd == true);
    }

    private static Mask? MaskOf(Instance instance, Sample sample, int frame, List<string> problems) =>
        Attempt.Read(() => ShownShape.MaskOf(instance, sample, frame), problems);
}
