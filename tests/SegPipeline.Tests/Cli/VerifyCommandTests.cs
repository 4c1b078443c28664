using SegPipeline.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public VerifyCommandTests() => TestRelease.Make(_temp["set"], ("a.json", "{ }"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_sound_release_is_said_to_be_so()
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "verify", "set");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("set: complete and unchanged (5 files, ", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Findings_are_errors_with_their_file_and_remedy()
    {
        _temp.Write("set/a.json", "{!}");
        _temp.Write("set/b.json", "{}");
        CliRun run = await CliRun.InAsync(_temp.Path, "verify", "set");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("set/a.json: error: expected SHA-256 ", run.Errors[0], StringComparison.Ordinal);
        Assert.EndsWith(" in 3 bytes; fetch the release again, or run the pipeline again [FILE_CHANGED]", run.Errors[0],
            StringComparison.Ordinal);
        Assert.Equal(
            "set/b.json: error: no run put this file into the release; move it away [FILE_EXTRA]", run.Errors[1]);
        Assert.StartsWith("set: 2 findings", run.Errors[2], StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Many_findings_are_counted_but_not_all_shown()
    {
        for (int i = 0; i < 150; i++) _temp.Write($"set/{i}.json", "{}");
        CliRun run = await CliRun.InAsync(_temp.Path, "verify", "set");
        Assert.Equal(101, run.Errors.Length);
        Assert.StartsWith("set: 150 findings, the first 100 shown", run.Errors[100], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_no_release_is_bad_data()
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "verify", "nowhere");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Equal(
            ["nowhere: error: there is no such folder; name the folder of a release [NO_RELEASE]"], run.Errors);
    }

    [Fact]
    public async Task A_cancelled_check_ends_with_130()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        CliRun run = await CliRun.InAsync(_temp.Path, cancel.Token, "verify", "set");
        Assert.Equal((int)ExitCode.Cancelled, run.ExitCode);
        Assert.Equal(["segpipe: cancelled"], run.Errors);
    }
}
