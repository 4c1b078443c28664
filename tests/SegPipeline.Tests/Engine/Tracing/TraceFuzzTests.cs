using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Tracing;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Engine.Tracing;

/// <summary>Traces that somebody has changed, with check sums that are right.</summary>
[Trait("Category", "Fuzz")]
public sealed class TraceFuzzTests : IDisposable
{
    private const string Release = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("header", 0)]
    [InlineData("chunk", 1)]
    public async Task A_trace_that_was_changed_is_read_or_refused(string name, int changed)
    {
        List<byte[]> records = await RecordsAsync();
        using TraceFile good = Open(records)!;
        using (TraceFile same = Open(records)!) Assert.Null(Compare(good, same));
        var fuzzer = new MutationFuzzer("trace " + name, [records[changed]])
        {
            MaxAllocatedBytes = 1 << 22,
            OrdinaryInputs = 1_000,
        };
        fuzzer.RunRefusing(input =>
        {
            using TraceFile? trace = Open([.. records[..changed], input, .. records[(changed + 1)..]]);
            if (trace is null) return false;
            Compare(good, trace);
            return true;
        });
    }

    private static TraceDifference? Compare(TraceFile first, TraceFile second) =>
        TraceComparison.Compare(first, second, TracedInputs.Same, CancellationToken.None);

    private async Task<List<byte[]>> RecordsAsync()
    {
        PipelineGraph graph = new Graphs()
            .Add("read", MemoryReader.Numbered(12) with { Make = i => Samples.Of($"k{i:D4}", instances: 3) })
            .Add("next", Apply.Nothing, "read")
            .Add("write", new MemoryWriter(), "next").Graph;
        using (var trace = new RunTrace(File.Create(_temp["trace"]), TraceDetail.Instances))
        {
            await Graphs.RunAsync(graph, new RunOptions { Release = new NoRelease(), Trace = trace });
            trace.Seal(Release);
        }
        using var log = new JournalLog(File.OpenRead(_temp["trace"]));
        var records = new List<byte[]>();
        while (log.Read() is { } record) records.Add(record);
        return records;
    }

    private TraceFile? Open(IEnumerable<byte[]> records)
    {
        string path = _temp["changed"];
        File.Delete(path);
        using (var log = new JournalLog(File.Create(path)))
            foreach (byte[] record in records) log.Append(record);
        return TraceFile.Open(path, Release);
    }
}
