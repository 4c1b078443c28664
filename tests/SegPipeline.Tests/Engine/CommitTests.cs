using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>However a run ends, what is written is a whole number of chunks from the first on.</summary>
public sealed class CommitTests
{
    [Fact]
    public async Task A_cancelled_run_ends_at_a_commit_with_everything_closed()
    {
        for (int at = 0; at < 18; at++)
        {
            using var cancel = new CancellationTokenSource();
            Page first = new(), second = new();
            var reader = MemoryReader.Numbered(80);
            int chunk = at;
            var graph = new Graphs()
                .Add("read", reader)
                .Add("one", new MemoryWriter { Page = first, OnAppend = n => CancelAt(n, chunk, cancel) }, "read")
                .Add("two", new MemoryWriter { Page = second }, "read");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => graph.RunAsync(workers: 1 + at % 4, window: 1 + at % 5, cancel: cancel.Token));
            Assert.Equal(first.Lines, second.Lines);
            Assert.InRange(first.Lines.Count, 4 * (at + 1), 80);
            Assert.Equal(reader.Keys.Take(first.Lines.Count), first.Keys);
            Assert.Equal(0, first.Lines.Count % 4);
            Assert.False(first.IsFinished || second.IsFinished);
            Assert.True(first.IsClosed && second.IsClosed && reader.Log.IsClosed);
        }
    }

    [Fact]
    public async Task A_run_cancelled_before_it_begins_touches_nothing()
    {
        var reader = MemoryReader.Numbered(8);
        var graph = new Graphs().Add("read", reader).Add("write", new MemoryWriter(), "read");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => graph.RunAsync(cancel: new(canceled: true)));
        Assert.Empty(reader.Log.Keys);
        Assert.True(reader.Log.IsClosed);
    }

    [Fact]
    public async Task Chunks_that_are_ready_early_wait_for_a_failure_before_them()
    {
        var page = new Page();
        var later = new TaskCompletionSource();
        var reader = MemoryReader.Numbered(24) with
        {
            Make = i =>
            {
                if (i == 23) later.SetResult();
                if (i != 8) return Samples.Of($"k{i:D4}");
                // The chunk that fails is the last to be ready.
                Assert.True(later.Task.Wait(Graphs.Limit));
                throw Samples.Bad("8");
            },
        };
        var graph = new Graphs().Add("read", reader).Add("write", new MemoryWriter { Page = page }, "read");
        await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync(workers: 6, window: 6));
        Assert.Equal(8, page.Lines.Count);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("finish")]
    [InlineData("encode")]
    public async Task A_disk_that_is_full_ends_the_run_with_everything_closed(string when)
    {
        Page broken = new(), whole = new();
        var reader = MemoryReader.Numbered(200);
        var graph = new Graphs()
            .Add("read", reader)
            .Add("broken", new MemoryWriter
            {
                Page = broken,
                OnAppend = n => Throw(when == "append" && n == 7),
                OnFinish = () => Throw(when == "finish"),
                OnEncode = samples => Throw(when == "encode" && samples[0].Key == "k0028"),
            }, "read")
            .Add("whole", new MemoryWriter { Page = whole }, "read");
        var e = await Assert.ThrowsAsync<IOException>(() => graph.RunAsync(workers: 4, window: 3));
        Assert.Equal("disk full", e.Message);
        Assert.Equal(when == "finish" ? 200 : 28, broken.Lines.Count);
        Assert.False(broken.IsFinished || whole.IsFinished);
        Assert.True(broken.IsClosed && whole.IsClosed && reader.Log.IsClosed);
    }

    [Fact]
    public async Task What_a_writer_throws_that_is_neither_bad_data_nor_the_disk_names_the_writer()
    {
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(4))
            .Add("broken", new MemoryWriter { OnAppend = _ => throw new KeyNotFoundException() }, "read");
        var e = await Assert.ThrowsAsync<EngineFaultException>(() => graph.RunAsync());
        Assert.Equal("broken", e.Stage);
        Assert.IsType<KeyNotFoundException>(e.InnerException);
    }

    [Fact]
    public async Task Outputs_that_are_open_are_closed_when_another_cannot_be_opened()
    {
        var page = new Page();
        var reader = MemoryReader.Numbered(4);
        var graph = new Graphs()
            .Add("read", reader)
            .Add("write", new MemoryWriter { Page = page }, "read")
            .Add("broken", new MemoryWriter { OnOpen = () => Throw(now: true) }, "read");
        await Assert.ThrowsAsync<IOException>(() => graph.RunAsync());
        Assert.True(page.IsClosed && reader.Log.IsClosed);
        Assert.Empty(reader.Log.Keys);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_is_neither_bad_data_nor_a_fault_of_the_program()
    {
        var page = new Page();
        var reader = MemoryReader.Numbered(8) with
        {
            Make = i => i == 6 ? throw new IOException("disk gone") : Samples.Of($"k{i:D4}"),
        };
        var graph = new Graphs()
            .Add("read", reader, ErrorPolicy.Reject)
            .Add("write", new MemoryWriter { Page = page }, "read");
        Assert.Equal("disk gone", (await Assert.ThrowsAsync<IOException>(() => graph.RunAsync())).Message);
        Assert.Equal(4, page.Lines.Count);
    }

    [Theory]
    [InlineData(4, "one of samples 'k0004' to 'k0007' in stage 'write'")]
    [InlineData(1, "sample 'k0004' in stage 'write'")]
    public async Task Bad_data_that_shows_when_it_is_written_is_placed_where_it_was_found(int chunk, string place)
    {
        var graph = new Graphs { Chunks = new(chunk) }
            .Add("read", MemoryReader.Numbered(8))
            .Add("write", new MemoryWriter
            {
                OnEncode = samples => _ = samples[0].Key == "k0004" ? throw Samples.Bad("mask") : 0,
            }, "read");
        var e = await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.Equal(place, e.Problems[0].Record);
    }

    [Fact]
    public async Task Closing_that_fails_does_not_cover_up_what_ended_the_run()
    {
        var page = new Page();
        var broken = new MemoryWriter { OnClose = () => Throw(now: true) };
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(4))
            .Add("write", new MemoryWriter { Page = page }, "read")
            .Add("broken", broken, "read");
        Assert.Equal("disk full", (await Assert.ThrowsAsync<IOException>(() => graph.RunAsync())).Message);
        Assert.True(page.IsFinished && page.IsClosed);
        graph.Add("bad", new MemoryWriter { OnAppend = _ => throw Samples.Bad("first") }, "read");
        await Assert.ThrowsAsync<BadDataException>(() => graph.RunAsync());
        Assert.True(page.IsClosed);
    }

    [Fact]
    public async Task A_listener_that_throws_fails_the_run_before_anything_is_finished()
    {
        var page = new Page();
        var graph = new Graphs()
            .Add("read", MemoryReader.Numbered(400))
            .Add("write", new MemoryWriter { Page = page }, "read");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => graph.RunAsync(progress: p => Throw(p.DoneSamples == 40)));
        Assert.False(page.IsFinished);
        Assert.True(page.IsClosed);
    }

    [Fact]
    public async Task Progress_tells_every_commit_with_exact_totals()
    {
        var heard = new List<RunProgress>();
        await new Graphs()
            .Add("read", MemoryReader.Numbered(10))
            .Add("some", Select.Where(key => key != "k0003"), "read")
            .Add("write", new MemoryWriter(), "some")
            .RunAsync(workers: 8, progress: heard.Add);
        (string, long, long)[] expected =
            [("plan", 0, 0), ("run", 0, 9), ("run", 4, 9), ("run", 8, 9), ("run", 9, 9), ("finish", 9, 9)];
        Assert.Equal(expected, heard.Select(p => (p.Phase, p.DoneSamples, p.TotalSamples)));
    }

    private static void CancelAt(int number, int chunk, CancellationTokenSource cancel)
    {
        if (number == chunk) cancel.Cancel();
    }

    private static void Throw(bool now)
    {
        if (now) throw new IOException("disk full");
    }
}
