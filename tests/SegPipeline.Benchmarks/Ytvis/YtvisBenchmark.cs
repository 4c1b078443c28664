using System.Diagnostics;
using SegPipeline.Benchmarks.Workloads;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Ytvis;

/// <summary>
/// Reading and writing YouTube-VIS files on one core, in kB/s of the file, and videos of label images to the same
/// format, in frames/s. The limit is reading the file, which must be in the page cache, into a reused buffer.
/// </summary>
internal static class YtvisBenchmark
{
    private const int BufferBytes = 1 << 18;

    private static readonly StageContext Context = new("bench", Seed: 1);

    private static YtvisWriter Writer => new() { File = ReleaseName.From("out.json") };

    /// <summary>Argument: a YouTube-VIS file; without one, a generated file of LV-VIS's shape.</summary>
    public static void Run(string[] arguments)
    {
        string path = arguments.Length > 0 ? Path.GetFullPath(arguments[0]) : Generated();
        long kilobytes = new FileInfo(path).Length / 1000;
        double limit = Table.Rate(kilobytes, () => ReadBytes(path));
        Table.Write("index: what read.ytvis opens", kilobytes, () => Open(path).Dispose(), limit);
        using OpenDataset data = Open(path);
        Table.Write("every video, lists counted", kilobytes, () => Visit(data, _ => { }), limit);
        Table.Write("every mask", kilobytes, () => Visit(data, i => _ = i.Segmentations), limit);
        Table.Write("read and write untouched", kilobytes, () => Rewrite.Run(data, Writer, i => i), limit);
        Console.WriteLine($"largest resident set so far: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        Table.Write("read, decode and encode every mask", kilobytes,
            () => Rewrite.Run(data, Writer, i => i with { Segmentations = i.Segmentations }), limit);
        MeasureFrames();
    }

    private static string Generated()
    {
        const int videos = 4_828;
        string path = Path.Combine(Path.GetTempPath(), $"segpipe-lvvis-{videos}.json");
        if (File.Exists(path)) return path;
        new LvvisFile(videos).Write(path + ".partial");
        File.Move(path + ".partial", path);
        return path;
    }

    private static OpenDataset Open(string path) =>
        new YtvisReader { Annotations = InputPath.Of(path) }.Open(Context);

    private static void ReadBytes(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        byte[] buffer = new byte[BufferBytes];
        for (long at = 0; file.Read(at, buffer) is > 0 and int got;) at += got;
    }

    private static void Visit(OpenDataset data, Action<Instance> visit)
    {
        for (int i = 0; i < data.Plan.Count; i++)
            foreach (Instance instance in data.Read(i).Instances) visit(instance);
    }

    private static void MeasureFrames()
    {
        const int videos = 100, frames = 70;
        var info = new DatasetInfo { Kind = SampleKind.Video };
        Sample video = LabelVideo(frames);
        double bytesPerFrame = video.Instances.Average(i => i.Segmentations.Average(
            s => ((MaskSegmentation)s).Mask.ToCocoBytes().Length)) * video.Instances.Length;
        double limit = Table.CopyRate() / bytesPerFrame;
        Table.Write("480p frames of 2 objects encoded, frames", videos * frames,
            () => Rewrite.Run(info, videos, i => video with { Key = $"{i}" }, Writer), limit);
    }

    /// <summary>A video of label images with two objects of about 300 runs each.</summary>
    private static Sample LabelVideo(int frames)
    {
        const int heightPx = 480, widthPx = 854;
        Segmentation Region(double x, double y) => new MaskSegmentation(
            PolygonFill.Fill(heightPx, widthPx, [.. Enumerable.Range(0, 200).SelectMany(i => (double[])
                [x + (140 + 9 * (i % 3)) * Math.Cos(i * Math.Tau / 200), y + 150 * Math.Sin(i * Math.Tau / 200)])]),
            SegmentationForm.LabelRegion);
        return new Sample
        {
            Key = "v",
            Kind = SampleKind.Video,
            Frames = [.. Enumerable.Range(0, frames).Select(f => new Frame($"v/{f:D5}.jpg", widthPx, heightPx))],
            Instances =
            [
                .. new[] { 250, 600 }.Select(x => new Instance
                {
                    Segmentations = [.. Enumerable.Range(0, frames).Select(f => Region(x + f, 240))],
                }),
            ],
        };
    }
}
