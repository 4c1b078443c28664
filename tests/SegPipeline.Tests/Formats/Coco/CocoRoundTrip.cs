using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

/// <summary>Reads a dataset and writes it, without an engine.</summary>
internal static class CocoRoundTrip
{
    public const string FileName = "out.json";

    private static CocoWriter Writer => new() { File = ReleaseName.From(FileName) };

    /// <summary>What the writer of these tests makes of a reader's samples.</summary>
    public static string Run(CocoReader reader, Func<Sample, Sample>? change = null, CocoWriter? writer = null)
    {
        using var release = new TestReleaseFolder();
        Run(reader, release, change, writer);
        return release[FileName];
    }

    /// <summary>Writes a reader's samples, two to a chunk, the second of two chunks encoded first.</summary>
    public static void Run(
        CocoReader reader, TestReleaseFolder release, Func<Sample, Sample>? change = null, CocoWriter? writer = null,
        DatasetInfo? info = null)
    {
        RoundTrip.Run(reader, writer ?? Writer, release, change, info);
    }

    /// <summary>Writes samples into a release.</summary>
    public static void Write(
        IEnumerable<Sample> samples, TestReleaseFolder release, DatasetInfo info, CocoWriter? writer = null)
    {
        RoundTrip.Write(samples, writer ?? Writer, release, info);
    }
}
