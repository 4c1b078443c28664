using SegPipeline.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>What a user sees of a run that can be resumed.</summary>
public sealed class ResumeCommandTests : IDisposable
{
    private const int Images = 120;
    private const int Missing = 100;

    private readonly CocoSet _set = new(Images);

    public ResumeCommandTests()
    {
        _set.Write("all: { read.coco: { annotations: instances.json, images: photos } }",
            "out: { write.coco: { file: set.json, images: copy } }");
        for (int i = 1; i <= Images; i++)
            if (i != Missing) _set.WriteFile($"photos/{i}.jpg", $"photo {i}");
    }

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("run", "--resume")]
    [InlineData("resume", null)]
    public async Task A_run_that_failed_says_how_to_go_on_and_does_so_when_what_was_missing_is_there(
        string command, string? option)
    {
        CliRun failed = await _set.RunAsync("run", "p.yaml", "--to", "my set", "--workers", "1");
        Assert.Equal((int)ExitCode.BadData, failed.ExitCode);
        Assert.Contains("[MEDIA_MISSING]", failed.Errors[0], StringComparison.Ordinal);
        Assert.Equal(
            ["Nothing was released.", "resume with: segpipe run --resume p.yaml --to 'my set' --workers 1"],
            failed.Errors[^2..]);

        _set.WriteFile($"photos/{Missing}.jpg", "photo");
        string[] options = option is null ? [] : [option];
        CliRun resumed = await _set.RunAsync([command, "p.yaml", "--to", "my set", "--workers", "3", .. options]);
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        await _set.RunAsync("run", "p.yaml", "--to", "whole");
        Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["my set"]));
        Assert.Equal(File.ReadAllBytes(_set["whole.trace"]), File.ReadAllBytes(_set["my set.trace"]));
        Assert.DoesNotContain(TestRelease.Entries(_set.Path), e => e.Contains("partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_fails_again_can_be_resumed_again()
    {
        await _set.RunAsync("run", "p.yaml");
        CliRun again = await _set.RunAsync("run", "--resume", "p.yaml");
        Assert.Equal((int)ExitCode.BadData, again.ExitCode);
        Assert.Equal("resume with: segpipe run --resume p.yaml", again.Errors[^1]);
    }

    [Fact]
    public async Task Without_a_journal_a_run_leaves_nothing_and_says_nothing_of_going_on()
    {
        CliRun failed = await _set.RunAsync("run", "p.yaml", "--no-journal");
        Assert.Equal((int)ExitCode.BadData, failed.ExitCode);
        Assert.Equal("Nothing was released.", failed.Errors[^1]);
        Assert.DoesNotContain(TestRelease.Entries(_set.Path), e => e.Contains("partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_input_that_was_changed_in_between_is_named()
    {
        await _set.RunAsync("run", "p.yaml");
        File.AppendAllText(_set.Annotations, "\n");
        CliRun refused = await _set.RunAsync("run", "--resume", "p.yaml");
        Assert.Equal((int)ExitCode.BadData, refused.ExitCode);
        Assert.Matches(
            @"^.*instances\.json: error: the interrupted run cannot be resumed: the input has changed " +
            @"since that run: \d+ bytes of .+ then, \d+ bytes of .+ now; run without --resume to begin anew " +
            @"\[CANNOT_RESUME\]$", refused.Errors[0]);
        _set.WriteFile($"photos/{Missing}.jpg", "photo");
        Assert.Equal(0, (await _set.RunAsync("run", "p.yaml")).ExitCode);
    }

    [Fact]
    public async Task A_pipeline_that_was_changed_in_between_cannot_be_resumed()
    {
        await _set.RunAsync("run", "p.yaml");
        _set.Write("all: { read.coco: { annotations: instances.json, images: photos } }",
            "out: { write.coco: { file: other.json, images: copy } }");
        CliRun refused = await _set.RunAsync("run", "--resume", "p.yaml");
        Assert.Equal((int)ExitCode.BadData, refused.ExitCode);
        Assert.Contains("the pipeline has changed since that run", refused.Errors[0], StringComparison.Ordinal);
        Assert.Equal("resume with: segpipe run --resume p.yaml", refused.Errors[^1]);
    }

    [Fact]
    public async Task To_resume_and_to_keep_no_journal_exclude_each_other()
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "--resume", "--no-journal");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal("segpipe: error: --resume needs the journal that --no-journal forgoes", run.Errors[0]);
    }
}
