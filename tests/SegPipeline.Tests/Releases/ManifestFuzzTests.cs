using System.Text;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Comparison;
using SegPipeline.Detection;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Formats;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>Manifests that something changed, in the hands of everything that reads one.</summary>
[Trait("Category", "Fuzz")]
public sealed class ManifestFuzzTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_manifest_is_read_or_refused()
    {
        byte[] good = await ReleaseAsync("a");
        await ReleaseAsync("b");
        var fuzzer = new MutationFuzzer("manifest", [good])
        {
            MaxAllocatedBytes = 1 << 25,
            OrdinaryInputs = 500,
            Spoil = new JsonSpoiler(Encoding.UTF8.GetString(good), "\"files\": [", "\"stage\": ").Spoil,
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_temp["b/MANIFEST.json"], input);
            DatasetDetection.Detect(_temp["b"]);
            bool isChanged = !input.AsSpan().SequenceEqual(good);
            Assert.Equal(isChanged, !ReleaseCheck.Verify(_temp["b"]).Findings.IsEmpty);
            ReleaseLedger.Read(_temp["b"]);
            ManifestFigures.Read(_temp["b"]);
            ReleaseComparison.Compare(
                InputPath.Of(_temp["a"]), InputPath.Of(_temp["b"]), mostKept: 3, CancellationToken.None);
            return true;
        });
    }

    [Theory]
    [InlineData("2")]
    [InlineData("1.0")]
    [InlineData("null")]
    [InlineData("""
        "\ud800"
        """)]
    public void A_manifest_of_another_format_is_refused_whatever_it_calls_it(string version)
    {
        string path = _temp.Write("MANIFEST.json", $$"""{"segpipe_manifest":{{version}}}""");
        var refused = Assert.Throws<BadDataException>(() => ManifestFile.Read(path));
        Assert.Contains($"has format {version}, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_checksums_is_read_or_refused()
    {
        await ReleaseAsync("b");
        byte[] good = File.ReadAllBytes(_temp["b/SHA256SUMS"]);
        var fuzzer = new MutationFuzzer("checksums", [good]) { MaxAllocatedBytes = 1 << 25, OrdinaryInputs = 500 };
        fuzzer.Run(input =>
        {
            File.WriteAllBytes(_temp["b/SHA256SUMS"], input);
            bool isSame = Encoding.UTF8.GetString(input).TrimEnd('\n') == Encoding.UTF8.GetString(good).TrimEnd('\n');
            Assert.True(isSame || ReleaseCheck.Verify(_temp["b"]).Findings.Length > 0);
        });
    }

    private async Task<byte[]> ReleaseAsync(string to)
    {
        var pipeline = new ResumablePipeline(_temp,
            "scenes: { read.synthetic: { count: 3, width: 16, height: 16 } }",
            "out: { write.coco: { file: set.json } }");
        await pipeline.RunAsync(to, JournalStart.Anew, workers: 1);
        return File.ReadAllBytes(_temp[to + "/MANIFEST.json"]);
    }
}
