using SegPipeline.Benchmarks.EndToEnd;

namespace SegPipeline.Benchmarks.Parquet;

/// <summary>
/// The command as a user runs it, on a file the size of Objects365 v2 val: all of it to Parquet with nested lists, and
/// nothing else. Start-up, digests and the release are included.
/// </summary>
internal static class ParquetBenchmark
{
    private const int Runs = 3;
    private const double DuckSeconds = 29.7;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="arguments">The start script of the command; then a COCO file, or nothing to make one.</param>
    public static void Run(string[] arguments)
    {
        string command = arguments.Length > 0 ? arguments[0] : "artifacts/segpipe";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("segpipe-bench-");
        try
        {
            string file = WorkloadFile.Full(arguments, at: 1);
            foreach (string compression in (string[])["zstd", "snappy"])
                Measure(command, folder.FullName, file, compression);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string command, string folder, string file, string compression)
    {
        string pipeline = Path.Combine(folder, "bench.yaml");
        string release = Path.Combine(folder, compression);
        File.WriteAllText(pipeline, $$"""
            segpipe: 1
            name: bench
            seed: 1
            stages:
              val: { read.coco: { annotations: {{file}} } }
              out: { write.parquet: { split: val, compression: {{compression}} } }
            release: { to: {{release}} }
            """);
        MeasuredProcess ours = MeasuredProcess.MedianOf(Runs, command, "run", pipeline, "--quiet");
        double gigabytes = new FileInfo(file).Length / 1e9;
        long size = new DirectoryInfo(Path.Combine(release, "data")).EnumerateFiles().Sum(f => f.Length);
        double rate = gigabytes / ours.WallSeconds, ratio = DuckSeconds / ours.WallSeconds;
        string result = $"{ours.WallSeconds:0.00} s, {ours.PeakResidentMegabytes:0} MB, {rate:0.00} GB/s";
        Console.WriteLine($"| COCO to Parquet, {compression}, {size / 1e6:0} MB | {result} " +
            $"| DuckDB {DuckSeconds:0.0} s | {ratio:0.0} | - |");
    }
}
