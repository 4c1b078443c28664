using SegPipeline.Engine;
using SegPipeline.Engine.Running;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>How many chunks are under way at once, and how much memory they may take.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task A_chunk_waits_for_room_in_the_window()
    {
        var admission = new Admission(window: 2, budgetBytes: 100);
        await admission.EnterAsync(1, default);
        await admission.EnterAsync(1, default);
        Task third = admission.EnterAsync(1, default);
        Assert.False(third.IsCompleted);
        admission.Leave(1);
        await third.WaitAsync(Graphs.Limit);
    }

    [Fact]
    public async Task A_chunk_above_the_budget_runs_alone()
    {
        var admission = new Admission(window: 9, budgetBytes: 10);
        await admission.EnterAsync(4, default);
        Task large = admission.EnterAsync(1000, default);
        Assert.False(large.IsCompleted);
        admission.Leave(4);
        await large.WaitAsync(Graphs.Limit);
        Task small = admission.EnterAsync(0, default);
        Assert.False(small.IsCompleted);
        admission.Leave(1000);
        await small.WaitAsync(Graphs.Limit);
    }

    [Fact]
    public async Task Waiting_ends_when_the_run_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var admission = new Admission(window: 1, budgetBytes: 10);
        await admission.EnterAsync(4, cancel.Token);
        Task waiting = admission.EnterAsync(4, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Graphs.Limit));
    }

    [Fact]
    public async Task What_is_under_way_never_costs_more_than_the_budget_unless_it_is_one_chunk()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = SampleRank.Stream(seed, "memory", "");
            long[] costs = [.. Enumerable.Range(0, 60).Select(_ => (long)random.NextInt(0, 40))];
            long budget = random.NextInt(1, 100);
            var watch = new CostWatch(budget);
            var reader = MemoryReader.Numbered(costs.Length) with
            {
                CostBytes = i => costs[i],
                Make = i =>
                {
                    watch.Begin(costs[i]);
                    return Samples.Of($"k{i:D4}");
                },
            };
            await new Graphs { Chunks = new(Samples: 1) }
                .Add("read", reader)
                .Add("write", new MemoryWriter { OnAppend = i => watch.End(costs[i]) }, "read")
                .RunAsync(workers: random.NextInt(1, 9), window: random.NextInt(1, 20), memoryBytes: budget);
            Assert.Null(watch.Breach);
        }
    }

    [Fact]
    public async Task No_more_chunks_are_inside_a_stage_than_it_allows()
    {
        int inside = 0, breaches = 0;
        var reader = MemoryReader.Numbered(4);
        var narrow = new Apply((sample, output) =>
        {
            Interlocked.Increment(ref inside);
            // Time for the others to come in, if they were let: a stage that holds them back is waited for in vain.
            SpinWait.SpinUntil(() => reader.Log.Keys.Length == 4, Graphs.Limit);
            if (SpinWait.SpinUntil(() => Volatile.Read(ref inside) > 2, millisecondsTimeout: 30))
                Interlocked.Increment(ref breaches);
            Interlocked.Decrement(ref inside);
            output.Emit(sample);
        });
        await new Graphs { Chunks = new(Samples: 1) }
            .Add("read", reader)
            .Add("narrow", narrow, "read").With(node => node with { Concurrency = 2 })
            .Add("write", new MemoryWriter(), "narrow")
            .RunAsync(workers: 4, window: 4);
        Assert.Equal(0, breaches);
    }

    /// <summary>Watches what chunks of one sample cost while they are under way.</summary>
    private sealed class CostWatch(long budget)
    {
        private readonly Lock _lock = new();
        private long _bytes;
        private int _chunks;

        public string? Breach { get; private set; }

        public void Begin(long cost)
        {
            lock (_lock)
            {
                _bytes += cost;
                _chunks++;
                if (_bytes > budget && _chunks > 1) Breach = $"{_bytes} bytes in {_chunks} chunks, budget {budget}";
            }
        }

        public void End(long cost)
        {
            lock (_lock)
            {
                _bytes -= cost;
                _chunks--;
            }
        }
    }
}
