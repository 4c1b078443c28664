using System.Text;
using SegPipeline.Releases.Shards;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Formats;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>Frozen plans that something changed on their way between machines.</summary>
[Trait("Category", "Fuzz")]
public sealed class PlanFileFuzzTests : IDisposable
{
    private readonly CocoSet _set = new(images: 30);

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task A_plan_is_read_as_it_was_written_or_refused()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }",
            "some: { sample: { count: 20, stratify: category } }", "out: { write.coco: { file: set.json } }");
        CliRun run = await CliRun.InAsync(_set.Path, "plan", "p.yaml", "--freeze", "plan.json");
        Assert.True(run.ExitCode == 0, run.Error);
        byte[] good = File.ReadAllBytes(_set["plan.json"]);
        string digest = PlanFileJson.Read(_set["plan.json"]).Digest;
        var fuzzer = new MutationFuzzer("plan", [good])
        {
            MaxAllocatedBytes = 1 << 25,
            Spoil = new JsonSpoiler(Encoding.UTF8.GetString(good), "\"inputs\": [").Spoil,
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_set["plan.json"], input);
            Assert.Equal(digest, PlanFileJson.Read(_set["plan.json"]).Digest);
            return true;
        });
    }
}
