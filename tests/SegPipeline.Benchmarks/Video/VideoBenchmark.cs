using System.Globalization;
using SegPipeline.Benchmarks.EndToEnd;
using SegPipeline.Benchmarks.Pixels;
using SegPipeline.Benchmarks.Workloads;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Video;

/// <summary>
/// The command as a user runs it, on two cores: palette PNGs to a YouTube-VIS file, and a file a tenth of LV-VIS's size
/// to palette PNGs. Start-up, digests and the release are included. The peer, on two processes, is a script of Pillow
/// and pycocotools' C code, which the environment variable MASKAPI names; it writes neither digests nor a manifest.
/// </summary>
internal static class VideoBenchmark
{
    private const int Runs = 5;
    private const int PeerRuns = 1;
    private const int Frames = 2_000;
    private const int ManyFrames = 20_000;
    private const int LvvisVideos = 483;

    /// <summary>Arguments: the start script of the command, then folders of palette PNGs, one folder a video.</summary>
    public static void Run(string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("segpipe-bench-");
        try
        {
            foreach (string videos in arguments.Skip(1)) MeasureReading(videos);
            foreach (string videos in arguments.Skip(1))
            {
                MeasureToJson(arguments[0], folder.FullName, videos, Frames, Peer);
                MeasureToJson(arguments[0], folder.FullName, videos, ManyFrames, (_, _, _) => null);
            }
            MeasureToPng(arguments[0], folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void MeasureReading(string videos)
    {
        double inflates;
        using (PixelWorkload load = PixelWorkload.Load(videos))
            inflates = Table.Rate(load.Files.Length, () => PixelsBenchmark.InflateAll(load));
        using OpenDataset dataset =
            new PaletteReader { Masks = InputPath.Of(videos) }.Open(new StageContext("bench", Seed: 1));
        int frames = dataset.InputFiles.Count;
        Table.Write($"read.palette, {frames} frames of {NameOf(videos)}, one core", frames, () =>
        {
            for (int i = 0; i < dataset.Plan.Count; i++) dataset.Read(i);
        }, inflates);
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    private static void MeasureToJson(string command, string folder, string videos, int frames,
        Func<string, string, string, MeasuredProcess?> measurePeer)
    {
        string name = NameOf(videos);
        string masks = RepeatedVideos.Link(videos, Path.Combine(folder, $"{name}-{frames}"), frames);
        string pipeline = Write(folder, $$"""
              videos: { read.palette: { masks: {{masks}} } }
              file:   { write.ytvis: { file: out.json } }
            """);
        MeasuredProcess? peer = measurePeer("to-json", masks, Path.Combine(folder, "peer.json"));
        WriteRow($"palette PNGs to YouTube-VIS JSON, {frames} frames of {name}", command, pipeline, frames, peer);
    }

    private static void MeasureToPng(string command, string folder)
    {
        string file = Path.Combine(folder, "lvvis.json");
        new LvvisFile(LvvisVideos).Write(file);
        string pipeline = Write(folder, $$"""
              videos: { read.ytvis: { annotations: {{file}} } }
              masks:  { write.palette: { ids: dense } }
            """);
        MeasuredProcess.Run(command, "run", pipeline, "--quiet");
        string written = Path.Combine(folder, "release", "Annotations");
        int frames = Directory.GetFiles(written, "*.png", SearchOption.AllDirectories).Length;
        MeasuredProcess? peer = Peer("to-png", file, Path.Combine(folder, "peer"));
        WriteRow($"YouTube-VIS JSON to palette PNGs, {frames} frames of a tenth of LV-VIS",
            command, pipeline, frames, peer);
    }

    private static string Write(string folder, string stages)
    {
        string pipeline = Path.Combine(folder, "bench.yaml");
        File.WriteAllText(pipeline, $$"""
            segpipe: 1
            name: bench
            stages:
            {{stages}}
            release: { to: {{Path.Combine(folder, "release")}} }
            """);
        return pipeline;
    }

    private static MeasuredProcess? Peer(string work, string input, string output)
    {
        if (Environment.GetEnvironmentVariable("MASKAPI") is null) return null;
        string python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
        return MeasuredProcess.MedianOf(PeerRuns, python, VideoPeer.Script, work, input, output);
    }

    private static void WriteRow(
        string work, string command, string pipeline, int frames, MeasuredProcess? peer)
    {
        MeasuredProcess ours = MeasuredProcess.MedianOf(Runs, command, "run", pipeline, "--quiet");
        string result = $"{Rate(frames, ours)} frames/s, {ours.PeakResidentMegabytes:0} MB";
        string beside = peer is null ? "-" : Rate(frames, peer) + " frames/s";
        string ratio = peer is null
            ? "-"
            : (peer.WallSeconds / ours.WallSeconds).ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"| {work} | {result} | {beside} | {ratio} | - |");
    }

    private static string Rate(int frames, MeasuredProcess process) =>
        (frames / process.WallSeconds).ToString("#,0", CultureInfo.InvariantCulture);
}
