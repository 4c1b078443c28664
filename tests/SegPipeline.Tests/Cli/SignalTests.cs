using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using SegPipeline.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>The command as a process of its own, stopped from outside.</summary>
public sealed class SignalTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly TempFolder _temp = new();

    // Far more scenes than any machine makes before the signal comes.
    public SignalTests() => _temp.Write("p.yaml",
        "segpipe: 1\nname: p\nstages:\n" +
        "  scenes: { read.synthetic: { count: 200000, width: 256, height: 256, photo: none } }\n" +
        "  set: { write.coco: { file: set.json } }\nrelease: { to: out }\n");

    public void Dispose() => _temp.Dispose();

    [UnixTheory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task A_signal_ends_a_run_in_order_with_130_and_the_old_release_in_its_place(int signal)
    {
        TestRelease.Make(_temp["out"], ("a.json", "old"));
        var old = TestRelease.Contents(_temp["out"]);
        using Process process = Start("run", "p.yaml", "--json");
        await WaitForSamplesAsync(process);
        Assert.Equal(0, Kill(process.Id, signal));
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((int)ExitCode.Cancelled, process.ExitCode);
        Assert.EndsWith("segpipe: cancelled\nout is as it was before this run.\n" +
            "resume with: segpipe run --resume p.yaml --json\n", error, StringComparison.Ordinal);
        Assert.Equal(old, TestRelease.Contents(_temp["out"]));
        Assert.Equal(3, TestRelease.Entries(_temp.Path).Length);
    }

    [UnixFact]
    public async Task A_run_that_was_killed_leaves_the_old_release_and_the_next_clears_up()
    {
        TestRelease.Make(_temp["out"], ("a.json", "old"));
        var old = TestRelease.Contents(_temp["out"]);
        using Process process = Start("run", "p.yaml", "--json");
        await WaitForSamplesAsync(process);
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(old, TestRelease.Contents(_temp["out"]));

        Assert.Equal(3, TestRelease.Entries(_temp.Path).Length);
        TestRelease.Make(_temp["out"], ("a.json", "new"));
        Assert.Equal(["out", "p.yaml"], TestRelease.Entries(_temp.Path));
    }

    private Process Start(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "segpipe.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args])
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    // Once samples are counted, the run is in full swing.
    private static async Task WaitForSamplesAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            using JsonDocument progress = JsonDocument.Parse(line);
            if (progress.RootElement.GetProperty("done").GetInt64() > 0) return;
        }
        Assert.Fail("the run ended by itself: " + await process.StandardError.ReadToEndAsync(limit.Token));
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static readonly string? NoSignals = OperatingSystem.IsWindows() ? "this system has no signals" : null;

    private static bool IsInterruptIgnored()
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        if (!File.Exists(status)) return false;
        string line = File.ReadLines(status).First(l => l.StartsWith(ignored, StringComparison.Ordinal));
        long mask = Convert.ToInt64(line[ignored.Length..].Trim(), 16);
        return (mask >> (Interrupt - 1) & 1) != 0;
    }

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = NoSignals;
    }

    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute() => Skip = NoSignals ?? (IsInterruptIgnored()
            ? "Ctrl-C is ignored here, as by all that a shell starts in the background"
            : null);
    }
}
