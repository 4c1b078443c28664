using SegPipeline.Cli.Converting;
using SegPipeline.Detection;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>Pipelines that <c>segpipe new</c> writes check clean and run, whatever they read and make.</summary>
public sealed class NewPipelineTests(ConvertibleDatasets datasets) : IClassFixture<ConvertibleDatasets>, IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string source in ConvertibleDatasets.Sources)
                foreach (string task in (string[])["subset", "convert", "split", "score", "merge"])
                    pairs.Add(source, task);
            return pairs;
        }
    }

    public static TheoryData<string> Targets => [.. ConversionTarget.All.Select(t => t.Format)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_pipeline_of_any_format_and_task_checks_clean_and_runs(string source, string task)
    {
        string data = datasets.PathOf(source);
        string[] further = task switch
        {
            "score" or "merge" => ["--with", data],
            "subset" => ["--count", "3"],
            _ => [],
        };
        CliRun written = await CliRun.InAsync(_folder.Path,
            ["new", "p.yaml", data, "--task", task, .. further, .. ConvertibleDatasets.Given(source)]);
        if (source == "kaggle_classes" && task == "score")
        {
            Assert.Equal(65, written.ExitCode);
            Assert.Contains("no masks to be scored", written.Error, StringComparison.Ordinal);
            return;
        }
        Assert.True(written.ExitCode == 0, written.Error);
        await RunAsync();
        if (task == "score") Assert.Contains("\"iou\"", Text("releases/p/scores.json"), StringComparison.Ordinal);
        else if (source != "kaggle_classes" && task != "split")
            Assert.Equal(source, DatasetDetection.Detect(_folder["releases/p"]).Best().Format);
        if (task != "score" && source is not ("kaggle_rle" or "parquet")) Assert.NotEmpty(Photos());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_split_is_written_in_any_format_without_two_files_of_one_name(string target)
    {
        string source = ConvertibleDatasets.IsVideo(target) ? "ytvis" : "coco";
        CliRun written = await CliRun.InAsync(_folder.Path, "new", "p.yaml", datasets.PathOf(source),
            "--task", "split", "--to", target, "--parts", "train=0.6,val=0.2,test=0.2");
        Assert.True(written.ExitCode == 0, written.Error);
        await RunAsync();
        string[] names = [.. Directory.GetFiles(_folder["releases/p"], "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder["releases/p"], f))];
        foreach (string part in (string[])["train", "val", "test"])
            Assert.Contains(names, n => n.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("coco", "voc")]
    [InlineData("voc", "coco")]
    [InlineData("ytvis", "palette")]
    public async Task Datasets_of_two_formats_are_merged(string first, string second)
    {
        CliRun written = await CliRun.InAsync(_folder.Path, "new", "p.yaml", "--task", "merge",
            datasets.PathOf(first), "--with", datasets.PathOf(second),
            "--to", ConvertibleDatasets.IsVideo(first) ? "ytvis" : "coco");
        Assert.True(written.ExitCode == 0, written.Error);
        await RunAsync();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Generated_scenes_are_written_in_any_format(string target)
    {
        CliRun written = await CliRun.InAsync(
            _folder.Path, "new", "p.yaml", "--task", "generate", "--to", target, "--count", "2");
        Assert.True(written.ExitCode == 0, written.Error);
        await RunAsync();
    }

    [Theory]
    [InlineData("gt", false)]
    [InlineData("seg", false)]
    [InlineData("gt", true)]
    public async Task Masks_are_scored_against_those_beside_them_where_there_are_any(string role, bool areThere)
    {
        _folder.Write("w.yaml", $$"""
            segpipe: 1
            name: w
            stages:
              scenes: { read.synthetic: { count: 2, width: 64, height: 48, crowds: 0 } }
              out:    { write.triplets: { role: {{role}}, names: part, images: copy } }
            release: { to: data }
            """);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "run", "w.yaml", "--quiet")).ExitCode);
        string masks = _folder["data/triplets"];
        if (areThere)
            foreach (string mask in Directory.GetFiles(masks, "*_gt.png"))
                File.Copy(mask, mask.Replace("_gt.png", "_seg.png", StringComparison.Ordinal));
        string[] args = ["new", "p.yaml", masks, "--task", "score"];
        CliRun written = await CliRun.InAsync(_folder.Path, args);
        if (!areThere)
        {
            Assert.Equal(2, written.ExitCode);
            Assert.Contains("--task score needs --with, the predictions: no masks of 'seg' lie beside the truth",
                written.Error, StringComparison.Ordinal);
            written = await CliRun.InAsync(_folder.Path, [.. args, "--with", masks]);
        }
        Assert.True(written.ExitCode == 0, written.Error);
        await RunAsync();
        Assert.Contains("{\"name\": \"iou\", \"value\": 1, ", Text("releases/p/scores.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formats_with_a_list_of_classes_have_room_in_one_release()
    {
        _folder.Write("p.yaml", $$"""
            segpipe: 1
            name: p
            stages:
              scenes: { read.synthetic: { count: 3, width: 64, height: 48, crowds: 0 } }
              flat:   { flatten: {} }
              maps:   { from: flat, write.label_maps: {} }
              voc:    { from: flat, write.voc: { set: train } }
              more:   { from: flat, write.triplets: { role: gt, names: part, taxonomy: triplets/classes.csv } }
            release: { to: releases/p }
            """);
        await RunAsync();
    }

    private async Task RunAsync()
    {
        CliRun check = await CliRun.InAsync(_folder.Path, "check", "p.yaml", "--inputs");
        Assert.True((check.ExitCode, check.Error) == (0, ""), check.Error + Text("p.yaml"));
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "p.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error + Text("p.yaml"));
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "verify", "releases/p")).ExitCode);
    }

    private string[] Photos() => Directory.GetFiles(_folder["releases/p"], "*.jpg", SearchOption.AllDirectories);

    private string Text(string file) => File.ReadAllText(_folder[file]);
}
