using System.Diagnostics;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>What commands do while another process is making the same release.</summary>
public sealed class ConcurrentRunTests : IDisposable
{
    private const int Temporary = 75;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_release_that_another_process_is_making_is_not_touched_and_its_old_files_stay_in_use()
    {
        _temp.Write("long.yaml", Pipeline(count: 200_000));
        _temp.Write("short.yaml", Pipeline(count: 3));
        TestRelease.Make(_temp["out"], ("a.json", "old"));
        string old = ShippedPipeline.DigestOf(_temp["out"]);
        using (Process running = Start("run", "long.yaml", "--quiet"))
        {
            try
            {
                await AwaitStagingAsync(running);
                foreach (string[] line in (string[][])
                    [["run", "short.yaml"], ["run", "long.yaml", "--resume"], ["resume", "long.yaml"]])
                {
                    CliRun refused = await RunAsync(line);
                    Assert.Equal(Temporary, refused.ExitCode);
                    Assert.StartsWith(
                        "out: error: another run is writing this release, or reading it; wait for it to end",
                        refused.Errors[0], StringComparison.Ordinal);
                    Assert.EndsWith("[RELEASE_LOCKED]", refused.Errors[0], StringComparison.Ordinal);
                }
                Assert.Equal(0, (await RunAsync("verify", "out")).ExitCode);
                CliRun elsewhere = await RunAsync("run", "short.yaml", "--to", "elsewhere");
                Assert.True(elsewhere.ExitCode == 0, elsewhere.Error);
                Assert.False(running.HasExited);
                Assert.Equal(old, ShippedPipeline.DigestOf(_temp["out"]));
            }
            finally
            {
                running.Kill();
                await running.WaitForExitAsync();
            }
        }

        // The lock went with the process that held it.
        CliRun next = await RunAsync("run", "short.yaml");
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Equal(0, (await RunAsync("verify", "out")).ExitCode);
        Assert.NotEqual(old, ShippedPipeline.DigestOf(_temp["out"]));
    }

    private async Task AwaitStagingAsync(Process running)
    {
        var clock = Stopwatch.StartNew();
        while (Directory.GetDirectories(_temp.Path, ".out.partial-*").Length == 0)
        {
            Assert.False(running.HasExited);
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "the run did not begin");
            await Task.Delay(20);
        }
    }

    private async Task<CliRun> RunAsync(params string[] line)
    {
        using Process process = Start(line);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return new CliRun(process.ExitCode, await output, error);
    }

    private Process Start(params string[] line) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "segpipe.dll"), .. line])
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;

    private static string Pipeline(int count) => $$"""
        segpipe: 1
        name: scenes
        stages:
          scenes: { read.synthetic: { count: {{count}}, width: 64, height: 48, photo: none } }
          out:    { write.coco: { file: out.json } }
        release: { to: out }

        """;
}
