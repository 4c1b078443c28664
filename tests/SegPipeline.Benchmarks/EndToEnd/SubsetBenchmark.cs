namespace SegPipeline.Benchmarks.EndToEnd;

/// <summary>
/// The command as a user runs it, on a file the size of Objects365 v2 val: draw 1,000 images and drop crowds; drop
/// crowds and write everything else. Start-up, digests and the release are included.
/// </summary>
internal static class SubsetBenchmark
{
    private const int Runs = 3;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="arguments">The start script of the command; then a COCO file, or nothing to make one.</param>
    public static void Run(string[] arguments)
    {
        string command = arguments.Length > 0 ? arguments[0] : "artifacts/segpipe";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("segpipe-bench-");
        try
        {
            string file = WorkloadFile.Full(arguments, at: 1);
            double gigabytes = new FileInfo(file).Length / 1e9;
            Measure(command, folder.FullName, file, gigabytes, "sample 1,000, drop crowds, write",
                "chosen: { sample: { count: 1000 } }", peerSeconds: 23.0, peer: "pycocotools");
            Measure(command, folder.FullName, file, gigabytes, "drop crowds, write everything else",
                "", peerSeconds: 22.1, peer: "msgspec");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(
        string command, string folder, string file, double gigabytes, string work, string sampling,
        double peerSeconds, string peer)
    {
        string pipeline = Path.Combine(folder, "bench.yaml");
        File.WriteAllText(pipeline, $$"""
            segpipe: 1
            name: bench
            seed: 1
            stages:
              val:    { read.coco: { annotations: {{file}} } }
              {{sampling}}
              clean:  { drop_crowds: {} }
              result: { write.coco: { file: out.json } }
            release: { to: {{Path.Combine(folder, "release")}} }
            """);
        MeasuredProcess ours = MeasuredProcess.MedianOf(Runs, command, "run", pipeline, "--quiet");
        double rate = gigabytes / ours.WallSeconds;
        string result = $"{ours.WallSeconds:0.00} s, {ours.PeakResidentMegabytes:0} MB, {rate:0.00} GB/s";
        double ratio = peerSeconds / ours.WallSeconds;
        Console.WriteLine($"| {work} | {result} | {peer} {peerSeconds:0.0} s | {ratio:0.0} | - |");
    }
}
