using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;
using Xunit.Abstractions;

namespace SegPipeline.Tests.Engine;

/// <summary>
/// A writer that is slower than everything before it: it comes to a stop now and then, until nothing more is made. What
/// was made by then and not yet written is what a run holds.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class UnderLoadTests(ITestOutputHelper output)
{
    private const int SampleBytes = 8 << 10;

    [Fact]
    public async Task Two_hundred_thousand_samples_before_a_slow_writer_stay_within_the_budget()
    {
        const int window = 1_000, budgetBytes = 16 << 20;
        var load = new Load(samples: 200_000, stops: 5);
        long before = ResidentBytes();
        await load.RunAsync(window, budgetBytes);
        output.WriteLine($"held {load.MostHeldBytes >> 10} kB; resident {before >> 20} MB before, at most " +
            $"{load.MostResidentBytes >> 20} MB");
        Assert.Equal(200_000, load.Written);
        // The lane of the writer holds what it was given until it is written: that counts as well.
        Assert.InRange(load.MostHeldBytes, budgetBytes / 2, budgetBytes + (1 << 20));
        // All samples together would be 1.6 GB.
        Assert.InRange(load.MostResidentBytes - before, long.MinValue, 600L << 20);
    }

    [Fact]
    public async Task The_window_holds_where_the_budget_does_not()
    {
        var load = new Load(samples: 20_000, stops: 3);
        await load.RunAsync(window: 4, memoryBytes: long.MaxValue);
        Assert.Equal(20_000, load.Written);
        Assert.InRange(load.MostHeldBytes, 1, 4 * Load.ChunkSamples * SampleBytes);
    }

    [Fact]
    public async Task Without_window_and_budget_everything_piles_up()
    {
        var load = new Load(samples: 20_000, stops: 1);
        await load.RunAsync(window: int.MaxValue, memoryBytes: long.MaxValue);
        Assert.InRange(load.MostHeldBytes, 19_000L * SampleBytes, long.MaxValue);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }

    /// <summary>A run with a writer that stops.</summary>
    private sealed class Load(int samples, int stops)
    {
        public const int ChunkSamples = 32;

        private long _made;

        public long Written { get; private set; }

        public long MostHeldBytes { get; private set; }

        public long MostResidentBytes { get; private set; }

        public async Task RunAsync(int window, long memoryBytes) => await new Graphs { Chunks = new(ChunkSamples) }
            .Add("read", MemoryReader.Numbered(samples) with { CostBytes = _ => SampleBytes, Make = Make })
            .Add("write", new SlowWriter(Append), "read")
            .RunAsync(workers: 4, window, memoryBytes);

        private Sample Make(int index)
        {
            Interlocked.Increment(ref _made);
            return new Sample
            {
                Key = $"k{index:D4}",
                Instances = [],
                ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add(
                    "load", new string('x', SampleBytes / sizeof(char))),
            };
        }

        private void Append(int count)
        {
            int every = samples / stops;
            if (Written / every != (Written - count) / every || Written == 0) Stop();
            Written += count;
        }

        private void Stop()
        {
            long made;
            do
            {
                made = Interlocked.Read(ref _made);
                Thread.Sleep(200);
            }
            while (Interlocked.Read(ref _made) != made);
            MostHeldBytes = Math.Max(MostHeldBytes, (made - Written) * SampleBytes);
            MostResidentBytes = Math.Max(MostResidentBytes, Environment.WorkingSet);
        }
    }

    private sealed record SlowWriter(Action<int> OnAppend) : Writer
    {
        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            new Output(OnAppend);

        private sealed class Output(Action<int> onAppend) : OpenOutput
        {
            public override object Encode(IReadOnlyList<Sample> samples) => samples.ToArray();

            public override void Append(object encoded) => onAppend(((Sample[])encoded).Length);

            public override void Finish() { }
        }
    }
}
