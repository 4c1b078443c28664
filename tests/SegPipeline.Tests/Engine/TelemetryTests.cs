using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>What monitoring tools are told is what the ledger and the release say.</summary>
[Collection(nameof(RunsAlone))]
public sealed class TelemetryTests : IDisposable
{
    private const string Scenes = """
        segpipe: 1
        name: watched-scenes
        stages:
          scenes: { read.synthetic: { count: 90, width: 32, height: 24 } }
          out:    { write.coco: { file: scenes.json, images: copy } }
        release: { to: scenes }
        """;

    private const string Pipeline = """
        segpipe: 1
        name: watched
        chunks: { samples: 4 }
        stages:
          scenes: { read.coco: { annotations: scenes/scenes.json, images: scenes/images } }
          chosen: { sample: { count: 40, stratify: category } }
          clean:  { drop_crowds: {} }
          broken: { on_error: reject, downsample: { longest: 16 } }
          out:    { write.coco: { file: out.json, images: copy } }
          bad:    { from: errors, write.jsonl: { file: rejects.jsonl } }
        release: { to: out }
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Samples_and_instances_of_each_stage_are_those_of_the_ledger()
    {
        await MakeScenesAsync();
        using var watch = new Watch();
        await RunAsync();
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(_temp["out/MANIFEST.json"]));
        JsonElement[] ledger = [.. manifest.RootElement.GetProperty("ledger").EnumerateArray()];
        Assert.Equal(6, ledger.Length);
        foreach (JsonElement entry in ledger)
        {
            string stage = entry.GetProperty("stage").GetString()!;
            foreach (string what in (string[])["samples", "instances"])
                foreach (string way in (string[])["in", "out"])
                    Assert.Equal(entry.GetProperty(what).GetProperty(way).GetInt64(),
                        watch.Sum($"segpipeline.{what}.{way}", "stage", stage));
        }
        Assert.True(watch.Sum("segpipeline.samples.in", "stage", "clean") == 40);
        Assert.Equal("read.coco", watch.TagOf("segpipeline.samples.out", "stage", "scenes", "kind"));
    }

    [Fact]
    public async Task Rejected_samples_are_told()
    {
        await MakeScenesAsync();
        foreach (string photo in Directory.GetFiles(_temp["scenes/images"]).Order(StringComparer.Ordinal).Take(3))
            File.WriteAllText(photo, "no picture");
        _temp.Write("reject.yaml", """
            segpipe: 1
            name: rejecting
            stages:
              scenes: { read.coco: { annotations: scenes/scenes.json, images: scenes/images } }
              sound:  { on_error: reject, verify_media: {} }
              out:    { write.coco: { file: out.json } }
              bad:    { from: errors, write.jsonl: { file: rejects.jsonl } }
            release: { to: rejecting }
            """);
        using var watch = new Watch();
        CliRun run = await CliRun.InAsync(_temp.Path, "run", "reject.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(3, watch.Sum("segpipeline.samples.rejected", "stage", "sound"));
        Assert.Equal(3, File.ReadLines(_temp["rejecting/rejects.jsonl"]).Count());
    }

    [Fact]
    public async Task Bytes_written_are_those_of_the_release()
    {
        await MakeScenesAsync();
        using var watch = new Watch();
        await RunAsync();
        long bytes = Directory.EnumerateFiles(_temp["out"], "*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        Assert.Equal(bytes, watch.Sum("segpipeline.written.bytes"));
        Assert.InRange(watch.Sum("segpipeline.read.bytes"),
            new FileInfo(_temp["scenes/scenes.json"]).Length, long.MaxValue);
        Assert.InRange(watch.Sum("segpipeline.journal.bytes"), 1, long.MaxValue);
    }

    [Fact]
    public async Task A_run_without_a_journal_tells_of_no_journal()
    {
        await MakeScenesAsync();
        using var watch = new Watch();
        await RunAsync("--no-journal");
        Assert.Equal(0, watch.Sum("segpipeline.journal.bytes"));
    }

    [Fact]
    public async Task Chunks_and_the_time_of_workers_are_counted_and_gauges_vanish_with_the_run()
    {
        await MakeScenesAsync();
        using var watch = new Watch();
        await RunAsync("--workers", "2");
        int chunks = Activities(watch, "chunk").Length;
        Assert.Equal(chunks, watch.Sum("segpipeline.chunks.committed", "pipeline", "watched"));
        Assert.InRange(watch.Seconds, double.Epsilon, 600);
        watch.Observe();
        Assert.Equal(0, watch.Sum("segpipeline.commit.lag", "pipeline", "watched"));
        Assert.Equal(0, watch.Sum("segpipeline.workers.limit", "pipeline", "watched"));
    }

    [Fact]
    public async Task Gauges_of_a_run_can_be_seen_while_it_runs()
    {
        await MakeScenesAsync();
        using var watch = new Watch { ObservesAtEveryChunk = true };
        await RunAsync("--workers", "2", "--window", "3");
        Assert.InRange(watch.Most("segpipeline.commit.lag"), 1, 3);
        Assert.InRange(watch.Most("segpipeline.workers.busy"), 1, 2);
        Assert.Equal(2, watch.Most("segpipeline.workers.limit"));
        Assert.InRange(watch.Most("segpipeline.workers.busy_share"), 0.5, 1);
    }

    [Fact]
    public async Task A_run_is_an_activity_with_its_plan_its_surveys_and_its_chunks_in_it()
    {
        await MakeScenesAsync();
        using var watch = new Watch();
        await RunAsync();
        Activity run = Assert.Single(Activities(watch, "run"));
        Activity survey = Assert.Single(Activities(watch, "survey chosen"));
        Assert.Equal("watched", run.GetTagItem("pipeline"));
        Assert.Equal(run.SpanId, Assert.Single(Activities(watch, "plan")).ParentSpanId);
        Assert.Equal(run.SpanId, survey.ParentSpanId);
        Activity[] chunks = Activities(watch, "chunk");
        Assert.All(chunks, chunk => Assert.True(
            chunk.ParentSpanId == run.SpanId || chunk.ParentSpanId == survey.SpanId));
        Activity[] ofRun = [.. chunks.Where(chunk => chunk.ParentSpanId == run.SpanId)];
        Assert.Equal((int)run.GetTagItem("chunks")!, ofRun.Length);
        Assert.Equal(ofRun.Length, ofRun.Select(chunk => chunk.GetTagItem("chunk")).Distinct().Count());
        Assert.Equal(90, ofRun.Sum(chunk => (int)chunk.GetTagItem("samples")!));
    }

    [Fact]
    public async Task A_run_that_fails_is_an_activity_with_an_error()
    {
        await MakeScenesAsync();
        File.WriteAllText(_temp["scenes/scenes.json"], "{");
        _temp.Write("watched.yaml", Pipeline);
        using var watch = new Watch();
        CliRun run = await CliRun.InAsync(_temp.Path, "run", "watched.yaml", "--quiet");
        Assert.Equal(65, run.ExitCode);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(Activities(watch, "run")).Status);
    }

    private static Activity[] Activities(Watch watch, string name) =>
        [.. watch.Activities.Where(a => a.OperationName == name)];

    private Task MakeScenesAsync() => RunFileAsync("scenes.yaml", Scenes);

    private Task RunAsync(params string[] arguments) => RunFileAsync("watched.yaml", Pipeline, arguments);

    private async Task RunFileAsync(string file, string pipeline, params string[] arguments)
    {
        _temp.Write(file, pipeline);
        CliRun run = await CliRun.InAsync(_temp.Path, ["run", file, "--quiet", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>Listens to everything.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly ConcurrentBag<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _told = [];
        private readonly MeterListener _meters = new();
        private readonly ActivityListener _spans;

        public Watch()
        {
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
            };
            _meters.SetMeasurementEventCallback<long>((i, value, tags, _) => Tell(i, value, tags));
            _meters.SetMeasurementEventCallback<int>((i, value, tags, _) => Tell(i, value, tags));
            _meters.SetMeasurementEventCallback<double>((i, value, tags, _) => Tell(i, value, tags));
            _meters.Start();
            _spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    Activities.Add(activity);
                    if (ObservesAtEveryChunk && activity.OperationName == "chunk") Observe();
                },
            };
            ActivitySource.AddActivityListener(_spans);
        }

        public ConcurrentBag<Activity> Activities { get; } = [];

        public bool ObservesAtEveryChunk { get; init; }

        public double Seconds => _told.Where(t => t.Name == "segpipeline.workers.busy_time").Sum(t => t.Value);

        public void Observe() => _meters.RecordObservableInstruments();

        public long Sum(string name) => (long)_told.Where(t => t.Name == name).Sum(t => t.Value);

        public long Sum(string name, string tag, string value) =>
            (long)_told.Where(t => t.Name == name && Has(t.Tags, tag, value)).Sum(t => t.Value);

        public double Most(string name) => _told.Where(t => t.Name == name).Max(t => t.Value);

        public object? TagOf(string name, string tag, string value, string other) => _told
            .First(t => t.Name == name && Has(t.Tags, tag, value)).Tags.Single(t => t.Key == other).Value;

        public void Dispose()
        {
            _meters.Dispose();
            _spans.Dispose();
        }

        private void Tell(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _told.Add((instrument.Name, value, tags.ToArray()));

        private static bool Has(KeyValuePair<string, object?>[] tags, string tag, string value) =>
            tags.Contains(new KeyValuePair<string, object?>(tag, value));
    }
}
