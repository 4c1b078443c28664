using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine.Journal;

/// <summary>Graphs of any shape, interrupted behind any chunk, end as if they had not been.</summary>
public sealed class RandomResumeTests
{
    private const int Batches = 6;
    private const int PerBatch = 50;

    public static TheoryData<int> BatchNumbers => [.. Enumerable.Range(0, Batches)];

    [Theory]
    [MemberData(nameof(BatchNumbers))]
    public async Task Any_graph_that_is_resumed_ends_as_one_that_was_not_interrupted(int batch)
    {
        int resumed = 0;
        for (int seed = batch * PerBatch; seed < (batch + 1) * PerBatch; seed++) resumed += await CompareAsync(seed);
        Assert.True(resumed > PerBatch, $"only {resumed} chunks were resumed in all");
    }

    private static async Task<int> CompareAsync(int seed)
    {
        var journal = new MemoryJournal();
        string? expected = (await RunAsync(seed, journal, workers: 2)).Text;
        if (expected is null) return 0;
        KeyedRandom random = SampleRank.Stream(seed, "resume", "");
        List<int> ends = journal.Ends;
        int resumed = 0;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            int cut = attempt == 0 ? ends[^1] : random.NextInt(ends[0], ends[^1] + 1);
            var interrupted = new MemoryJournal { Bytes = journal.Bytes[..cut] };
            (string? found, int chunks) = await RunAsync(seed, interrupted, workers: 1 + random.NextInt(0, 5));
            Assert.True(expected == found, $"graph {seed} cut at {cut} of {ends[^1]}:\n{expected}\n---\n{found}");
            Assert.Equal(ends.Count(end => end <= cut) - 1, chunks);
            resumed += chunks;
        }
        return resumed;
    }

    private static async Task<(string? Text, int Resumed)> RunAsync(int seed, MemoryJournal journal, int workers)
    {
        var random = RandomGraph.Of(seed);
        try
        {
            RunResult result = await Graphs.RunAsync(random.Graph, new RunOptions
            {
                Release = new NoRelease(),
                Workers = workers,
                Window = 1 + seed % 7,
                Journal = new JournalOptions(journal, []) { Start = JournalStart.Resume },
            });
            return (RunText.Of(result, random.Pages.Values), result.ChunksResumed);
        }
        catch (BadDataException)
        {
            return (null, 0);
        }
    }
}
