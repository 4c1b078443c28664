using System.Diagnostics;
using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;
using Xunit.Sdk;

namespace SegPipeline.Tests.Support;

/// <summary>The matrix of runs that must give the same bytes finds a stage that is not the same every time.</summary>
public sealed class SameBytesMatrixTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public Task A_stage_that_goes_by_its_sample_alone_passes() => CheckAsync(() => sample => sample.Key);

    [Fact]
    public async Task A_stage_that_goes_by_the_worker_is_found()
    {
        // Where chance puts every run on the same thread, there is nothing to be found.
        Exception? found = null;
        for (int attempt = 0; attempt < 20 && found is null; attempt++)
            found = await Record.ExceptionAsync(() => CheckAsync(() =>
                _ => Environment.CurrentManagedThreadId.ToString(CultureInfo.InvariantCulture)));
        Assert.IsType<EqualException>(found);
    }

    [Fact]
    public async Task A_stage_that_counts_what_passed_before_in_its_run_or_shard_is_found() =>
        await Assert.ThrowsAsync<EqualException>(() => CheckAsync(() =>
        {
            int seen = 0;
            return _ => Interlocked.Increment(ref seen).ToString(CultureInfo.InvariantCulture);
        }));

    [Fact]
    public async Task A_stage_that_goes_by_the_time_is_found() => await Assert.ThrowsAsync<EqualException>(() =>
        CheckAsync(() => _ => Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)));

    private Task CheckAsync(Func<Func<Sample, string>> note)
    {
        string file = _temp.Write("p.yaml", """
            segpipe: 1
            name: p
            stages:
              all: { read.synthetic: { count: 42, width: 16, height: 16, photo: none } }
              noted: { drop_crowds: {} }
              out: { write.coco: { file: a.json } }
            release: { to: out }
            """);
        var matrix = new SameBytesMatrix(_temp, file, new Dictionary<string, string>(), graph => graph with
        {
            Nodes = graph.Nodes.SetItem(1, graph.Nodes[1] with { Stage = new Noting(note) }),
        });
        return matrix.CheckAsync();
    }

    /// <summary>Puts a note on every sample.</summary>
    /// <param name="Note">Begins a run, and then gives the note of a sample.</param>
    private sealed record Noting(Func<Func<Sample, string>> Note) : Transform
    {
        public override bool KeepsSamples => true;

        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
        {
            Func<Sample, string> noteOf = Note();
            return (sample, output) => output.Emit(sample with
            {
                ExtraMembers = sample.ExtraMembers.SetItem("note", $"\"{noteOf(sample)}\""),
            });
        }
    }
}
