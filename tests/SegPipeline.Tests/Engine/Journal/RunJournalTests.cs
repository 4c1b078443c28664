using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Engine.Journal;

/// <summary>A run that goes on where another was interrupted ends as if nothing had happened.</summary>
public sealed class RunJournalTests : IDisposable
{
    private const int Count = 42;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_journal_cut_anywhere_is_resumed_with_the_same_result_and_only_the_rest_is_read()
    {
        (MemoryJournal whole, string expected) = await RunWholeAsync();
        List<int> ends = whole.Ends;
        Assert.Equal(1 + 12, ends.Count);
        IEnumerable<int> inside = Enumerable.Range(0, whole.Bytes.Length).Where(at => at % 23 == 0);
        foreach (int cut in ends.SelectMany(end => (int[])[end - 1, end, end + 1]).Concat(inside).Distinct())
        {
            if (cut > whole.Bytes.Length) continue;
            var journal = new MemoryJournal { Bytes = whole.Bytes[..cut] };
            (string found, MemoryReader reader, RunResult result) = await ResumeAsync(journal, workers: 1 + cut % 5);
            Assert.Equal(expected, found);
            int committed = Math.Max(0, ends.Count(end => end <= cut) - 1);
            Assert.Equal(committed, result.ChunksResumed);
            Assert.Equal(reader.Keys.Skip(4 * committed), reader.Log.Keys);
            Assert.Equal(ends.Count, journal.Ends.Count);
        }
    }

    [Fact]
    public async Task A_damaged_byte_costs_the_records_from_there_on_and_nothing_else()
    {
        (MemoryJournal whole, string expected) = await RunWholeAsync();
        List<int> ends = whole.Ends;
        for (int at = 0; at < whole.Bytes.Length; at += 17)
        {
            byte[] bytes = [.. whole.Bytes];
            bytes[at] ^= 0x40;
            (string found, _, RunResult result) = await ResumeAsync(new MemoryJournal { Bytes = bytes }, workers: 3);
            Assert.Equal(expected, found);
            Assert.Equal(Math.Max(0, ends.Count(end => end <= at) - 1), result.ChunksResumed);
        }
    }

    [Fact]
    public async Task A_run_that_was_interrupted_again_and_again_goes_on_each_time()
    {
        (_, string expected) = await RunWholeAsync();
        var journal = new MemoryJournal();
        for (int times = 1; times <= 10; times++)
        {
            using var cancel = new CancellationTokenSource();
            int enough = 4 * times;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ResumeAsync(
                journal, workers: times, p => { if (p.DoneSamples >= enough) cancel.Cancel(); }, cancel.Token));
            Assert.True(journal.IsKept);
            Assert.True(journal.Ends.Count - 1 >= times);
        }
        Assert.Equal(expected, (await ResumeAsync(journal, workers: 2)).Found);
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_of_no_account_to_one_that_begins_anew()
    {
        (MemoryJournal whole, string expected) = await RunWholeAsync();
        var reader = Reader();
        (string found, RunResult result) =
            await RunAsync(Graph(reader, new Page()), new MemoryJournal { Bytes = whole.Bytes }, JournalStart.Anew);
        Assert.Equal(expected, found);
        Assert.Equal(0, result.ChunksResumed);
        Assert.Equal(Count, reader.Log.Keys.Length);
    }

    [Fact]
    public async Task Warnings_of_chunks_that_are_not_worked_on_again_are_given_again()
    {
        (MemoryJournal whole, string expected) = await RunWholeAsync();
        Assert.Contains("warned of k0005", expected, StringComparison.Ordinal);
        (string found, _, _) = await ResumeAsync(new MemoryJournal { Bytes = whole.Bytes }, workers: 2);
        Assert.Contains("warned of k0005", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_has_changed_is_named_and_the_run_refused()
    {
        string path = _temp.Write("in.json", "12345");
        MemoryJournal journal = (await RunWholeAsync(path)).Journal;
        File.WriteAllText(path, "1234567");
        Problem problem = await RefusedAsync(journal, Reader() with { Files = [path] });
        Assert.Equal(path, problem.File);
        Assert.Contains("the input has changed since that run: 5 bytes of ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(" then, 7 bytes of ", problem.Message, StringComparison.Ordinal);
        Assert.Equal("run without --resume to begin anew", problem.Remedy);
        File.Delete(path);
        problem = await RefusedAsync(journal, Reader() with { Files = [path] });
        Assert.EndsWith("then, missing now", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_was_only_written_again_or_is_new_refuses_the_run()
    {
        string path = _temp.Write("in.json", "12345");
        MemoryJournal journal = (await RunWholeAsync(path)).Journal;
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        Assert.Equal(path, (await RefusedAsync(journal, Reader() with { Files = [path] })).File);
        Assert.Equal("new.json", (await RefusedAsync((await RunWholeAsync(path)).Journal,
            Reader() with { Files = [path, "new.json"] })).File);
    }

    [Fact]
    public async Task A_pipeline_or_a_plan_that_has_changed_refuses_the_run()
    {
        MemoryJournal journal = (await RunWholeAsync()).Journal;
        Problem problem = await RefusedAsync(journal, Reader(), config: "other");
        Assert.Equal("the interrupted run cannot be resumed: the pipeline has changed since that run", problem.Message);
        problem = await RefusedAsync(journal, Reader() with { Keys = [.. Reader().Keys, "more"] });
        Assert.Equal("the interrupted run cannot be resumed: the plan has changed since that run", problem.Message);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_ends_the_run()
    {
        var page = new Page();
        var journal = new MemoryJournal { Failure = new IOException("disk full") };
        var e = await Assert.ThrowsAsync<IOException>(
            () => RunAsync(Graph(Reader(), page), journal, JournalStart.Anew));
        Assert.Equal("disk full", e.Message);
        Assert.False(page.IsFinished);
        Assert.True(page.IsClosed);
    }

    [Fact]
    public async Task A_chunk_that_was_not_appended_is_not_in_the_journal()
    {
        var journal = new MemoryJournal();
        var graph = Graph(Reader(), new Page(), onAppend: n => { if (n == 5) throw new IOException("disk full"); });
        await Assert.ThrowsAsync<IOException>(() => RunAsync(graph, journal, JournalStart.Anew));
        Assert.Equal(1 + 5, journal.Ends.Count);
    }

    [Fact]
    public async Task A_writer_that_cannot_take_anything_down_leaves_nothing_to_resume()
    {
        var journal = new MemoryJournal();
        Graphs graphs = new Graphs()
            .Add("read", Reader())
            .Add("write", new MemoryWriter { IsResumable = false }, "read");
        await RunAsync(graphs.Graph, journal, JournalStart.Anew);
        Assert.False(journal.IsKept);
        Assert.Single(journal.Ends);
    }

    private static MemoryReader Reader() => MemoryReader.Numbered(Count) with
    {
        Make = i => Samples.Of($"k{i:D4}", instances: i % 3),
        Files = [],
    };

    // Something of everything that a chunk leaves behind: drops, rejections, lookups, warnings.
    private static PipelineGraph Graph(MemoryReader reader, Page page, Action<int>? onAppend = null)
    {
        MemoryReader other = MemoryReader.Numbered(2 * Count) with { Files = [] };
        return new Graphs()
            .Add("read", reader)
            .Add("other", other)
            .Add("check", new Warning(), ErrorPolicy.Reject, "read")
            .Add("join", Align.Together(JoinKeys.First), "check", "other")
            .Add("write", new MemoryWriter { Page = page, OnAppend = onAppend }, "join")
            .Add("rejects", new MemoryWriter(), "errors").Graph;
    }

    private static async Task<(MemoryJournal Journal, string Text)> RunWholeAsync(params string[] inputs)
    {
        var journal = new MemoryJournal();
        (string text, _) = await RunAsync(
            Graph(Reader() with { Files = inputs }, new Page()), journal, JournalStart.Anew);
        return (journal, text);
    }

    private static async Task<(string Found, MemoryReader Reader, RunResult Result)> ResumeAsync(
        MemoryJournal journal, int workers, Action<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        MemoryReader reader = Reader();
        (string found, RunResult result) = await RunAsync(
            Graph(reader, new Page()), journal, JournalStart.Resume, workers, progress: progress, cancel: cancel);
        return (found, reader, result);
    }

    private static async Task<Problem> RefusedAsync(MemoryJournal journal, MemoryReader reader, string config = "1")
    {
        byte[] before = journal.Bytes;
        var e = await Assert.ThrowsAsync<BadDataException>(() =>
            RunAsync(Graph(reader, new Page()), journal, JournalStart.Resume, config: config));
        Assert.Equal(before, journal.Bytes);
        Assert.Empty(reader.Log.Keys);
        Assert.Equal("CANNOT_RESUME", Assert.Single(e.Problems).Code);
        return e.Problems[0];
    }

    private static async Task<(string, RunResult)> RunAsync(PipelineGraph graph, MemoryJournal journal,
        JournalStart start, int workers = 2, string config = "1", Action<RunProgress>? progress = null,
        CancellationToken cancel = default)
    {
        RunResult result = await Graphs.RunAsync(graph, new RunOptions
        {
            Release = new NoRelease(),
            Workers = workers,
            Journal = new JournalOptions(journal, [("the pipeline", config)]) { Start = start },
            Progress = progress,
        }, cancel);
        IEnumerable<MemoryWriter> writers = graph.Nodes.Select(n => n.Stage).OfType<MemoryWriter>();
        return (RunText.Of(result, writers.Select(w => w.Page)), result);
    }

    private sealed record Warning : Transform
    {
        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
            (sample, output) =>
            {
                int number = int.Parse(sample.Key[1..], CultureInfo.InvariantCulture);
                if (number % 5 == 0) context.Warn($"warned of {sample.Key}");
                if (number % 7 == 3) throw Samples.Bad(sample.Key);
                if (number % 6 == 1) output.DropSample("filtered");
                else output.Emit(sample);
            };
    }
}
