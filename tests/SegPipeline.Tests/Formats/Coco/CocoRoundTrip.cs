using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

/// <summary>Reads a dataset and writes it, without an engine.</summary>
internal static class CocoRoundTrip
{
    public const string FileName = "out.json";

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
        var context = new StageContext("stage", 7);
        using OpenDataset data = reader.Open(context);
        Assert.Empty(data.Defects);
        Write(Enumerable.Range(0, data.Plan.Count).Select(data.Read).Select(change ?? (s => s)), release,
            info ?? data.Info, writer);
    }

    /// <summary>Writes samples into a release.</summary>
    public static void Write(
        IEnumerable<Sample> samples, TestReleaseFolder release, DatasetInfo info, CocoWriter? writer = null)
    {
        writer ??= new CocoWriter { File = ReleaseName.From(FileName) };
        Assert.Empty(writer.Check());
        using OpenOutput output = writer.Open(info, release, new StageContext("stage", 7));
        foreach (Sample[][] pair in samples.Chunk(2).Chunk(2))
        {
            object[] encoded = [.. pair.Reverse().Select(output.Encode)];
            foreach (object chunk in encoded.Reverse()) output.Append(chunk);
        }

        output.Finish();
    }
}
