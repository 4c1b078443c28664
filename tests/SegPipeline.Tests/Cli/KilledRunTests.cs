using System.Diagnostics;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>
/// The command as a process of its own, killed again and again without warning. The moments are drawn from the time
/// that a whole run takes, so that they fall anywhere between the start of the program and its end.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 40;

    private static readonly string[] Pipelines =
    [
        Pipeline("coco", "set: { read.coco: { annotations: source/set.json } }", "rle: { encode_rle: {} }",
            "out: { write.coco: { file: out.json } }", "same: { from: set, write.coco: { file: same.json } }"),
        Pipeline("palette", "scenes: { read.synthetic: { count: 160, frames: 2, width: 64, height: 48, photo: none } }",
            "out: { write.palette: { meta: meta.json } }"),
        Pipeline("images", "scenes: { read.synthetic: { count: 160, width: 64, height: 48, photo: png } }",
            "small: { downsample: { height: 24 } }", "out: { write.images: { dir: images } }"),
    ];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Runs_that_are_killed_at_random_moments_end_with_the_same_bytes()
    {
        _temp.Write("source.yaml", Pipeline("source",
            "scenes: { read.synthetic: { count: 700, width: 96, height: 64, photo: none } }",
            "set: { write.coco: { file: set.json } }"));
        await RunToEndAsync("source", "source");
        int kills = 0, releases = 0;
        for (int p = 0; p < Pipelines.Length; p++)
        {
            int enough = Kills * (p + 1) / Pipelines.Length;
            (int killed, int released) = await KillAsync(p, enough - kills);
            kills += killed;
            releases += released;
        }
        Assert.Equal(Kills, kills);
        Assert.InRange(releases, Pipelines.Length, int.MaxValue);
    }

    private async Task<(int Kills, int Releases)> KillAsync(int number, int enough)
    {
        string name = $"p{number}";
        _temp.Write($"{name}.yaml", Pipelines[number]);
        var clock = Stopwatch.StartNew();
        await RunToEndAsync(name, "whole");
        TimeSpan whole = clock.Elapsed;
        string expected = ShippedPipeline.DigestOf(_temp["whole"]);
        KeyedRandom random = SampleRank.Stream(7, "kill", name);
        int kills = 0, releases = 0;
        string old = PutOldInPlace();
        while (kills < enough)
        {
            using Process process = Start(name, "out", workers: 1 + random.NextInt(0, 4));
            TimeSpan delay = whole * (0.25 + 0.75 * random.NextInt(0, 1000) / 1000);
            if (await EndsWithinAsync(process, delay))
            {
                Assert.Equal(0, process.ExitCode);
                Assert.Equal(expected, ShippedPipeline.DigestOf(_temp["out"]));
                releases++;
                PutOldInPlace();
                continue;
            }
            process.Kill();
            await process.WaitForExitAsync();
            kills++;
            // Killed after the very last step of a run, the new release is there already.
            Assert.Contains(ShippedPipeline.DigestOf(_temp["out"]), (string[])[old, expected]);
        }
        await RunToEndAsync(name, "out");
        Assert.Equal(expected, ShippedPipeline.DigestOf(_temp["out"]));
        return (kills, releases + 1);
    }

    private string PutOldInPlace()
    {
        TestRelease.Make(_temp["out"], ("a.json", "old"));
        return ShippedPipeline.DigestOf(_temp["out"]);
    }

    private async Task RunToEndAsync(string pipeline, string to)
    {
        using Process process = Start(pipeline, to, workers: 2);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, error);
    }

    private static async Task<bool> EndsWithinAsync(Process process, TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return process.HasExited;
        }
    }

    private Process Start(string pipeline, string to, int workers)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "segpipe.dll");
        return Process.Start(new ProcessStartInfo("dotnet",
            [program, "resume", $"{pipeline}.yaml", "--to", to, "--quiet", "--workers", $"{workers}"])
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardError = true,
        })!;
    }

    private static string Pipeline(string name, params string[] stages) =>
        $"segpipe: 1\nname: {name}\nstages:\n{string.Concat(stages.Select(s => $"  {s}\n"))}release: {{ to: out }}\n";
}
