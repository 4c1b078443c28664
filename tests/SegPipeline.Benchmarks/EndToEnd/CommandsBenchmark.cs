namespace SegPipeline.Benchmarks.EndToEnd;

/// <summary>
/// Commands as a user runs them, on a file the size of Objects365 v2 val and on releases made of it: what it costs to
/// look at a dataset, to compare two, to be told what a run made.
/// </summary>
internal static class CommandsBenchmark
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
            string In(string name) => Path.Combine(folder.FullName, name);
            string full = Pipeline(In("full.yaml"), file, "drop_crowds: {}", "");
            string bare = Pipeline(In("bare.yaml"), file, "drop_crowds: {}", ", report: false");
            string other = Pipeline(In("other.yaml"), file, "filter: { where: area > 100 }", "");
            Measure("start: --version", command, "--version");
            Measure("plan", command, "plan", full);
            Measure("inspect", command, "inspect", file);
            Measure("run: drop crowds, write", command, "run", full, "--to", In("a"), "--quiet");
            Measure("the same with report: false", command, "run", bare, "--to", In("b"), "--quiet");
            MeasuredProcess.Run(command, "run", full, "--to", In("b"), "--quiet");
            MeasuredProcess.Run(command, "run", other, "--to", In("c"), "--quiet");
            Measure("verify", command, "verify", In("a"));
            Measure("diff of two equal releases", command, "diff", In("a"), In("b"));
            Measure("diff with one that has crowds and no small masks", command, "diff", In("a"), In("c"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Pipeline(string path, string file, string transform, string settings)
    {
        File.WriteAllText(path, $$"""
            segpipe: 1
            name: bench
            seed: 1
            stages:
              val:    { read.coco: { annotations: {{file}} } }
              clean:  { {{transform}} }
              result: { write.coco: { file: out.json } }
            release: { to: release{{settings}} }
            """);
        return path;
    }

    private static void Measure(string work, string command, params string[] arguments)
    {
        MeasuredProcess ours = MeasuredProcess.MedianOf(Runs, command, arguments);
        Console.WriteLine($"| {work} | {ours.WallSeconds:0.00} s, {ours.PeakResidentMegabytes:0} MB | - | - | - |");
    }
}
