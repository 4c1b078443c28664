using System.Diagnostics;
using System.Globalization;
using System.Text;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>What <c>segpipe export</c> writes for shells and systemd, whatever names it is given.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Hostile = "it's a $HOME `id` \"100%\" \\ set";

    private static readonly UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CocoSet _set = new();

    public ExportCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: set.json } }");

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("plan.sbatch", "plan p.yaml --set size=7 --freeze jobs/plan.json")]
    [InlineData("shard.sbatch",
        "shard p.yaml --set size=7 --to # --plan jobs/plan.json --index env --of 5 --workers 2")]
    [InlineData("merge.sbatch", "merge p.yaml --set size=7 --to # --plan jobs/plan.json --workers 2")]
    public async Task A_job_of_Slurm_gives_the_program_the_words_of_the_user(string script, string words)
    {
        await ExportAsync("slurm", "-n", "5");
        WriteProgram("printf '%s\\n' \"$@\" > words");
        ToolRun run = await RunJobAsync(script, ("SLURM_CPUS_PER_TASK", "2"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(words.Split(' ').Select(word => word == "#" ? Hostile : word), File.ReadLines(_set["words"]));
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(130, true)]
    [InlineData(137, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(65, false)]
    [InlineData(78, false)]
    public async Task A_job_of_Slurm_is_queued_again_when_another_attempt_can_help(int exitCode, bool isQueuedAgain)
    {
        await ExportAsync("slurm", "-n", "5");
        WriteProgram($"exit {exitCode}");
        ToolRun run = await RunJobAsync("shard.sbatch", ("SLURM_ARRAY_JOB_ID", "12"), ("SLURM_ARRAY_TASK_ID", "3"));
        Assert.Equal((exitCode, isQueuedAgain), (run.ExitCode, File.Exists(_set["scontrol.log"])));
        if (isQueuedAgain) Assert.Equal("requeue 12_3\n", File.ReadAllText(_set["scontrol.log"]));
        File.Delete(_set["scontrol.log"]);
        await RunJobAsync("shard.sbatch", ("SLURM_RESTART_COUNT", "20"));
        Assert.False(File.Exists(_set["scontrol.log"]));
        _set.WriteFile("state", "CANCELLED");
        await RunJobAsync("shard.sbatch", ("SLURM_ARRAY_JOB_ID", "12"), ("SLURM_ARRAY_TASK_ID", "3"));
        Assert.False(File.Exists(_set["scontrol.log"]));
    }

    [Fact]
    public async Task The_end_of_the_time_limit_is_passed_on_and_the_job_ends_when_the_work_has()
    {
        await ExportAsync("slurm", "-n", "5");
        WriteProgram("trap 'sleep 0.3; echo stopped > stopped; exit 130' TERM; touch begun; " +
            "while :; do sleep 0.05; done");
        using Process job = StartJob("merge.sbatch", ("SLURM_JOB_ID", "9"));
        while (!File.Exists(_set["begun"])) await Task.Delay(20);
        await ToolRun.InAsync(_set.Path, new Dictionary<string, string>(), "kill", "-TERM",
            job.Id.ToString(CultureInfo.InvariantCulture));
        await job.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((130, true), (job.ExitCode, File.Exists(_set["stopped"])));
        Assert.Equal("requeue 9\n", File.ReadAllText(_set["scontrol.log"]));
    }

    [Fact]
    public async Task Jobs_of_Slurm_depend_on_each_other_and_a_failure_to_submit_ends_there()
    {
        await ExportAsync("slurm", "-n", "5");
        WriteFile("bin/sbatch", "printf '<%s>' \"$@\" >> sbatch.log; echo >> sbatch.log; " +
            "if [ -e refuse ]; then exit 1; fi; wc -l < sbatch.log | tr -d '\\n '; echo ';cluster'");
        ToolRun run = await RunAsync("jobs/submit.sh", "--time=1:00:00");
        Assert.Equal((0, "plan 1, shards 2, merge 3\n"), (run.ExitCode, run.Out));
        string[] calls = File.ReadAllLines(_set["sbatch.log"]);
        string common = $"<--parsable><--kill-on-invalid-dep=yes><--chdir={_set.Path}>" +
            $"<--output={_set.Path}/jobs/";
        Assert.Equal(
        [
            $"{common}plan-%j.log><--time=1:00:00><{_set.Path}/jobs/plan.sbatch>",
            $"{common}shard-%A_%a.log><--time=1:00:00><--dependency=afterok:1><{_set.Path}/jobs/shard.sbatch>",
            $"{common}merge-%j.log><--time=1:00:00><--dependency=afterok:2><{_set.Path}/jobs/merge.sbatch>",
        ], calls);
        Assert.Contains("#SBATCH --array=0-4", File.ReadLines(_set["jobs/shard.sbatch"]));
        Assert.All((string[])["#SBATCH --requeue", "#SBATCH --signal=B:TERM@60"], line =>
            Assert.Contains(line, File.ReadLines(_set["jobs/shard.sbatch"])));

        _set.WriteFile("refuse", "");
        Assert.Equal(1, (await RunAsync("jobs/submit.sh")).ExitCode);
        Assert.Equal(4, File.ReadAllLines(_set["sbatch.log"]).Length);
    }

    [Fact]
    public async Task A_service_of_systemd_starts_the_program_with_the_words_of_the_user()
    {
        await ExportAsync("systemd");
        string[] unit = File.ReadAllLines(_set["jobs/segpipe-p.service"]);
        string start = Assert.Single(unit, line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        Assert.Equal([_set["seg pipe"], "run", "--resume", "p.yaml", "--set", "size=7", "--to", Hostile, "--quiet"],
            SystemdWords(start["ExecStart=".Length..]));
        Assert.Contains($"WorkingDirectory={_set.Path}", unit);
        Assert.All((string[])["Type=oneshot", "Restart=on-failure", "RestartPreventExitStatus=1 2 65 78"],
            line => Assert.Contains(line, unit));
    }

    [Fact]
    public async Task A_pipeline_with_mistakes_or_without_a_release_is_not_exported()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }", "end: { drop_empty: {} }", "drop: []");
        CliRun run = await _set.RunAsync("export", "slurm", "p.yaml", "-n", "2");
        Assert.Equal(78, run.ExitCode);
        Assert.False(Directory.Exists(_set["p-slurm"]));
        Assert.Equal(2, (await _set.RunAsync("export", "slurm", "p.yaml", "-n", "0")).ExitCode);
        Assert.Equal(2, (await _set.RunAsync("export", "slurm", "p.yaml")).ExitCode);
    }

    private async Task ExportAsync(string engine, params string[] more)
    {
        CliRun run = await _set.RunAsync(["export", engine, "p.yaml", "--set", "size=7", "--to", Hostile,
            "--program", _set["seg pipe"], "--folder", "jobs", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private void WriteProgram(string script)
    {
        WriteFile("seg pipe", script);
        WriteFile("bin/scontrol", "if [ \"$1\" = requeue ]; then echo \"$@\" >> scontrol.log; exit; fi\n" +
            "echo \"JobId=9 JobState=$(cat state 2>/dev/null || echo RUNNING) Reason=None\"");
    }

    private void WriteFile(string name, string script)
    {
        _set.WriteFile(name, $"#!/bin/sh\n{script}\n");
        ToolRun.MakePrivate(_set[name], Mode);
    }

    private Task<ToolRun> RunJobAsync(string script, params (string Name, string Value)[] environment) =>
        ToolRun.InAsync(_set.Path, With(environment), "bash", "jobs/" + script);

    private Task<ToolRun> RunAsync(string script, params string[] arguments) =>
        ToolRun.InAsync(_set.Path, With([]), _set[script], arguments);

    private Process StartJob(string script, params (string Name, string Value)[] environment) =>
        ToolRun.Start(_set.Path, With(environment), "bash", "jobs/" + script);

    private Dictionary<string, string> With((string Name, string Value)[] environment) =>
        new(environment.ToDictionary(v => v.Name, v => v.Value), StringComparer.Ordinal)
        {
            ["PATH"] = $"{_set["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
        };

    /// <summary>Words as systemd.service(5) takes them apart: in double quotes, C escapes, %% and $$.</summary>
    private static List<string> SystemdWords(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < line.Length; i++)
        {
            Assert.Equal('"', line[i++]);
            for (; line[i] != '"'; i++)
            {
                if (line[i] is '%' or '$') Assert.Equal(line[i], line[++i]);
                else if (line[i] == '\\') i++;
                word.Append(line[i]);
            }
            words.Add(word.ToString());
            word.Clear();
            i++;
        }
        return words;
    }
}
