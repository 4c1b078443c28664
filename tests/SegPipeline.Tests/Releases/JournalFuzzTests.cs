using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>Journals of interrupted runs that something changed: whatever is left of one, the release is the
/// same.</summary>
[Trait("Category", "Fuzz")]
public sealed class JournalFuzzTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_run_that_goes_on_with_a_changed_journal_makes_the_same_release()
    {
        var pipeline = new ResumablePipeline(_temp,
            "in: { read.synthetic: { count: 12, width: 16, height: 16 } }", "out: { write.coco: { file: a.json } }");
        await pipeline.RunAsync("whole", JournalStart.Anew, workers: 1);
        string whole = ShippedPipeline.DigestOf(_temp["whole"]);
        await pipeline.InterruptAsync("out", JournalStart.Anew, workers: 1, afterSamples: 6);
        string staging = Assert.Single(Directory.GetDirectories(_temp.Path, ".out.partial-*"));
        byte[] good = File.ReadAllBytes(Path.Combine(staging, "journal"));
        int resumed = 0;
        // A run allocates on many threads; only what this one does is seen.
        var fuzzer = new MutationFuzzer("journal", [good]) { MaxAllocatedBytes = 1 << 26, OrdinaryInputs = 60 };
        int inputs = fuzzer.Run(input =>
        {
            Directory.CreateDirectory(Path.Combine(staging, "files"));
            Directory.CreateDirectory(Path.Combine(staging, "scratch"));
            File.WriteAllBytes(Path.Combine(staging, "journal"), input);
            RunResult result = pipeline.RunAsync("out", JournalStart.Resume, workers: 1).GetAwaiter().GetResult();
            Assert.Equal(whole, ShippedPipeline.DigestOf(_temp["out"]));
            if (result.ChunksResumed > 0) resumed++;
        });
        Assert.True(resumed >= inputs / 20, $"{resumed} of {inputs} went on");
    }
}
