using SegPipeline.Engine;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Engine.Tracing;

/// <summary>Two runs of one graph are held against each other; of one with a stage that is not the same every time,
/// the first difference is that stage's.</summary>
public sealed class RunTraceTests : IDisposable
{
    private const string Release = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly TempFolder _temp = new();
    private int _run;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Runs_that_differ_in_workers_and_window_only_are_the_same()
    {
        Assert.Null(await DifferenceAsync(Graph(Apply.Nothing)));
    }

    [Fact]
    public async Task The_first_port_sample_and_instance_that_differ_are_those_of_the_stage_at_fault()
    {
        TraceDifference? found = await DifferenceAsync(Graph(Wavering(sample => sample.Key is "k0013" or "k0030"
            ? sample with { Instances = sample.Instances.SetItem(1, sample.Instances[1] with { Score = 0.5 }) }
            : sample)));
        Assert.Equal(
            new TraceDifference(3, "middle.out") { Key = "k0013", Instance = "1", What = "it differs" }, found);
        Assert.Equal("chunk 3, middle.out, sample 'k0013', annotation 1: it differs", found!.ToString());
    }

    [Fact]
    public async Task A_sample_of_other_frames_is_told_without_an_instance()
    {
        TraceDifference? found = await DifferenceAsync(Graph(Wavering(sample => sample.Key == "k0007"
            ? sample with { Frames = [new Frame("other.jpg", 1, 1)] }
            : sample)));
        Assert.Equal(("middle.out", "k0007", null, "its frames or members differ"),
            (found!.Edge, found.Key, found.Instance, found.What));
    }

    [Fact]
    public async Task A_sample_that_was_dropped_once_is_told()
    {
        var middle = new Apply((sample, output) =>
        {
            if (_run == 2 && sample.Key == "k0009") output.DropSample("by chance");
            else output.Emit(sample);
        });
        TraceDifference? found = await DifferenceAsync(Graph(middle));
        Assert.Equal((2, "middle.out", "k0009", "the second run had sample 'k0010' in its place"),
            (found!.Chunk, found.Edge, found.Key, found.What));
    }

    [Fact]
    public async Task A_sample_that_was_rejected_once_is_told_at_the_port_it_is_missing_from()
    {
        TraceDifference? found = await DifferenceAsync(Graph(
            Wavering(sample => sample.Key == "k0011" ? throw Samples.Bad("k0011") : sample), ErrorPolicy.Reject));
        Assert.Equal(("middle.out", "k0011", "was there in the first run only"), (found!.Edge, found.Key, found.What));
    }

    [Fact]
    public async Task Of_a_sample_that_is_looked_up_the_stage_on_its_way_is_told_and_not_the_join()
    {
        PipelineGraph graph = new Graphs()
            .Add("a", MemoryReader.Numbered(20))
            .Add("b", MemoryReader.Numbered(20) with { Make = i => Samples.Of($"k{i:D4}", instances: 2) })
            .Add("wavers", Wavering(sample => sample.Key == "k0005" ? sample with { Instances = [] } : sample,
                drops: 2), "b")
            .Add("join", Align.Together(JoinKeys.First), "a", "wavers")
            .Add("write", new MemoryWriter(), "join").Graph;
        TraceDifference? found = await DifferenceAsync(graph);
        Assert.Equal((1, "wavers.out", "k0005"), (found!.Chunk, found.Edge, found.Key));
    }

    [Fact]
    public async Task What_a_writer_encodes_is_compared_too()
    {
        PipelineGraph graph = new Graphs()
            .Add("a", MemoryReader.Numbered(20))
            .Add("write", new Jotter(() => _run), "a").Graph;
        TraceDifference? found = await DifferenceAsync(graph);
        Assert.Equal((0, "write", null, "what the writer encoded differs"),
            (found!.Chunk, found.Edge, found.Key, found.What));
    }

    private Apply Wavering(Func<Sample, Sample> second, int drops = 0) => new((sample, output) =>
    {
        Sample made = _run == 2 ? second(sample) : sample;
        if (made.Instances.Length < sample.Instances.Length) output.Count(Tally.InstancesDropped, "by chance", drops);
        output.Emit(made);
    });

    private static PipelineGraph Graph(Stage middle, ErrorPolicy onError = ErrorPolicy.Fail) => new Graphs()
        .Add("read", MemoryReader.Numbered(40) with { Make = i => Samples.Of($"k{i:D4}", instances: 3) })
        .Add("before", Apply.Nothing, "read")
        .Add("middle", middle, onError, "before")
        .Add("after", Apply.Nothing, "middle")
        .Add("write", new MemoryWriter(), "after")
        .Add("rejects", new MemoryWriter(), "errors").Graph;

    private async Task<TraceDifference?> DifferenceAsync(PipelineGraph graph)
    {
        string path = _temp["trace"];
        var options = new RunOptions { Release = new NoRelease() };
        _run = 1;
        using (var trace = new RunTrace(File.Create(path), TraceDetail.Instances))
        {
            await Graphs.RunAsync(graph, options with { Workers = 1, Window = 1, Trace = trace });
            Assert.True(trace.IsWhole);
            trace.Seal(Release);
        }
        using TraceFile first = TraceFile.Open(path, Release)!;
        _run = 2;
        try
        {
            await Graphs.RunAsync(graph, options with
            {
                Workers = 4,
                Window = 16,
                Trace = new RunTrace(Stream.Null, TraceDetail.Instances),
                Against = new TraceCheck(first),
            });
            return null;
        }
        catch (RunsDifferException e)
        {
            return e.Difference;
        }
    }

    private sealed record Jotter(Func<int> Number) : Writer
    {
        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            new Output(Number);

        private sealed class Output(Func<int> number) : OpenOutput
        {
            public override bool IsResumable => true;

            public override object Encode(IReadOnlyList<Sample> samples) => (long)number();

            public override void Append(object encoded)
            {
            }

            public override void Finish()
            {
            }

            public override void Save(object encoded, JournalWriter journal) => journal.Number((long)encoded);
        }
    }
}
