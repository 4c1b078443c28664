using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>The matrix of runs that must give the same bytes is as large as it says, and every shipped pipeline meets
/// it.</summary>
public sealed class SameBytesMatrixTests
{
    [Fact]
    public void Every_pair_of_workers_windows_shards_and_kills_meets()
    {
        var rows = SameBytesMatrix.Attempts.Select(a => (string[])
            [$"shards {a.Of}", $"workers {a.Workers}", $"window {a.Window}", $"killed {a.IsKilled}"]).ToList();
        string[][] values = [.. Enumerable.Range(0, 4).Select(f => rows.Select(r => r[f]).Distinct().ToArray())];
        Assert.Equal(["shards 0", "shards 1", "shards 3", "shards 7"], values[0]);
        Assert.Equal(["workers 1", "workers 2", "workers 8"], values[1].Order(StringComparer.Ordinal));
        Assert.Equal(["window 1", "window 16"], values[2].Order(StringComparer.Ordinal));
        var missing = from f in Enumerable.Range(0, 4)
                      from g in Enumerable.Range(f + 1, 3 - f)
                      from one in values[f]
                      from other in values[g]
                      where !rows.Exists(r => r[f] == one && r[g] == other)
                      select $"{one}, {other}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_shipped_pipeline_is_run_through_it()
    {
        string[] tests = [.. Sources.CSharp("tests").Select(Sources.Read)
            .Where(text => text.Contains("ShippedPipeline.SameBytesAsync(", StringComparison.Ordinal))];
        string[] shipped = [.. Directory.GetFiles(Path.Combine(SharedData.Root, "pipelines"), "*.yaml")
            .Select(path => Path.GetFileName(path))];
        Assert.NotEmpty(shipped);
        string[] missing = [.. shipped.Where(name =>
            !Array.Exists(tests, text => text.Contains($"\"{name}\"", StringComparison.Ordinal)))];
        Assert.Empty(missing);
    }
}
