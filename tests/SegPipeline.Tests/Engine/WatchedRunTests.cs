using System.Globalization;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Engine;

/// <summary>A run as <c>dotnet-counters</c> sees it from outside.</summary>
[Collection(nameof(RunsAlone))]
public sealed class WatchedRunTests : IDisposable
{
    private const int Images = 30_000;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [ToolFact("dotnet-counters")]
    public async Task Whoever_watches_a_run_from_outside_sees_what_it_has_done()
    {
        File.WriteAllText(_temp["p.yaml"], $$"""
            segpipe: 1
            name: watched
            stages:
              scenes: { read.synthetic: { count: {{Images}}, width: 32, height: 24 } }
              out:    { write.coco: { file: out.json } }
            release: { to: out }
            """);
        string command = Path.Combine(AppContext.BaseDirectory, "segpipe.dll");
        ToolRun run = await ToolRun.InAsync(_temp.Path, new Dictionary<string, string>(),
            "dotnet-counters", "collect", "--counters", "SegPipeline", "--format", "csv", "-o", "figures.csv",
            "--", "dotnet", command, "run", "p.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        string[][] rows = [.. File.ReadLines(_temp["figures.csv"]).Skip(1).Select(line => line.Split(','))];
        // What happens after its last second of watching it does not see.
        double read = Sum(rows, "segpipeline.samples.out", "stage=scenes");
        Assert.InRange(read, 1, Images);
        Assert.Equal(read, Sum(rows, "segpipeline.samples.in", "kind=write.coco"));
        foreach (string name in (string[])["workers.busy_share", "commit.lag", "workers.busy_time", "journal.bytes"])
            Assert.Contains(rows, row => row[2].StartsWith($"segpipeline.{name} ", StringComparison.Ordinal));
    }

    private static double Sum(string[][] rows, string name, string tag) => rows
        .Where(row => row[2].StartsWith(name, StringComparison.Ordinal))
        .Where(row => row[2].Contains(tag, StringComparison.Ordinal))
        .Sum(row => double.Parse(row[4], CultureInfo.InvariantCulture));
}
