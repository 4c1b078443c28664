using SegPipeline.Cli;
using SegPipeline.Cli.Drafts;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class NewCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task Without_a_dataset_an_example_is_written_that_checks_clean()
    {
        CliRun written = await _set.RunAsync("new", "sub/my set.yaml");
        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        Assert.Equal("sub/my set.yaml: written; next: segpipe check 'sub/my set.yaml' --inputs, " +
            "segpipe run 'sub/my set.yaml'\n", written.Out);
        string text = File.ReadAllText(_set["sub/my set.yaml"]);
        Assert.Contains("\nname: my-set\n", text, StringComparison.Ordinal);
        Assert.Contains("annotations: data/annotations.json", text, StringComparison.Ordinal);
        CliRun check = await _set.RunAsync("check", "sub/my set.yaml");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public async Task A_subset_of_a_dataset_that_is_named_is_as_large_as_told()
    {
        CliRun written = await _set.RunAsync(
            "new", "sub/mine.yaml", "instances.json", "--count", "5", "--seed", "9");
        Assert.Equal((0, ""), (written.ExitCode, written.Error));
        string text = File.ReadAllText(_set["sub/mine.yaml"]);
        Assert.Contains("annotations: ../instances.json", text, StringComparison.Ordinal);
        Assert.Contains("\nseed: 9\n", text, StringComparison.Ordinal);
        CliRun run = await _set.RunAsync("run", "sub/mine.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        CliRun found = await _set.RunAsync("inspect", "sub/releases/mine", "--json");
        Assert.Contains("\"images\": 5,", found.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample: { count: $size", "--count", "5", "--to", "yolo")]
    [InlineData("split: { ratios: { a: 0.5, b: 0.5 } }", "--parts", "a=0.5,b=0.5", "--to", "yolo")]
    [InlineData("converted: { write.yolo", "--to", "yolo")]
    public async Task What_is_to_be_made_is_told_by_the_options_that_are_of_use_to_it(
        string stage, params string[] args)
    {
        CliRun run = await _set.RunAsync(["new", "mine.yaml", "instances.json", .. args]);
        Assert.True(run.ExitCode == 0, run.Error);
        string text = File.ReadAllText(_set["mine.yaml"]);
        Assert.Contains(stage, text, StringComparison.Ordinal);
        Assert.Contains("write.yolo", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_name_is_named_after_dataset_and_task()
    {
        CliRun run = await _set.RunAsync("new", "instances.json", "--task", "split");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("# A coco dataset, divided into train, val.", File.ReadAllText(_set["instances-split.yaml"]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--task score needs --with, the predictions", "instances.json", "--task", "score")]
    [InlineData("--task convert needs a dataset", "--task", "convert")]
    [InlineData("--task merge needs a dataset", "--task", "merge", "--with", "instances.json")]
    [InlineData("--parts: the shares must sum to 1, found 0.9",
        "instances.json", "--task", "split", "--parts", "a=0.5,b=0.4")]
    [InlineData("--parts: expected names, each with a share between 0 and 1",
        "instances.json", "--task", "split", "--parts", "train")]
    [InlineData("--count takes a number above 0, found 'many'", "instances.json", "--count", "many")]
    [InlineData("--count is of no use to --task convert",
        "instances.json", "--task", "convert", "--count", "5")]
    [InlineData("--with is of no use to --task split",
        "instances.json", "--task", "split", "--with", "instances.json")]
    [InlineData("expected one dataset and one pipeline file to write (*.yaml), found 'mine.yaml' and 'b.yml'",
        "b.yml")]
    [InlineData("a dataset is of no use to --task generate", "instances.json", "--task", "generate")]
    public async Task What_cannot_be_is_told_and_nothing_is_written(string message, params string[] args)
    {
        CliRun run = await _set.RunAsync(["new", "mine.yaml", .. args]);
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_set["mine.yaml"]));
    }

    [Fact]
    public async Task A_file_that_is_there_is_overwritten_only_when_told()
    {
        _set.WriteFile("mine.yaml", "years of work");
        CliRun run = await _set.RunAsync("new", "mine.yaml");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains("give --force", run.Error, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(_set["mine.yaml"]));
        Assert.Equal(0, (await _set.RunAsync("new", "mine.yaml", "--force")).ExitCode);
        Assert.Contains("segpipe: 1", File.ReadAllText(_set["mine.yaml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_proposed_that_is_free()
    {
        foreach (string file in (string[])["instances-split.yaml", "instances-split-2.yaml"])
            _set.WriteFile(file, "years of work");
        CliRun run = await _set.RunAsync("new", "instances.json", "--task", "split");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("segpipe: 1", File.ReadAllText(_set["instances-split-3.yaml"]), StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(_set["instances-split.yaml"]));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    public async Task What_is_no_dataset_is_bad_data_and_nothing_is_written(string text)
    {
        _set.WriteFile("d.json", text);
        CliRun run = await _set.RunAsync("new", "mine.yaml", "d.json");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("d.json: error: this is no dataset", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_set["mine.yaml"]));
    }

    [Fact]
    public async Task Results_are_scored_against_the_truth_they_belong_to()
    {
        _set.WriteFile("results/r.json", """
            [{"image_id":1,"category_id":1,"score":0.9,"segmentation":{"size":[6,8],"counts":[7,3,3,3,3,3,26]}}]
            """);
        CliRun written = await _set.RunAsync("new", "s.yaml",
            "instances.json", "--task", "score", "--with", "results/r.json");
        Assert.True(written.ExitCode == 0, written.Error);
        CliRun run = await _set.RunAsync("run", "s.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("iou", File.ReadAllText(_set["releases/s/scores.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_are_asked_again_until_the_answer_will_do()
    {
        const string answers = "nowhere.json\ninstances.json\n9\nsplit\nx\ntrain=0.5,val=0.5\n\nyolo\n\n\n";
        (CliRun run, _) = await AskAsync(answers);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("there is no such file or folder", run.Error, StringComparison.Ordinal);
        Assert.Contains("coco: annotations with an 'image_id'", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected a number from 1 to 5", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected names, each with a share", run.Error, StringComparison.Ordinal);
        string text = File.ReadAllText(_set["instances-split.yaml"]);
        Assert.Contains("split: { ratios: { train: 0.5, val: 0.5 } }", text, StringComparison.Ordinal);
        Assert.Contains("write.yolo: { split: val, splits: [train, val] }", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_datasets_in_a_folder_one_is_chosen()
    {
        File.Copy(_set["instances.json"], _set["other.json"]);
        (CliRun run, _) = await AskAsync(".\n2\n\n3\n\n\n\n\n");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("   2  other.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("no photos were found", run.Error, StringComparison.Ordinal);
        Assert.Contains("annotations: other.json", File.ReadAllText(_set["other-subset.yaml"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_that_an_option_tells()
    {
        (CliRun run, string rest) = await AskAsync("left over\n", "mine.yaml", "instances.json",
            "--task", "convert", "--to", "coco", "--release", "out");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(("", "left over\n"), (run.Error, rest));
    }

    [Fact]
    public async Task The_end_of_the_answers_cancels_and_writes_nothing()
    {
        (CliRun run, _) = await AskAsync("instances.json\n");
        Assert.Equal((int)ExitCode.Cancelled, run.ExitCode);
        Assert.Empty(Directory.GetFiles(_set.Path, "*.yaml"));
    }

    [ToolFact("script")]
    public async Task At_a_real_terminal_questions_are_asked_and_answered()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "segpipe.dll");
        ToolRun run = await PseudoTerminal.TypeAsync(_set.Path, new Dictionary<string, string> { ["TERM"] = "xterm" },
            $"dotnet '{program}' new", "instances.json\n1\n4\n\n\n\n\n");
        Assert.True(run.ExitCode == 0, run.Out);
        Assert.Contains("Which dataset", run.Out, StringComparison.Ordinal);
        Assert.Contains("instances-subset.yaml: written", run.Out, StringComparison.Ordinal);
        Assert.Contains("int: 4,", File.ReadAllText(_set["instances-subset.yaml"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b.yaml", "a-b")]
    [InlineData("..hidden.yaml", "hidden")]
    [InlineData("---.yaml", "pipeline")]
    [InlineData("\u00e9t\u00e9 1.2.yaml", "t--1.2")]
    public void The_name_of_the_pipeline_is_one_that_can_be(string file, string name) =>
        Assert.Equal(name, PipelineText.NameOf(file));

    private async Task<(CliRun Run, string Unread)> AskAsync(string answers, params string[] args)
    {
        using var typed = new StringReader(answers);
        var terminal = CliRun.Captured() with { CurrentFolder = _set.Path, In = typed, IsAnswered = true };
        int code = await Segpipe.InvokeAsync(["new", .. args], terminal, CancellationToken.None);
        return (new CliRun(code, terminal.Out.ToString()!, terminal.Error.ToString()!), typed.ReadToEnd());
    }
}
