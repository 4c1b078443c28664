using System.Collections.Concurrent;
using System.Diagnostics;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

/// <summary>The scheduler as a process of its own, killed without warning in the middle of a run.</summary>
public sealed class KilledSchedulerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _temp = new();
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<string> _told = new();

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        _temp.Dispose();
    }

    [Fact]
    public async Task A_scheduler_that_is_killed_in_the_middle_of_a_run_goes_on_with_it_and_loses_nothing()
    {
        WritePipeline(count: 40);
        _temp.Write("s.yaml", """
            segpipe_schedule: 1
            history: h.db
            jobs:
              often:
                pipeline: p.yaml
                releases: out
                cron: "* * * * * ?"
                unchanged: run
                workers: 1
            """);
        Process first = Start();
        await UntilAsync(rows => rows.Count(r => r.State == RunState.Released) >= 2);
        // Now each run takes long enough to be killed within.
        WritePipeline(count: 20_000);
        RunRow killed = (await UntilAsync(rows => rows.Exists(HasBegunItsJournal))).First(HasBegunItsJournal);
        first.Kill();
        await first.WaitForExitAsync();
        string? currentBefore = Current;
        Assert.Equal(RunState.Running, Row(killed.Id).State);

        Process second = Start();
        RunRow resumed = (await UntilAsync(rows => rows.Exists(r => r.Id == killed.Id && r.IsOver)))
            .First(r => r.Id == killed.Id);
        Assert.Equal((RunState.Released, 1), (resumed.State, resumed.Interruptions));
        Assert.True(resumed.Attempts >= 2);
        second.Kill();
        await second.WaitForExitAsync();

        List<RunRow> rows = Rows();
        Assert.Equal(
            rows.Where(r => r.State == RunState.Released).Select(r => r.Release).Max(StringComparer.Ordinal), Current);
        Assert.NotEqual(currentBefore, Current);
        Assert.All(rows.Where(r => r.State == RunState.Released), row =>
        {
            Assert.Empty(ReleaseCheck.Verify(_temp[$"out/{row.Release}"]).Findings);
            string manifest = _temp[$"out/{row.Release}/MANIFEST.json"];
            Assert.Equal(row.Figures!.ManifestSha256, FileDigest.OfFile(manifest).Sha256);
        });
        Assert.DoesNotContain(rows, r => r.State == RunState.Failed);
    }

    private string? Current => new DirectoryInfo(_temp["out/current"]).LinkTarget;

    private bool HasBegunItsJournal(RunRow row) => row.State == RunState.Running && Directory.Exists(_temp["out"]) &&
        Directory.GetDirectories(_temp["out"], $".{row.Release}.partial-*") is [var folder] &&
        new FileInfo(Path.Combine(folder, "journal")) is { Exists: true, Length: > 100_000 };

    private void WritePipeline(int count) => _temp.Write("p.yaml",
        "segpipe: 1\nname: p\nstages:\n" +
        $"  scenes: {{ read.synthetic: {{ count: {count}, width: 96, height: 64, photo: none }} }}\n" +
        "  set: { write.coco: { file: set.json } }\n");

    private async Task<List<RunRow>> UntilAsync(Predicate<List<RunRow>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            List<RunRow> rows = Rows();
            if (condition(rows)) return rows;
            Assert.False(_processes[^1].HasExited, "the scheduler ended by itself: " + string.Join('\n', _told));
            await Task.Delay(20);
        }
        Assert.Fail("it never came to it: " + string.Join("; ", Rows()));
        return [];
    }

    private List<RunRow> Rows()
    {
        try
        {
            using HistoryDatabase history = HistoryDatabase.OpenExisting(_temp["h.db"]);
            return history.Latest(null, [], 100);
        }
        catch (BadDataException e) when (e.Problems[0].Code == "NO_HISTORY")
        {
            return [];
        }
    }

    private RunRow Row(long id) => Rows().First(r => r.Id == id);

    private Process Start()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "segpipe.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "schedule", "run", "s.yaml"])
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _processes.Add(process);
        process.OutputDataReceived += (_, line) => _told.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _told.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
