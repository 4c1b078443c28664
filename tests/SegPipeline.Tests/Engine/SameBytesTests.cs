using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>Nothing of how a graph is run shows in what comes out.</summary>
public sealed class SameBytesTests
{
    [Fact]
    public async Task Workers_window_memory_and_delays_change_nothing()
    {
        (string[] lines, string account) = await RunAsync(workers: 1, window: 1, memoryBytes: 0, delaySeed: null);
        Assert.Equal(90, lines.Length);
        int[] windows = [1, 2, 3, 5, 8, 13, 21, 34, 64];
        foreach (int workers in new[] { 1, 2, 8 })
            foreach (int window in windows)
            {
                var other = await RunAsync(workers, window, memoryBytes: window * 9, delaySeed: workers * 100 + window);
                Assert.Equal(lines, other.Lines);
                Assert.Equal(account, other.Account);
            }
    }

    private static async Task<(string[] Lines, string Account)> RunAsync(
        int workers, int window, long memoryBytes, int? delaySeed)
    {
        Page page = new(), errors = new();
        RunResult result = await new Graphs { Chunks = new ChunkLimits(3, 20) }
            .Add("left", Reader("l", 60, delaySeed), ErrorPolicy.Reject)
            .Add("right", Reader("r", 40, delaySeed), ErrorPolicy.Reject)
            .Add("parts", new Apply((s, o) => Split(s, o, delaySeed), "odd", "even"), "left", "right")
            .Add("again", Select.Where(key => !key.EndsWith('4')) with { Look = _ => null }, "parts.even")
            .Add("write", new MemoryWriter
            {
                Page = page,
                OnAppend = number => Delay(delaySeed, $"append{number}"),
            }, "again", "parts.odd")
            .Add("rejects", new MemoryWriter { Page = errors }, "errors")
            .RunAsync(workers, window, memoryBytes);
        string account = string.Join('\n', result.Ledger.Stages
            .Select(s => $"{s} {string.Join(',', s.Samples.Dropped)}")
            .Concat(result.Warnings.Select(w => w.Sentence))
            .Concat(result.Chosen.Select(c => $"{c.Node}.{c.Port}: {string.Join(' ', c.Keys)}")));
        return ([.. page.Lines, .. errors.Lines], account);
    }

    private static MemoryReader Reader(string prefix, int count, int? delaySeed) =>
        MemoryReader.Numbered(count, prefix) with
        {
            CostBytes = i => i % 9,
            Make = i =>
            {
                Delay(delaySeed, $"{prefix}{i}");
                return i % 11 == 5 ? throw Samples.Bad($"{i}") : Samples.Of($"{prefix}{i:D4}", instances: i % 4);
            },
        };

    private static void Split(Sample sample, StageOutput output, int? delaySeed)
    {
        Delay(delaySeed, sample.Key);
        output.Emit(sample, port: (sample.Key[^1] - '0' + 1) % 2);
    }

    private static void Delay(int? seed, string key)
    {
        if (seed is { } s && SampleRank.Stream(s, "delay", key).NextInt(0, 8) == 0) Thread.Sleep(1);
    }
}
