using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Testing;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Pipelines;

public sealed class ShippedPipelineTests
{
    private static readonly string Folder = Path.Combine(SharedData.Root, "pipelines");

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    private static LoadedPipeline Load(string name) =>
        PipelineFile.Load(Path.Combine(Folder, name), new LoadOptions { Environment = _ => null });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_shipped_pipeline_loads_and_passes_its_own_tests(string name)
    {
        LoadedPipeline loaded = Load(name);
        Assert.Empty(loaded.Problems.Select(p => p.ToString()));
        var results = await PipelineTestRun.RunAllAsync(loaded, CancellationToken.None);
        Assert.Empty(results.SelectMany(r => r.Differences).Select(d => d.ToString()));
    }

    [Fact]
    public async Task Every_example_of_the_language_reference_loads_and_passes_its_tests()
    {
        string[] parts = File.ReadAllText(Path.Combine(SharedData.Root, "docs/pipelines.md"))
            .Split("```yaml\n");
        Assert.Equal(4, parts.Length);
        foreach (string part in parts.Skip(1))
        {
            LoadedPipeline loaded = PipelineFile.Parse(
                part.Split("```")[0], "pipelines.md", new LoadOptions { Environment = _ => null });
            Assert.Empty(loaded.Problems.Select(p => p.ToString()));
            var results = await PipelineTestRun.RunAllAsync(loaded, CancellationToken.None);
            Assert.Empty(results.SelectMany(r => r.Differences).Select(d => d.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shipped_pipeline_resolves_to_itself(string name)
    {
        LoadedPipeline loaded = Load(name);
        LoadedPipeline again = PipelineFile.Parse(
            loaded.ResolvedYaml, loaded.File, new LoadOptions { Environment = _ => null });
        Assert.Empty(again.Problems.Select(p => p.ToString()));
        Assert.Equal(loaded.ResolvedYaml, again.ResolvedYaml);
        Assert.Equal(loaded.ConfigDigest, again.ConfigDigest);
    }
}
