using SegPipeline.Engine;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Formats.Synthetic;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Engine;

/// <summary>Figures of what passes are the same however a run is cut up or interrupted.</summary>
public sealed class FigureTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 16)]
    public async Task Workers_and_window_change_no_figure_and_no_sample_that_is_shown(int workers, int window)
    {
        (string expected, _) = await RunAsync(workers: 3, window: 4);
        (string found, RunResult result) = await RunAsync(workers, window);

        Assert.Equal(expected, found);
        Assert.Equal([(0, 0), (1, 0), (2, 0), (2, 1)], result.Figures.Select(f => (f.Node, f.Port)));
        Assert.Equal(40, result.Figures[0].Figures.Samples);
        Assert.Equal(40, result.Figures[2].Figures.Samples + result.Figures[3].Figures.Samples);
        Assert.Equal(
            result.Ledger.Stages[1].Instances.Out,
            result.Figures[2].Figures.Instances + result.Figures[3].Figures.Instances);
    }

    [Fact]
    public async Task A_resumed_run_has_the_figures_of_a_whole_one()
    {
        var whole = new MemoryJournal();
        (string expected, _) = await RunAsync(workers: 2, window: 4, whole);
        foreach (int end in whole.Ends)
        {
            var journal = new MemoryJournal { Bytes = whole.Bytes[..end] };
            (string found, RunResult result) = await RunAsync(workers: 2, window: 4, journal);
            Assert.Equal(expected, found);
            Assert.Equal(Math.Max(0, whole.Ends.IndexOf(end)), result.ChunksResumed);
        }
    }

    [Fact]
    public async Task Nothing_is_taken_when_nobody_asks() =>
        Assert.Empty((await Build().RunAsync()).Figures);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_writer_cannot_finish_is_told_before_what_cannot_be_shown(bool failsToFinish)
    {
        using var shown = new ManualResetEventSlim();
        var writer = new MemoryWriter
        {
            // Late, so that what cannot be shown is known first.
            OnFinish = () =>
            {
                shown.Wait();
                if (failsToFinish) throw new BadDataException(new Problem("UNFINISHED", "no room"));
            },
        };
        Graphs graph = new Graphs().Add("scenes", new SyntheticReader { Count = 4, Width = 32, Height = 24 })
            .Add("one", writer, "scenes");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Graphs.RunAsync(graph.Graph, new RunOptions
        {
            Release = new NoRelease(),
            Figures = new FigureOptions
            {
                Shown = 2,
                Show = _ =>
                {
                    shown.Set();
                    throw new IOException("no page");
                },
            },
        }));
        Assert.Contains(failsToFinish ? "no room" : "no page", failure.Message, StringComparison.Ordinal);
        Assert.Equal(!failsToFinish, writer.Page.IsFinished);
        Assert.True(writer.Page.IsClosed);
    }

    private static Graphs Build() => new Graphs()
        .Add("scenes", new SyntheticReader { Count = 40, Width = 32, Height = 24, Crowds = 0.3 })
        .Add("clean", new DropCrowds(), "scenes")
        .Add("parts", new Split { Ratios = new Dictionary<string, double> { ["a"] = 0.5, ["b"] = 0.5 } }, "clean")
        .Add("one", new MemoryWriter(), "parts.a")
        .Add("two", new MemoryWriter(), "parts.b");

    private static async Task<(string Text, RunResult Result)> RunAsync(
        int workers, int window, MemoryJournal? journal = null)
    {
        var shown = new List<string>();
        RunResult result = await Graphs.RunAsync(Build().Graph, new RunOptions
        {
            Release = new NoRelease(),
            Workers = workers,
            Window = window,
            Journal = journal is null ? null : new JournalOptions(journal, []) { Start = JournalStart.Resume },
            Figures = new FigureOptions
            {
                Shown = 5,
                Show = s => shown.Add($"{s.Stage} {s.Sample.Key} {s.Sample.Instances.Length}"),
            },
        });
        Assert.Equal(5, shown.Count);
        var figures = result.Figures.Select(f =>
            $"{f.Node}.{f.Port} {f.Figures.Samples} {f.Figures.Instances} {f.Figures.Crowds} " +
            string.Join(',', f.Figures.Categories) + string.Join(',', f.Figures.RelativeSizes.Ascending) +
            string.Join(',', f.Figures.InstancesPerSample.Ascending));
        return (string.Join('\n', figures.Concat(shown)), result);
    }
}
