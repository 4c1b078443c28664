using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

public sealed class CocoRoundTripTests : IDisposable
{
    private readonly CocoFiles _files = new();

    public static TheoryData<string> Files => [.. RealCoco.Files];

    public static TheoryData<string> Results => [.. RealCoco.Results];

    public static TheoryData<string, string> Quirks => new()
    {
        { "annotations first", """
            {"annotations": [{"image_id": 1, "id": 1}], "images": [{"id": 1, "file_name": "a"}]}
            """ },
        { "annotations not by image", """
            {"images": [{"id": 1, "file_name": "a"}, {"id": 2, "file_name": "b"}, {"id": 3, "file_name": "c"}],
             "annotations": [{"id": 1, "image_id": 3}, {"id": 2, "image_id": 1}, {"id": 3, "image_id": 3},
                             {"id": 0, "image_id": 2}, {"id": 5, "image_id": 1}]}
            """ },
        { "byte order mark", "\uFEFF" + CocoFiles.OneImage(CocoFiles.Annotation("[]")) },
        { "CRLF, indented", CocoFiles.OneImage("{\r\n  \"id\" : 1,\r\n\t\"image_id\":7 }").ReplaceLineEndings("\r\n") },
        { "null members", """
            {"info": null, "licenses": null, "images": [], "annotations": null, "categories": null}
            """ },
        { "no annotations at all", """{"images": [{"id": 1, "file_name": "a", "width": null}], "categories": []}""" },
        { "ids of every kind", """
            {"images": [{"id": "ADE_val_1", "file_name": "a"}, {"id": 1.0, "file_name": "b"},
                        {"id": -5, "file_name": "c"}, {"id": 9007199254740993, "file_name": "d"},
                        {"id": 123456789012345678901234567890, "file_name": "e"}],
             "annotations": [{"id": "x\u0041\"", "image_id": "ADE_val_1"}, {"id": 1.0, "image_id": 1},
                             {"id": 9007199254740993, "image_id": 9007199254740993}, {"id": -0, "image_id": -5.0},
                             {"id": 1E3, "image_id": 123456789012345678901234567890}]}
            """ },
        { "an id twice", CocoFiles.OneImage(CocoFiles.Annotation("[]"), CocoFiles.Annotation("null")) },
        { "a member twice", CocoFiles.OneImage("""{"id": 1, "x": 1, "image_id": 3, "image_id": 7, "x": 2}""") },
        { "members unknown at all levels", """
            {"a": {"b": [1, {"c": null}]}, "images": [{"id": 1, "file_name": "a", "tags": ["x", {"y": 0.10}]}],
             "z": "", "annotations": [{"image_id": 1, "id": 1, "attributes": {"occluded": false, "q": []}}],
             "categories": [{"id": 3, "name": "c ", "color": [1, 2, 3]}], "z2": 1e-07}
            """ },
        { "escapes", """
            {"images": [{"file_name": "\u00e4\/\"b\ud83d\ude00\ud800.jpg", "id": 1}], "annotations": [],
             "info": "\b\f\n\r\t\\ é 😀"}
            """ },
        { "number text", CocoFiles.OneImage(
            CocoFiles.Annotation("[[1.50, 1e1, 0.1E+1, 10.000, 5, 5.0]]", ", \"area\": 12817.412699999753")) },
        { "no numbers", CocoFiles.OneImage(CocoFiles.Annotation("[]", ", \"bbox\": [NaN, Infinity, -Infinity, 0]")) },
        { "empty lists", """{"licenses": [], "images": [], "annotations": [], "categories": []}""" },
        { "a list that comes twice", """{"info": 1, "info": 2, "images": []}""" },
        { "nothing but images", """{"images":[{"id":1,"file_name":"x"}]}""" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Quirks))]
    public void What_is_read_is_written_back_token_for_token(string quirk, string json)
    {
        Assert.NotEmpty(quirk);
        JsonTokens.AssertEqual(json, CocoRoundTrip.Run(_files.Reader(json)));
    }

    [RealDataTheory]
    [MemberData(nameof(Files))]
    public void Every_real_file_comes_back_token_for_token(string name)
    {
        string path = Path.Combine(SharedData.Data!, name);
        var reader = new CocoReader { Annotations = InputPath.Of(path) };
        JsonTokens.AssertEqual(File.ReadAllText(path), CocoRoundTrip.Run(reader));
    }

    [RealDataTheory]
    [MemberData(nameof(Results))]
    public void Every_real_list_of_results_comes_back_token_for_token(string name)
    {
        string path = Path.Combine(SharedData.Data!, name);
        string truth = ImagesOf(path);
        _files.Reader(truth, "truth.json");
        var reader = new CocoReader
        {
            Annotations = InputPath.Of(path),
            GroundTruth = InputPath.Of(_files["truth.json"]),
        };
        var writer = new CocoWriter { File = ReleaseName.From(CocoRoundTrip.FileName), As = FileContent.Results };
        JsonTokens.AssertEqual(File.ReadAllText(path), CocoRoundTrip.Run(reader, writer: writer));
    }

    [RealDataFact]
    public void The_duplicate_annotation_ids_of_TACO_survive_and_are_told()
    {
        string path = Path.Combine(SharedData.Data!, "coco/taco/annotations.json");
        var warnings = new List<string>();
        var reader = new CocoReader { Annotations = InputPath.Of(path) };
        using OpenDataset data = reader.Open(new StageContext("s", 1) { Warn = warnings.Add });
        Assert.Contains("annotation ids more than once", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(4784, Enumerable.Range(0, data.Plan.Count).Sum(i => data.Read(i).Instances.Length));
    }

    /// <summary>A file with the images that a list of results names.</summary>
    private static string ImagesOf(string path)
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        var ids = document.RootElement.EnumerateArray().Select(r => r.GetProperty("image_id").GetRawText()).Distinct();
        string images = string.Join(',', ids.Select(id => $$"""{"id": {{id}}, "file_name": "{{id}}"}"""));
        return $$"""{"images": [{{images}}]}""";
    }
}
