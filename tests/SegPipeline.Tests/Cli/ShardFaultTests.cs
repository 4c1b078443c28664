using SegPipeline.Cli;
using SegPipeline.Engine;
using SegPipeline.Engine.Tracing;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Releases;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>Shards whose files or inputs were changed behind their back.</summary>
public sealed class ShardFaultTests : IDisposable
{
    private readonly ShardedSet _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_file_that_a_stage_looks_into_may_not_change_between_shards()
    {
        _run.Set.Write("all: { read.coco: { annotations: instances.json } }",
            "mapped: { map_categories: { file: map.csv } }", "out: { write.coco: { file: set.json } }");
        _run.Set.WriteFile("map.csv", "from,to\ncat,pet\n");
        await _run.FreezeAsync();
        await _run.ShardAsync(0, 2);
        _run.Set.WriteFile("map.csv", "from,to\ncat,dog\n");
        CliRun shard = await _run.TryShardAsync(1, 2);
        Assert.Equal((int)ExitCode.BadData, shard.ExitCode);
        Assert.Matches(@"the input 'map\.csv' of 'mapped' \(.*\): its SHA-256 was .* \[PLAN_CHANGED\]$",
            shard.Errors[0]);
        Assert.Contains("the input 'map.csv'", (await _run.MergeAsync()).Errors[0], StringComparison.Ordinal);
        _run.Set.WriteFile("map.csv", "from,to\ncat,pet\n");
        await _run.ShardAsync(1, 2);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_to_be_compared_is_told_without_a_stack_trace()
    {
        _run.Set.Write("all: { read.kaggle_masks: { root: cells } }", "out: { write.coco: { file: set.json } }");
        string mask = _run["cells/a/masks/m.png"];
        _run.WriteCell();
        await _run.FreezeAsync();
        File.SetLastWriteTimeUtc(mask, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using FileStream held = File.Open(mask, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        CliRun shard = await _run.TryShardAsync(0, 1);
        Assert.Equal(((int)ExitCode.Temporary, true),
            (shard.ExitCode, shard.Errors[0].EndsWith("[FILE_SYSTEM]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_made_of_an_input_that_changes_meanwhile_is_thrown_away()
    {
        await _run.FreezeAsync();
        string photo = _run["photos/290.jpg"], text = File.ReadAllText(_run.Set.Annotations);
        DateTime written = File.GetLastWriteTimeUtc(_run.Set.Annotations);
        File.Delete(photo);
        await ToolRun.InAsync(_run.Set.Path, new Dictionary<string, string>(), "mkfifo", photo);
        Task<CliRun> shard = Task.Run(() => _run.TryShardAsync(1, 2));
        using (var pipe = new StreamWriter(photo))
        {
            File.WriteAllText(_run.Set.Annotations, text + " ");
            pipe.Write("photo 290");
        }
        Assert.Equal((int)ExitCode.Temporary, (await shard).ExitCode);
        Assert.Contains("the input was changed while it was read", (await shard).Errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain("the same command", (await shard).Error, StringComparison.Ordinal);
        File.WriteAllText(_run.Set.Annotations, text);
        File.SetLastWriteTimeUtc(_run.Set.Annotations, written);
        File.Delete(photo);
        File.WriteAllText(photo, "photo 290");
        Assert.DoesNotContain("before", (await _run.ShardAsync(1, 2)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_with_a_changed_byte_is_named_and_mends_itself_when_the_shard_runs_again()
    {
        await _run.OkAsync("run", "p.yaml", "--to", "whole");
        await _run.FreezeAsync();
        await _run.ShardAllAsync(2);
        byte[] good = File.ReadAllBytes(_run.JournalOf(1, 2));
        foreach (int at in (int[])[0, 3, 5, 20, good.Length / 2, good.Length - 1])
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x80;
            File.WriteAllBytes(_run.JournalOf(1, 2), bad);
            CliRun merge = await _run.MergeAsync();
            Assert.Equal((int)ExitCode.BadData, merge.ExitCode);
            Assert.Matches(@"1-of-2: error: .*run the shard again.* \[SHARD_(FOREIGN|UNFINISHED)\]$",
                Assert.Single(merge.Errors, line => line.Contains("error", StringComparison.Ordinal)));
            await _run.ShardAsync(1, 2);
            Assert.Equal(good, File.ReadAllBytes(_run.JournalOf(1, 2)));
        }
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
        Assert.Equal(TestRelease.Contents(_run["whole"]), TestRelease.Contents(_run["out"]));
    }

    [Fact]
    public async Task A_journal_of_something_else_is_refused_and_left_alone()
    {
        await _run.OkAsync("run", "p.yaml", "--to", "whole");
        await _run.FreezeAsync();
        await _run.ShardAllAsync(2);
        File.Copy(_run["whole.trace"], _run.JournalOf(1, 2), overwrite: true);
        Assert.EndsWith("1-of-2: error: its journal is none of a shard; remove the folder and run the shard again " +
            "[SHARD_FOREIGN]", (await _run.MergeAsync()).Errors[0], StringComparison.Ordinal);
        CliRun shard = await _run.TryShardAsync(1, 2);
        Assert.Equal((int)ExitCode.BadData, shard.ExitCode);
        Assert.EndsWith("what lies in the place of the journal is none; remove the folder " +
            $"{_run.FolderOf(1, 2)} and run the shard again [CANNOT_RESUME]", shard.Error.TrimEnd(),
            StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_run["whole.trace"]), File.ReadAllBytes(_run.JournalOf(1, 2)));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_journal_is_told()
    {
        await _run.FreezeAsync();
        await _run.ShardAllAsync(2);
        File.Delete(_run.JournalOf(1, 2));
        Directory.CreateDirectory(_run.JournalOf(1, 2));
        foreach (CliRun refused in (CliRun[])[await _run.MergeAsync(), await _run.TryShardAsync(1, 2)])
        {
            Assert.Equal((int)ExitCode.BadData, refused.ExitCode);
            Assert.Matches(@"1-of-2(/journal)?: error: .*; remove the folder.* run .*again.* \[[A-Z_]+\]$",
                refused.Errors[0]);
            Assert.DoesNotContain("the same command", refused.Error, StringComparison.Ordinal);
        }
        await _run.ShardAsync(1, 2);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task A_folder_that_only_looks_like_that_of_a_shard_is_left_alone()
    {
        await _run.FreezeAsync();
        await _run.ShardAllAsync(2);
        Directory.CreateDirectory(Path.Combine(_run.Root(), "01-of-2"));
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task A_shard_that_has_kept_nothing_does_not_say_that_it_goes_on()
    {
        Assert.DoesNotContain("goes on", (await _run.TryShardAsync(0, 1)).Error, StringComparison.Ordinal);
        await _run.FreezeAsync();
        File.Delete(_run["photos/1.jpg"]);
        CliRun first = await _run.TryShardAsync(0, 1);
        Assert.Equal("shard 0 of 1 is not finished; nothing of it was kept.", first.Errors[^1]);
        _run.Set.WriteFile("photos/1.jpg", "photo 1");
        File.Delete(_run["photos/290.jpg"]);
        Assert.Equal("shard 0 of 1 is not finished; the same command goes on with it.",
            (await _run.TryShardAsync(0, 1)).Errors[^1]);
    }

    [Fact]
    public async Task A_second_merge_says_that_the_release_is_there()
    {
        await _run.FreezeAsync();
        await _run.ShardAsync(0, 1);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
        CliRun second = await _run.MergeAsync();
        Assert.Equal((int)ExitCode.BadData, second.ExitCode);
        Assert.Contains("there are no shards of this plan", second.Errors[0], StringComparison.Ordinal);
        Assert.Contains("if they were merged before, the release is published", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_of_different_numbers_merge_when_they_have_every_chunk_once()
    {
        await _run.FreezeAsync();
        await _run.ShardAsync(0, 2);
        await _run.ShardAsync(2, 4);
        CliRun missing = await _run.MergeAsync();
        Assert.Contains("no shard has chunks 7-9; run it: segpipe shard p.yaml --to out --plan plan.json " +
            "--index 3 --of 4 [SHARD_MISSING]", missing.Errors[0], StringComparison.Ordinal);
        await _run.ShardAsync(3, 4);
        await _run.ShardAsync(1, 3);
        CliRun twice = await _run.MergeAsync();
        Assert.EndsWith("to keep those of 2, remove the folder 1-of-3 [SHARD_TWICE]", twice.Errors[0],
            StringComparison.Ordinal);
        Directory.Delete(_run.FolderOf(1, 3), recursive: true);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task A_number_of_shards_beyond_all_reason_is_told_as_fast_as_any()
    {
        await _run.FreezeAsync();
        await _run.ShardAsync(214748364, int.MaxValue);
        CliRun run = await _run.MergeAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("of 2147483647 shards, 9 are missing: 429496729, ", run.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_cancelled_leaves_the_shards_as_they_were()
    {
        await _run.FreezeAsync();
        await _run.ShardAllAsync(2);
        foreach (string[] words in (string[][])
        [
            ["plan", "p.yaml", "--freeze", "other.json"], ShardedSet.WordsOf(0, 2), ShardedSet.WordsOf(0, 3),
            ["merge", "p.yaml", "--plan", "plan.json", "--to", "out"],
        ])
            Assert.Equal((int)ExitCode.Cancelled,
                (await CliRun.InAsync(_run.Set.Path, new CancellationToken(canceled: true), words)).ExitCode);
        Assert.False(File.Exists(_run["other.json"]));
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public void A_full_disk_does_not_keep_what_a_run_was_making()
    {
        _run.Set.Write("all: { read.coco: { annotations: instances.json } }",
            "out: { write.coco: { file: set.json } }");
        ReleaseFolder release = ReleaseFolder.Begin(_run["full"], "0123456789abcdef");
        File.CreateSymbolicLink(Path.Combine(release.Staging, "trace"), "/dev/full");
        RunTrace trace = release.BeginTrace(TraceDetail.Samples);
        using (PipelinePlan plan = PipelinePlan.Open(PipelineFile.Load(_run["p.yaml"], new LoadOptions()).Graph!))
            Assert.Throws<IOException>(() => trace.Begin(plan));
        release.Dispose();
        Assert.False(Directory.Exists(release.Staging));
    }
}
