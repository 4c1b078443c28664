using SegPipeline.Cli;
using SegPipeline.Cli.Templates;

namespace SegPipeline.Tests.Cli;

public sealed class NewCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public static TheoryData<string> Templates => [.. PipelineTemplate.Names];

    public void Dispose() => _set.Dispose();

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_template_checks_clean(string template)
    {
        CliRun written = await _set.RunAsync("new", "sub/my set.yaml", "--template", template);
        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        string text = File.ReadAllText(_set["sub/my set.yaml"]);
        Assert.Contains("\nname: my-set\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{name}", text, StringComparison.Ordinal);
        CliRun check = await _set.RunAsync("check", "sub/my set.yaml");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public async Task The_usual_template_runs_over_a_dataset_that_is_named()
    {
        Assert.Equal(0, (await _set.RunAsync("new", "sub/mine.yaml", "--data", "instances.json")).ExitCode);
        string text = File.ReadAllText(_set["sub/mine.yaml"]);
        Assert.Contains("path: \"../instances.json\"", text, StringComparison.Ordinal);
        CliRun run = await _set.RunAsync("run", "sub/mine.yaml");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(File.Exists(_set["sub/releases/mine/annotations/instances.json"]));
    }

    [Theory]
    [InlineData("yolo")]
    [InlineData("coco")]
    [InlineData("parquet")]
    public async Task A_dataset_and_a_format_give_a_pipeline_that_runs(string format)
    {
        CliRun written = await _set.RunAsync("new", "sub/mine.yaml", "--data", "instances.json", "--to", format);
        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        CliRun run = await _set.RunAsync("run", "sub/mine.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_set["sub/releases/mine/MANIFEST.json"]));
    }

    [Fact]
    public async Task A_format_without_a_dataset_is_refused()
    {
        CliRun run = await _set.RunAsync("new", "mine.yaml", "--to", "voc");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains("--to needs --data", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_overwritten()
    {
        _set.WriteFile("mine.yaml", "years of work");
        CliRun run = await _set.RunAsync("new", "mine.yaml");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal("years of work", File.ReadAllText(_set["mine.yaml"]));
    }

    [Theory]
    [InlineData("{\"annotations\":[{\"image_id\":1}]}")]
    [InlineData("\ufeff{\"info\":{},\"images\":[]}")]
    public async Task What_names_images_is_a_COCO_file(string text)
    {
        _set.WriteFile("d.json", text);
        Assert.Equal(0, (await _set.RunAsync("new", "mine.yaml", "--data", "d.json")).ExitCode);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"videos\":[]}")]
    public async Task What_does_not_is_bad_data_and_nothing_is_written(string text)
    {
        _set.WriteFile("d.json", text);
        CliRun run = await _set.RunAsync("new", "mine.yaml", "--data", "d.json");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("d.json: error: this is no COCO file: ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_set["mine.yaml"]));
    }

    [Theory]
    [InlineData("a b.yaml", "a-b")]
    [InlineData("..hidden.yaml", "hidden")]
    [InlineData("---.yaml", "pipeline")]
    [InlineData("\u00e9t\u00e9 1.2.yaml", "t--1.2")]
    public void The_name_of_the_pipeline_is_one_that_can_be(string file, string name)
    {
        string text = PipelineTemplate.Text("synthetic", _set[file], null);
        Assert.Contains($"\nname: {name}\n", text, StringComparison.Ordinal);
    }
}
