using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

/// <summary>Reads a dataset and writes it, without an engine.</summary>
internal static class RoundTrip
{
    /// <summary>Writes a reader's samples.</summary>
    public static void Run(
        Reader reader, Writer writer, TestReleaseFolder release, Func<Sample, Sample>? change = null,
        DatasetInfo? info = null)
    {
        Assert.Empty(reader.Check());
        using OpenDataset data = reader.Open(new StageContext("stage", 7));
        Assert.Empty(data.Defects);
        Write(Enumerable.Range(0, data.Plan.Count).Select(data.Read).Select(change ?? (s => s)), writer, release,
            info ?? data.Info);
    }

    /// <summary>Writes samples, two to a chunk, the second of two chunks encoded first.</summary>
    public static void Write(
        IEnumerable<Sample> samples, Writer writer, TestReleaseFolder release, DatasetInfo info)
    {
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
