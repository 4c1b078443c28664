using System.Text.Json;
using SegPipeline.Formats;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Ytvis;

public sealed class YtvisRealFileTests : IDisposable
{
    private readonly YtvisFiles _files = new();

    private static string Ovis => Path.Combine(SharedData.Data!, "ytvis", "ovis-3f", "annotations_train.json");

    private static string Vis(string name) =>
        Path.Combine(SharedData.Data!, "ytvis", "ytvis2019-0043f083b5", name);

    public void Dispose() => _files.Dispose();

    [RealDataFact]
    public void A_file_of_OVIS_is_written_back_token_by_token() => JsonTokens.AssertEqual(
        File.ReadAllText(Ovis), YtvisFiles.Write(new YtvisReader { Annotations = InputPath.Of(Ovis) }));

    [RealDataFact]
    public void Every_value_of_a_file_of_OVIS_is_that_of_a_full_parser()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Ovis));
        using OpenDataset data = new YtvisReader { Annotations = InputPath.Of(Ovis) }.Open(_files.Context);
        Sample video = data.Read(0);
        Assert.Equal("85aa3b0e", video.Key);
        JsonElement[] records = [.. document.RootElement.GetProperty("annotations").EnumerateArray()];
        Assert.Equal(10, records.Length);
        foreach ((JsonElement record, Instance instance) in records.Zip(video.Instances))
        {
            Assert.Equal(record.GetProperty("segmentations").EnumerateArray().Select(TextOf),
                instance.Segmentations.Select(TextOf));
            Assert.Equal(record.GetProperty("areas").EnumerateArray().Select(NumberOf), instance.AreasPx);
            Assert.Equal(record.GetProperty("bboxes").EnumerateArray().Select(b => b.GetArrayLength()),
                instance.Boxes.Select(b => b is null ? 0 : 4));
        }
    }

    [RealDataFact]
    public void A_file_of_OVIS_rewritten_from_its_masks_has_the_same_strings()
    {
        string written = YtvisFiles.Write(new YtvisReader { Annotations = InputPath.Of(Ovis) }, s => s with
        {
            Instances = [.. s.Instances.Select(i => new Instance
            {
                Id = i.Id,
                CategoryId = i.CategoryId,
                Segmentations = [.. i.Segmentations.Select(x => x.ToMask(886, 1920) is { } mask
                    ? new MaskSegmentation(mask, SegmentationForm.LabelRegion)
                    : x)],
            })],
        });
        using JsonDocument old = JsonDocument.Parse(File.ReadAllText(Ovis));
        using JsonDocument made = JsonDocument.Parse(written);
        Assert.Equal(Strings(old), Strings(made));
    }

    [RealDataFact]
    public void Results_of_YouTube_VIS_are_written_back_token_by_token()
    {
        string truth = TruthOfResults();
        var reader = new YtvisReader
        {
            Annotations = InputPath.Of(Vis("ytvis_results.json")),
            GroundTruth = InputPath.Of(truth),
        };
        using OpenDataset data = reader.Open(_files.Context);
        Sample video = data.Read(0);
        Assert.Equal(9, video.Instances.Length);
        Assert.Equal(65, video.Instances.Sum(i => i.Segmentations.Count(s => s.HasMask)));
        Assert.Equal(115, video.Instances.Sum(i => i.Segmentations.Count(s => s.Form == SegmentationForm.Null)));
        JsonTokens.AssertEqual(File.ReadAllText(Vis("ytvis_results.json")),
            YtvisFiles.Write(reader, writer: YtvisFiles.Writer with { As = FileContent.Results }));
    }

    [RealDataFact]
    public void A_file_of_CocoVID_is_refused_by_name()
    {
        var reader = new YtvisReader { Annotations = InputPath.Of(Vis("cocovid_ann.json")) };
        Assert.Equal("COCO_VID", StageHarness.FailsWith(() => reader.Open(_files.Context)));
    }

    /// <summary>The videos and categories of the CocoVID file in the layout of YouTube-VIS.</summary>
    private string TruthOfResults()
    {
        using JsonDocument vid = JsonDocument.Parse(File.ReadAllText(Vis("cocovid_ann.json")));
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"\"0043f083b5/{5 * i:D5}.jpg\"")];
        _files.Reader($$"""
            {"videos": [{"id": 1, "width": 1280, "height": 720, "length": 20,
              "file_names": [{{string.Join(',', names)}}]}],
             "categories": {{vid.RootElement.GetProperty("categories").GetRawText()}}}
            """, "truth.json");
        return _files["truth.json"];
    }

    private static string? TextOf(JsonElement shape) =>
        shape.ValueKind == JsonValueKind.Null ? null : shape.GetProperty("counts").GetString();

    private static string? TextOf(Segmentation shape) => (shape as MaskSegmentation)?.Mask.ToCocoString();

    private static double? NumberOf(JsonElement number) =>
        number.ValueKind == JsonValueKind.Null ? null : number.GetDouble();

    private static IEnumerable<string?> Strings(JsonDocument document) =>
        document.RootElement.GetProperty("annotations").EnumerateArray()
            .SelectMany(a => a.GetProperty("segmentations").EnumerateArray().Select(TextOf));
}
