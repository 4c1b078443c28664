using System.Text.Json;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

public sealed class CocoRealFileTests
{
    /// <summary>Every COCO file among the real data; TACO's unofficial one has Infinity, which is not JSON.</summary>
    public static TheoryData<string> Files => [.. RealCoco.Files];

    [RealDataTheory]
    [MemberData(nameof(Files))]
    public void Every_value_is_that_of_a_full_parser(string name)
    {
        string path = Path.Combine(SharedData.Data!, name);
        string json = File.ReadAllText(path).Replace("Infinity", "1e9", StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        using OpenDataset data = new CocoReader { Annotations = InputPath.Of(path) }.Open(new StageContext("s", 1));
        Assert.Empty(data.Defects);
        var expected = document.RootElement.GetProperty("annotations").EnumerateArray()
            .ToLookup(a => a.GetProperty("image_id").GetInt64());
        var images = document.RootElement.GetProperty("images").EnumerateArray().ToArray();
        Assert.Equal(images.Length, data.Plan.Count);
        for (int i = 0; i < images.Length; i++)
        {
            Sample sample = data.Read(i);
            Assert.Equal(images[i].GetProperty("id").GetInt64(), sample.Id!.Value.Number);
            Assert.Equal(images[i].GetProperty("file_name").GetString(), sample.Frame.Name);
            Assert.Equal(images[i].GetProperty("width").GetInt32(), sample.Frame.WidthPx);
            JsonElement[] records = [.. expected[sample.Id.Value.Number]];
            Assert.Equal(records.Length, sample.Instances.Length);
            foreach (var (record, instance) in records.Zip(sample.Instances)) Compare(record, instance);
        }
    }

    private static void Compare(JsonElement record, Instance instance)
    {
        Assert.Equal(record.GetProperty("id").GetRawText(), instance.Id!.Value.JsonText);
        if (record.TryGetProperty("category_id", out JsonElement category))
            Assert.Equal(category.GetInt64(), instance.CategoryId!.Value.Number);
        bool? isCrowd = record.TryGetProperty("iscrowd", out JsonElement crowd) ? crowd.GetInt32() == 1 : null;
        Assert.Equal(isCrowd, instance.IsCrowd);
        double? area = record.TryGetProperty("area", out JsonElement a) ? a.GetDouble() : null;
        Assert.Equal(area, instance.AreaPx);
        double[] b = record.TryGetProperty("bbox", out JsonElement box)
            ? [.. box.EnumerateArray().Select(e => e.GetDouble())]
            : [];
        if (b.Length == 4 && !b.Contains(1e9)) Assert.Equal(new Box(b[0], b[1], b[2], b[3]), instance.Box);

        Compare(record.TryGetProperty("segmentation", out JsonElement shape) ? shape : default, instance.Segmentation);
    }

    private static void Compare(JsonElement shape, Segmentation segmentation)
    {
        switch (segmentation)
        {
            case PolygonSegmentation polygons:
                Assert.Equal(
                    shape.EnumerateArray().Select(p => p.EnumerateArray().Select(n => n.GetDouble()).ToArray()),
                    polygons.Parts.Select(p => p.ToArray()));
                break;
            case MaskSegmentation { Form: SegmentationForm.Counts } runs:
                Assert.Equal(
                    shape.GetProperty("counts").EnumerateArray().Select(n => n.GetUInt32()),
                    runs.Mask.Counts.ToArray());
                break;
            case MaskSegmentation runs:
                Assert.Equal(shape.GetProperty("counts").GetString(), runs.Mask.ToCocoString());
                break;
            default:
                Assert.True(segmentation.Form == SegmentationForm.Missing
                    ? shape.ValueKind == JsonValueKind.Undefined
                    : shape.GetArrayLength() == 0);
                break;
        }
    }
}
