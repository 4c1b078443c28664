using System.Text.Json;
using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Formats.Coco;

/// <summary>Results of cocoapi that exist twice: counts as lists, and as strings that its C code made.</summary>
public sealed class CocoOldResultsTests
{
    private const string Name = "instances_val2014_fakesegm100_results.json";

    [RealDataFact]
    public void Lists_of_counts_encode_to_the_strings_of_their_newer_twin()
    {
        string folder = Path.Combine(SharedData.Data!, "coco-results", "cocoapi");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, Name)));
        using JsonDocument written = JsonDocument.Parse(Encoded(Path.Combine(folder, "old", Name)));
        JsonElement[] twins = [.. expected.RootElement.EnumerateArray()];
        JsonElement[] records = [.. written.RootElement.EnumerateArray()];
        Assert.Equal(734, records.Length);
        Assert.Equal(twins.Select(TextOf), records.Select(TextOf));
    }

    private static string Encoded(string path)
    {
        var reader = new CocoReader
        {
            Annotations = InputPath.Of(path),
            GroundTruth = InputPath.Of(Path.Combine(SharedData.Data!, RealCoco.GroundTruth)),
        };
        using var release = new TestReleaseFolder();
        CocoRoundTrip.Run(reader, release, s => new EncodeRle().Run(s).Only, new CocoWriter
        {
            File = ReleaseName.From(CocoRoundTrip.FileName),
            As = FileContent.Results,
        });
        return release[CocoRoundTrip.FileName];
    }

    private static string TextOf(JsonElement record)
    {
        JsonElement shape = record.GetProperty("segmentation");
        return $"{record.GetProperty("image_id")} {record.GetProperty("category_id")} " +
            $"{shape.GetProperty("size")[0]} {shape.GetProperty("size")[1]} {shape.GetProperty("counts")}";
    }
}
