using SegPipeline.Cli;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Cli;

public sealed class ViewCommandTests : IDisposable
{
    private const string TwoReaders = """
        segpipe: 1
        name: p
        stages:
          first: { read.synthetic: { count: 2 } }
          one: { write.coco: { file: a.json } }
          second: { read.synthetic: { count: 3 } }
          two: { write.coco: { file: b.json } }
        release: { to: out }
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(null, "first", 2)]
    [InlineData("second", "second", 3)]
    public void Of_a_pipeline_file_a_reader_is_shown_and_said_to_be_one(string? stage, string shown, int samples)
    {
        string file = _temp.Write("p.yaml", TwoReaders);
        using ViewedDataset dataset = ViewedInput.Open("p.yaml", file, stage, () => throw new NotSupportedException());
        Assert.Equal($"p.yaml: {shown}", dataset.Name);
        Assert.Equal(samples, dataset.Dataset.Plan.Count);
        Assert.StartsWith($"This is what the stage '{shown}' of p.yaml reads, not what the pipeline makes of it. " +
            "Its readers are 'first', 'second'; choose one with --stage. To look at the result, run the pipeline and " +
            $"view its release: segpipe view {_temp["out"]}", dataset.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "'one' is no reader of p.yaml, which has 'first', 'second'")]
    [InlineData("nobody", "'nobody' is no reader of p.yaml")]
    public async Task A_stage_that_is_no_reader_is_refused_with_those_that_are(string stage, string part)
    {
        _temp.Write("p.yaml", TwoReaders);
        CliRun run = await CliRun.InAsync(_temp.Path, "view", "p.yaml", "--no-open", "--stage", stage);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Equal(78, run.ExitCode);
    }

    [Fact]
    public async Task The_help_tells_that_pipeline_files_are_taken()
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "view", "--help");
        Assert.Contains("a pipeline file to see what it reads", string.Join(' ', run.Out.Split(default(char[]),
            StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_the_reader_are_taken_as_other_commands_take_them()
    {
        _temp.Write("set.json", """{"images":[{"id":1,"file_name":"a.jpg","width":4,"height":4}],"annotations":[],""" +
            """ "categories":[]}""");
        CliRun run = await CliRun.InAsync(_temp.Path, "view", "set.json", "--no-open", "--read", "imagse=photos");
        Assert.Contains("imagse", run.Error, StringComparison.Ordinal);
        Assert.Equal(78, run.ExitCode);
        run = await CliRun.InAsync(_temp.Path, "view", "set.json", "--no-open", "--stage", "x");
        Assert.Contains("'set.json' is no pipeline file", run.Error, StringComparison.Ordinal);
        Assert.Equal(78, run.ExitCode);
    }
}
