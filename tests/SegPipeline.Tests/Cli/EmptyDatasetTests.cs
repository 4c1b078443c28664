using System.Text.Json;
using SegPipeline.Detection;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A dataset of nothing is a dataset: a part that drew no image, an export of what nothing fits.</summary>
public sealed class EmptyDatasetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public EmptyDatasetTests() =>
        _folder.Write("none.json", """{"images": [], "annotations": [], "categories": []}""");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inspect none.json --json")]
    [InlineData("inspect none.json --json --format coco")]
    public async Task It_is_inspected_and_has_nothing(string line)
    {
        CliRun run = await CliRun.InAsync(_folder.Path, line.Split(' '));
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement found = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((0, 0), (found.GetProperty("images").GetInt32(), found.GetProperty("instances").GetInt32()));
        Assert.Empty(found.GetProperty("findings").EnumerateArray());
        Assert.Contains("images                 0", (await CliRun.InAsync(_folder.Path, "inspect", "none.json")).Lines);
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("parquet")]
    [InlineData("yolo")]
    [InlineData("label_maps")]
    public async Task It_is_converted_to_one_of_nothing(string format)
    {
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "none.json", "out", "--to", format);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "verify", "out")).ExitCode);
        if (format != "coco") return;
        string written = File.ReadAllText(_folder["out/annotations/instances.json"]);
        Assert.Equal(0, JsonDocument.Parse(written).RootElement.GetProperty("images").GetArrayLength());
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "inspect", "out")).ExitCode);
    }

    [Fact]
    public void What_is_no_list_of_images_and_annotations_is_none()
    {
        foreach (string text in (string[])["""{"images": []}""", """{"images": [{"a": 1}], "annotations": []}"""])
            Assert.Empty(DatasetDetection.Detect(_folder.Write("other.json", text)).Candidates);
    }
}
