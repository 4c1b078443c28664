using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>What an interrupted run has left beside the release is used as far as it is whole.</summary>
public sealed class ResumedReleaseTests : IDisposable
{
    private const int Count = 24;

    private readonly TempFolder _temp = new();
    private readonly ResumablePipeline _pipeline;

    public ResumedReleaseTests() => _pipeline = new ResumablePipeline(_temp,
        $"scenes: {{ read.synthetic: {{ count: {Count}, width: 48, height: 32, photo: png }} }}",
        "out: { write.voc: { set: val, images: copy } }");

    private string Staging => Assert.Single(Directory.GetDirectories(_temp.Path, ".out.partial-*"));

    private string[] Masks => [.. Directory.GetFiles(Path.Combine(Staging, "files"), "*.png",
        SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Files_that_are_in_their_places_are_not_made_again()
    {
        await InterruptAsync();
        string file = Masks[0];
        DateTime made = File.GetLastWriteTimeUtc(file);
        // A time tells nothing about the content; it tells here whether the file was written anew.
        File.SetLastWriteTimeUtc(file, made.AddDays(-1));
        RunResult result = await AssertSameAsync();
        Assert.InRange(result.ChunksResumed, 4, result.Chunks);
        string name = Path.GetRelativePath(Path.Combine(Path.GetDirectoryName(file)!, ".."), file);
        string published = Directory.GetFiles(_temp["out"], Path.GetFileName(name), SearchOption.AllDirectories)
            .Single(f => File.GetLastWriteTimeUtc(f) < made.AddHours(-1));
        Assert.True(File.Exists(published));
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("shorter")]
    [InlineData("missing")]
    public async Task A_file_that_is_no_longer_whole_is_made_again_with_all_that_came_after(string how)
    {
        await InterruptAsync();
        string file = Masks.First(f => f.Contains("SegmentationClass", StringComparison.Ordinal) &&
            f.EndsWith("4.png", StringComparison.Ordinal));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^20] ^= 1;
        if (how == "missing") File.Delete(file);
        else File.WriteAllBytes(file, how == "shorter" ? bytes[..^1] : bytes);
        RunResult result = await AssertSameAsync();
        Assert.InRange(result.ChunksResumed, 0, 3);
    }

    [Fact]
    public async Task Files_that_no_committed_chunk_owns_are_removed()
    {
        await InterruptAsync();
        File.WriteAllText(Path.Combine(Staging, "files", "foreign.txt"), "x");
        Directory.CreateDirectory(Path.Combine(Staging, "files", "empty", "folder"));
        Directory.CreateDirectory(Path.Combine(Staging, "scratch"));
        File.WriteAllText(Path.Combine(Staging, "scratch", "1"), "half");
        await AssertSameAsync();
        Assert.False(Directory.Exists(_temp["out/empty"]));
    }

    [Fact]
    public async Task A_journal_that_is_damaged_at_its_beginning_makes_the_run_begin_anew()
    {
        await InterruptAsync();
        File.WriteAllBytes(Path.Combine(Staging, "journal"), [1, 2, 3]);
        Assert.Equal(0, (await AssertSameAsync()).ChunksResumed);
    }

    [Fact]
    public async Task Without_anything_to_resume_a_run_begins_anew() =>
        Assert.Equal(0, (await AssertSameAsync()).ChunksResumed);

    [Fact]
    public async Task A_run_that_begins_anew_removes_what_was_left()
    {
        await InterruptAsync();
        RunResult result = await _pipeline.RunAsync("out", JournalStart.Anew, workers: 2);
        Assert.Equal(0, result.ChunksResumed);
        Assert.Equal(["out"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public async Task A_run_that_was_killed_between_its_publication_and_its_end_is_resumed_to_the_same_release()
    {
        await InterruptAsync();
        await _pipeline.RunAsync("whole", JournalStart.Anew, workers: 2);
        string journal = Path.Combine(Staging, "journal");
        byte[] log = File.ReadAllBytes(journal);
        // The files changed places with those of an old release, which are removed next.
        TestRelease.Make(_temp["old"], ("a.json", "old"));
        Directory.Delete(Path.Combine(Staging, "files"), recursive: true);
        Directory.Move(_temp["old"], Path.Combine(Staging, "files"));
        File.WriteAllBytes(journal, log);
        await _pipeline.RunAsync("out", JournalStart.Resume, workers: 2);
        Assert.Equal(TestRelease.Contents(_temp["whole"]), TestRelease.Contents(_temp["out"]));
    }

    [Fact]
    public async Task A_run_that_may_not_be_resumed_leaves_everything_as_it_was()
    {
        await InterruptAsync();
        var before = TestRelease.Contents(Staging);
        var other = new ResumablePipeline(_temp,
            $"scenes: {{ read.synthetic: {{ count: {Count + 1}, width: 48, height: 32, photo: png }} }}",
            "out: { write.voc: { set: val, images: copy } }");
        var e = await Assert.ThrowsAsync<BadDataException>(
            () => other.RunAsync("out", JournalStart.Resume, workers: 2));
        Assert.Equal("CANNOT_RESUME", e.Problems[0].Code);
        Assert.Equal(before, TestRelease.Contents(Staging));
        await AssertSameAsync();
    }

    [Fact]
    public async Task An_interrupted_run_still_keeps_others_from_the_release_only_while_it_lasts()
    {
        await InterruptAsync();
        using (ReleaseFolder.Resume(_temp["out"], TestRelease.ConfigDigest))
            Assert.Throws<ReleaseLockedException>(() => ReleaseFolder.Resume(_temp["out"], TestRelease.ConfigDigest));
        await AssertSameAsync();
    }

    private Task InterruptAsync() =>
        _pipeline.InterruptAsync(
            "out", JournalStart.Anew, workers: 2, afterSamples: 4 * ResumablePipeline.ChunkSamples);

    private async Task<RunResult> AssertSameAsync()
    {
        RunResult result = await _pipeline.RunAsync("out", JournalStart.Resume, workers: 3);
        await _pipeline.RunAsync("whole", JournalStart.Anew, workers: 2);
        Assert.Equal(ShippedPipeline.DigestOf(_temp["whole"]), ShippedPipeline.DigestOf(_temp["out"]));
        Assert.Equal(["out", "whole"], TestRelease.Entries(_temp.Path));
        return result;
    }
}
