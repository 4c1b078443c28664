using System.Globalization;
using System.Text;
using SegPipeline.Engine.Journal;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>The scripts of <c>segpipe export slurm</c>, handed to a real Slurm.</summary>
public sealed class SlurmRunTests : IDisposable
{
    private const int Images = 320, Shards = 3;

    // An image of the last chunk of the second shard.
    private const int Last = 190;

    private readonly CocoSet _set = new(Images);

    public SlurmRunTests()
    {
        _set.Write("all: { read.coco: { annotations: instances.json, images: 'the photos' } }",
            "some: { sample: { count: 300, stratify: category } }",
            "out: { write.coco: { file: set.json, images: copy } }");
        for (int i = 1; i <= Images; i++) _set.WriteFile($"the photos/{i}.jpg", $"photo {i}");
    }

    public void Dispose() => _set.Dispose();

    [ToolFact("slurmctld")]
    public async Task An_array_of_shards_of_which_one_is_killed_gives_the_bytes_of_one_machine()
    {
        await OkAsync("run", "p.yaml", "--to", "whole");
        await OkAsync("export", "slurm", "p.yaml", "-n", $"{Shards}", "--cpus", "1", "--to", "a release",
            "--folder", "my jobs", "--program", WriteProgram());
        // The shard waits for this picture until it is killed.
        string photo = _set[$"the photos/{Last}.jpg"];
        File.Delete(photo);
        await ToolRun.InAsync(_set.Path, new Dictionary<string, string>(), "mkfifo", photo);

        using SlurmCluster cluster = await SlurmCluster.StartAsync();
        ToolRun submitted = await ToolRun.InAsync(
            _set.Path, cluster.Environment, _set["my jobs/submit.sh"], "--comment=from a test");
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        string[] words = submitted.Out.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        (string shards, string merge) = (words[3], words[5]);
        string second = $"{shards}_1";

        // All but the last of its three chunks, which waits for the picture.
        await cluster.UntilAsync(() => Task.FromResult(ChunksOf("1-of-3") == 2), "the second shard commits");
        KillSegpipe(shards, task: "1");
        File.Delete(photo);
        File.WriteAllText(photo, $"photo {Last}");
        await cluster.UntilAsync(async () => (await JobAsync(cluster, second))["Restarts"] == "1", "it is requeued");
        Assert.Equal("PENDING", (await JobAsync(cluster, merge))["JobState"]);
        // Slurm waits two minutes before it starts a job again, and has reason to: what is still to be told of the
        // first start must not be taken for the second.
        string step = $"slurmstepd: [{(await JobAsync(cluster, second))["JobId"]}.";
        await cluster.UntilAsync(
            () => Task.FromResult(!Commands().Any(c => c.Line.StartsWith(step, StringComparison.Ordinal))), "it ends");
        await cluster.UntilAsync(async () =>
        {
            if ((await JobAsync(cluster, second))["Reason"] == "BeginTime")
                await cluster.AskAsync("scontrol", "update", $"jobid={second}", "StartTime=now");
            return (await JobAsync(cluster, merge))["JobState"] is not ("PENDING" or "RUNNING" or "COMPLETING");
        }, "the merge has ended");

        string log = string.Concat(Directory.GetFiles(_set["my jobs"], "*.log").Select(File.ReadAllText));
        Assert.True(Directory.Exists(_set["a release"]), log);
        Assert.Matches(@"shard 1 of 3: committed chunks 3-5 of 10 \(96 samples\), 2 of them before", log);
        Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["a release"]));
        Assert.Equal(ShippedPipeline.DigestOf(_set["whole"]), ShippedPipeline.DigestOf(_set["a release"]));
        Assert.Equal("COMPLETED", (await JobAsync(cluster, merge))["JobState"]);
    }

    [ToolFact("slurmctld")]
    public async Task A_shard_that_meets_bad_data_ends_the_merge_before_it_begins()
    {
        File.Delete(_set[$"the photos/{Last}.jpg"]);
        await OkAsync("export", "slurm", "p.yaml", "-n", $"{Shards}", "--cpus", "1", "--program", WriteProgram());
        using SlurmCluster cluster = await SlurmCluster.StartAsync();
        ToolRun submitted = await ToolRun.InAsync(_set.Path, cluster.Environment, _set["p-slurm/submit.sh"]);
        string merge = submitted.Out.TrimEnd().Split(' ')[^1];
        await cluster.UntilAsync(async () => (await JobAsync(cluster, merge))["JobState"] == "CANCELLED", "cancelled");
        string log = string.Concat(Directory.GetFiles(_set["p-slurm"], "shard-*.log").Select(File.ReadAllText));
        Assert.Contains("[MEDIA_MISSING]", log, StringComparison.Ordinal);
        Assert.Contains("shard 1 of 3 is not finished; the same command goes on with it.", log,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_set["out"]));
    }

    [ToolFact("slurmctld")]
    public async Task A_job_that_somebody_cancels_stays_cancelled_and_so_does_what_waits_for_it()
    {
        _set.WriteFile("sleeper", "#!/bin/sh\ntrap 'exit 130' TERM\ntouch begun\nwhile :; do sleep 0.1; done\n");
        ToolRun.MakePrivate(_set["sleeper"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await OkAsync("export", "slurm", "p.yaml", "-n", "2", "--cpus", "1", "--program", _set["sleeper"]);
        using SlurmCluster cluster = await SlurmCluster.StartAsync();
        ToolRun submitted = await ToolRun.InAsync(_set.Path, cluster.Environment, _set["p-slurm/submit.sh"]);
        string[] words = submitted.Out.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        await cluster.UntilAsync(() => Task.FromResult(File.Exists(_set["begun"])), "it works");
        await cluster.AskAsync("scancel", words[1]);
        foreach (string job in (string[])[words[1], words[5]])
            await cluster.UntilAsync(async () => (await JobAsync(cluster, job))["JobState"] == "CANCELLED", job);
        Assert.Equal("0", (await JobAsync(cluster, words[1]))["Restarts"]);
    }

    private string WriteProgram()
    {
        string program = _set["seg pipe"];
        _set.WriteFile("seg pipe",
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "segpipe.dll")}' \"$@\"\n");
        ToolRun.MakePrivate(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return program;
    }

    /// <summary>Kills the program, not the job, of one of the shards.</summary>
    private static void KillSegpipe(string array, string task)
    {
        foreach (var (folder, command) in Commands())
        {
            string environment = ReadOrEmpty(Path.Combine(folder, "environ"));
            if (!environment.Contains($"SLURM_ARRAY_JOB_ID={array}\0", StringComparison.Ordinal) ||
                !environment.Contains($"SLURM_ARRAY_TASK_ID={task}\0", StringComparison.Ordinal) ||
                !command.Contains("segpipe.dll\0shard\0", StringComparison.Ordinal)) continue;
            using var process = System.Diagnostics.Process.GetProcessById(
                int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
            process.Kill();
            return;
        }
        Assert.Fail("the shard is not running");
    }

    private static IEnumerable<(string Folder, string Line)> Commands() =>
        from folder in Directory.GetDirectories("/proc")
        where char.IsAsciiDigit(folder[^1])
        select (folder, ReadOrEmpty(Path.Combine(folder, "cmdline")));

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private int ChunksOf(string shard)
    {
        string? root = Directory.GetDirectories(_set.Path, ".a release.shards-*").FirstOrDefault();
        string journal = Path.Combine(root ?? "none", shard, "journal");
        if (!File.Exists(journal)) return 0;
        using var log = new JournalLog(
            new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        int records = 0;
        while (log.Read() is not null) records++;
        // The first tells which run it is.
        return records - 1;
    }

    private static async Task<Dictionary<string, string>> JobAsync(SlurmCluster cluster, string job)
    {
        string text = await cluster.AskAsync("scontrol", "-o", "show", "job", job);
        var members = text.Split(' ').Select(member => member.Split('=', 2)).Where(parts => parts.Length == 2);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] parts in members) found.TryAdd(parts[0], parts[1]);
        return found;
    }

    private async Task OkAsync(params string[] arguments)
    {
        CliRun run = await _set.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
