using SegPipeline.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A run that is divided into shards: what a user does, and what goes wrong.</summary>
public sealed class ShardCommandTests : IDisposable
{
    private readonly ShardedSet _run = new();
    private readonly CocoSet _set;

    public ShardCommandTests() => _set = _run.Set;

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Any_number_of_shards_in_any_order_gives_the_bytes_of_one_run(int of)
    {
        await _run.OkAsync("run", "p.yaml", "--to", "whole");
        await _run.FreezeAsync();
        for (int index = of - 1; index >= 0; index--) await _run.ShardAsync(index, of);
        Assert.False(Directory.Exists(_set["out"]));
        await _run.OkAsync("merge", "p.yaml", "--plan", "plan.json", "--to", "out");
        Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["out"]));
        Assert.Equal(["instances.json", "out", "out.run.json", "out.trace", "p.yaml", "photos", "plan.json", "whole",
            "whole.run.json", "whole.trace"], TestRelease.Entries(_set.Path));
        Assert.Equal(File.ReadAllBytes(_set["whole.trace"]), File.ReadAllBytes(_set["out.trace"]));
    }

    [Fact]
    public async Task A_plan_tells_its_chunks_and_inputs_and_is_the_same_when_it_is_frozen_again()
    {
        CliRun run = await _run.OkAsync("plan", "p.yaml", "--freeze", "plan.json");
        Assert.Equal("plan.json: 10 chunks of 300 samples, 1 input file", run.Lines[0]);
        string first = File.ReadAllText(_set["plan.json"]);
        await _run.FreezeAsync();
        Assert.Equal(first, File.ReadAllText(_set["plan.json"]));
    }

    [Fact]
    public async Task A_shard_tells_its_chunks_and_takes_its_index_from_a_batch_system()
    {
        await _run.FreezeAsync();
        CliRun run = await _run.OkAsync("shard", "p.yaml", "--plan", "plan.json", "--index", "1", "--of", "3");
        Assert.Equal("shard 1 of 3: committed chunks 3-5 of 10 (96 samples)", run.Lines[0]);
        CliRun again = await _run.OkAsync("shard", "p.yaml", "--plan", "plan.json", "--index", "1", "--of", "3");
        Assert.Equal("shard 1 of 3: committed chunks 3-5 of 10 (96 samples), 3 of them before", again.Lines[0]);
        foreach (string variable in (string[])["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"])
        {
            CliRun env = await WithVariablesAsync((variable, "2"));
            Assert.StartsWith("shard 2 of 3: committed chunks 6-9 of 10", env.Lines[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("3", "--index takes a number from 0 to 2 with --of 3, found '3'")]
    [InlineData("-1", "--index takes a number from 0 to 2 with --of 3, found '-1'")]
    [InlineData("two", "--index takes a number from 0 to 2 with --of 3, found 'two'")]
    public async Task An_index_that_is_none_is_a_mistake_of_usage(string index, string message)
    {
        await _run.FreezeAsync();
        CliRun run = await _set.RunAsync("shard", "p.yaml", "--plan", "plan.json", $"--index={index}", "--of", "3");
        Assert.Equal((2, $"segpipe: error: {message}"), (run.ExitCode, run.Errors[0]));
    }

    [Fact]
    public async Task An_index_from_the_environment_must_be_there_once()
    {
        const string Names = "--index env needs one of SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX";
        Assert.Equal($"segpipe: error: {Names}, neither is set", (await WithVariablesAsync()).Errors[0]);
        CliRun both = await WithVariablesAsync(("SLURM_ARRAY_TASK_ID", "1"), ("JOB_COMPLETION_INDEX", "1"));
        Assert.Equal((2, $"segpipe: error: {Names}, both are set"), (both.ExitCode, both.Errors[0]));
        CliRun none = await WithVariablesAsync(("SLURM_ARRAY_TASK_ID", "4294967294"));
        Assert.Equal("segpipe: error: SLURM_ARRAY_TASK_ID takes a number from 0 to 2 with --of 3, found '4294967294'",
            none.Errors[0]);
    }

    [Fact]
    public async Task A_merge_names_the_shards_that_are_missing_and_keeps_the_others()
    {
        await _run.FreezeAsync();
        CliRun none = await _run.MergeAsync();
        Assert.EndsWith(": error: there are no shards of this plan (chunks 0-9); if they were merged before, the " +
            "release is published and they were removed; if not, run them, e.g. all in one: segpipe shard p.yaml " +
            "--to out --plan plan.json --index 0 --of 1 [SHARD_MISSING]", none.Errors[0], StringComparison.Ordinal);
        await _run.ShardAsync(1, 5);
        await _run.ShardAsync(2, 5);
        CliRun run = await _run.MergeAsync();
        Assert.Equal($"{Path.GetFileName(_run.Root())}: error: of 5 shards, 3 are missing: 0, 3, 4 " +
            "(chunks 0-1, chunks 6-9); run them, e.g.: segpipe shard p.yaml --to out --plan plan.json " +
            "--index 0 --of 5 [SHARD_MISSING]", run.Errors[0]);
        foreach (int index in (int[])[0, 3, 4]) await _run.ShardAsync(index, 5);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task A_merge_names_shards_that_have_the_same_chunks()
    {
        await _run.FreezeAsync();
        for (int index = 0; index < 2; index++) await _run.ShardAsync(index, 2);
        await _run.ShardAsync(1, 3);
        CliRun run = await _run.MergeAsync();
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Equal($"{Path.GetFileName(_run.Root())}: error: shard 0 of 2 (chunks 0-4) and shard 1 of 3 " +
            "(chunks 3-5) have the same chunks; keep those of one number of shards: to keep those of 2, remove the " +
            "folder 1-of-3 [SHARD_TWICE]", Assert.Single(run.Errors[..^1]));
        Directory.Delete(Path.Combine(_run.Root(), "1-of-3"), recursive: true);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task A_shard_of_another_place_or_plan_is_not_taken()
    {
        await _run.FreezeAsync();
        for (int index = 0; index < 2; index++) await _run.ShardAsync(index, 2);
        Directory.Delete(Path.Combine(_run.Root(), "1-of-2"), recursive: true);
        Directory.Move(Path.Combine(_run.Root(), "0-of-2"), Path.Combine(_run.Root(), "1-of-2"));
        await _run.ShardAsync(0, 2);
        Assert.Contains("1-of-2: error: the shard of it is shard 0 of 2, not shard 1 of 2; remove the folder and run " +
            "the shard again [SHARD_FOREIGN]", (await _run.MergeAsync()).Errors[0], StringComparison.Ordinal);
        CliRun refused = await _run.TryShardAsync(1, 2);
        Assert.EndsWith($"remove the folder {_run.FolderOf(1, 2)} and run the shard again [CANNOT_RESUME]",
            refused.Errors[0], StringComparison.Ordinal);

        string old = _run.Root();
        _set.Write("all: { read.coco: { annotations: instances.json, images: photos } }",
            "out: { write.coco: { file: set.json, images: copy } }");
        await _run.FreezeAsync();
        await _run.ShardAsync(0, 1);
        CliRun merged = await _run.MergeAsync();
        Assert.Equal($"{Path.GetFileName(old)}: warning: shards of another plan of this release; remove them if they " +
            "are of no use", merged.Errors[0]);
        Assert.Equal((0, true), (merged.ExitCode, Directory.Exists(old)));
    }

    [Fact]
    public async Task A_shard_that_was_damaged_or_torn_is_named_and_mends_itself_when_it_runs_again()
    {
        await _run.OkAsync("run", "p.yaml", "--to", "whole");
        await _run.FreezeAsync();
        for (int index = 0; index < 2; index++) await _run.ShardAsync(index, 2);
        string folder = Path.Combine(_run.Root(), "1-of-2"), photo = Directory.EnumerateFiles(
            Path.Combine(folder, "files"), "*.jpg", SearchOption.AllDirectories).Last();
        File.AppendAllText(photo, "x");
        CliRun damaged = await _run.MergeAsync();
        Assert.Contains($"{Path.GetFileName(photo)}', or it is not as it was written; run the shard again: it makes " +
            "anew what is damaged [SHARD_DAMAGED]", damaged.Errors[0], StringComparison.Ordinal);
        await _run.ShardAsync(1, 2);
        using (var journal = new FileStream(Path.Combine(folder, "journal"), FileMode.Open))
            journal.SetLength(journal.Length - 1);
        CliRun torn = await _run.MergeAsync();
        Assert.Contains("shard 1 of 2 has committed 4 of its 5 chunks (chunks 5-9); run the shard again: it goes on " +
            "where it ended [SHARD_UNFINISHED]", torn.Errors[0], StringComparison.Ordinal);
        await _run.ShardAsync(1, 2);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
        Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["out"]));
    }

    [Fact]
    public async Task A_shard_is_worked_on_by_one_process_and_not_merged_while_it_is()
    {
        await _run.FreezeAsync();
        await _run.ShardAsync(0, 1);
        string held = Path.Combine(_run.Root(), ".0-of-1.lock");
        using (File.Open(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            CliRun second = await _run.TryShardAsync(0, 1), merge = await _run.MergeAsync();
            Assert.Equal((75, 75), (second.ExitCode, merge.ExitCode));
            Assert.Contains("another process is working on shard 0 of 1; wait for it to end [RELEASE_LOCKED]",
                second.Errors[0], StringComparison.Ordinal);
            Assert.Contains("shard 0 of 1 is still being worked on; merge when it has ended [SHARD_BUSY]",
                merge.Errors[0], StringComparison.Ordinal);
        }
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);
    }

    [Fact]
    public async Task What_is_not_what_the_plan_was_frozen_of_is_refused()
    {
        await _run.FreezeAsync();
        File.SetLastWriteTimeUtc(_set.Annotations, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _run.ShardAsync(0, 1);

        string text = File.ReadAllText(_set.Annotations);
        File.WriteAllText(_set.Annotations, text.Replace("1.jpg", "1.jpG", StringComparison.Ordinal));
        CliRun changed = await _run.TryShardAsync(0, 1);
        Assert.Equal((int)ExitCode.BadData, changed.ExitCode);
        Assert.Matches(@"this is not what the plan was frozen of: the input 'instances\.json' of 'all' \(.*\): its " +
            @"SHA-256 was [0-9a-f]{16}\.\.\. and is [0-9a-f]{16}\.\.\. now; give the same file, parameters and " +
            @"inputs, or freeze the plan again and run all shards \[PLAN_CHANGED\]$", changed.Errors[0]);
        File.WriteAllText(_set.Annotations, text + "\n");
        Assert.Contains($"it had {text.Length} bytes and has {text.Length + 1} now",
            (await _run.MergeAsync()).Errors[0], StringComparison.Ordinal);
        File.WriteAllText(_set.Annotations, text);
        Assert.Equal(0, (await _run.MergeAsync()).ExitCode);

        _set.Write("all: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: set.json } }");
        Assert.Contains("the pipeline or its parameters: the config had the digest",
            (await _run.MergeAsync()).Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 65)]
    [InlineData(4, 0)]
    public async Task Rejected_samples_are_judged_over_all_shards_as_in_one_run(int budget, int exitCode)
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }",
            $"rle: {{ encode_rle: {{}}, on_error: {{ reject: {{ most: {budget} }} }} }}",
            "out: { write.coco: { file: set.json } }", "bad: { from: errors, write.jsonl: { file: bad.jsonl } }");
        string text = File.ReadAllText(_set.Annotations);
        foreach (int id in (int[])[22, 250, 422, 442])
        {
            int at = text.IndexOf("[[", text.IndexOf($"{{\"id\":{id},\"image_id", StringComparison.Ordinal),
                StringComparison.Ordinal);
            text = text[..at] + "[[7]]" + text[text.IndexOf('}', at)..];
        }
        File.WriteAllText(_set.Annotations, text);
        await _run.FreezeAsync();
        for (int index = 0; index < 3; index++) await _run.ShardAsync(index, 3);
        CliRun whole = await _set.RunAsync("run", "p.yaml", "--to", "whole"), merged = await _run.MergeAsync();
        Assert.Equal((exitCode, exitCode), (whole.ExitCode, merged.ExitCode));
        if (exitCode == 0)
        {
            Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["out"]));
            return;
        }
        Assert.Contains("stage 'rle' rejected 4 samples, allowed are 3 samples", merged.Errors[0],
            StringComparison.Ordinal);
        Assert.Equal(whole.Errors[..^2], merged.Errors[..^1]);
    }

    private async Task<CliRun> WithVariablesAsync(params (string Name, string Value)[] variables)
    {
        await _run.FreezeAsync();
        var terminal = CliRun.Captured() with
        {
            CurrentFolder = _set.Path,
            Variable = name => variables.FirstOrDefault(v => v.Name == name).Value,
        };
        int code = await Segpipe.InvokeAsync(
            ["shard", "p.yaml", "--plan", "plan.json", "--index", "env", "--of", "3"], terminal, default);
        return new CliRun(code, terminal.Out.ToString()!, terminal.Error.ToString()!);
    }
}
