using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using SegPipeline.Model;
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
    public async Task A_plan_whose_surveys_unpack_without_end_is_refused()
    {
        byte[] good = await FreezeAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            for (int i = 0; i <= 512; i++) gzip.Write(new byte[1 << 20]);
        File.WriteAllText(_set["plan.json"], Regex.Replace(Encoding.UTF8.GetString(good),
            "\"surveys_gzip\": \"[^\"]*\"", $"\"surveys_gzip\": \"{Convert.ToBase64String(packed.ToArray())}\""));
        Problem problem = Assert.Throws<BadDataException>(() => PlanFileJson.Read(_set["plan.json"])).Problems[0];
        Assert.Equal("what surveys gathered has more than 536870912 bytes",
            problem.Message);
    }

    [Fact]
    public async Task A_plan_is_read_as_it_was_written_or_refused()
    {
        byte[] good = await FreezeAsync();
        string digest = PlanFileJson.Read(_set["plan.json"]).Digest;
        var fuzzer = new MutationFuzzer("plan", [good])
        {
            MaxAllocatedBytes = 1 << 25,
            OrdinaryInputs = 1_500,
            Spoil = new JsonSpoiler(Encoding.UTF8.GetString(good), "\"inputs\": [").Spoil,
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_set["plan.json"], input);
            Assert.Equal(digest, PlanFileJson.Read(_set["plan.json"]).Digest);
            return true;
        });
    }

    private async Task<byte[]> FreezeAsync()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }",
            "some: { sample: { count: 20, stratify: category } }", "out: { write.coco: { file: set.json } }");
        CliRun run = await CliRun.InAsync(_set.Path, "plan", "p.yaml", "--freeze", "plan.json");
        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllBytes(_set["plan.json"]);
    }
}
