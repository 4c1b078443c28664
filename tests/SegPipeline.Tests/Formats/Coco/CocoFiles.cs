using System.Text;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

/// <summary>COCO files for tests, and a folder to read them from.</summary>
internal sealed class CocoFiles : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>What readers warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The run that stages of these tests believe to be in.</summary>
    public StageContext Context => new("stage", Seed: 7) { Warn = Warnings.Add };

    /// <summary>Full path of a name in the folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>A file of one 20 x 10 image and these annotations.</summary>
    public static string OneImage(params string[] annotations) => $$"""
        {"images": [{"id": 7, "file_name": "a.jpg", "width": 20, "height": 10}],
        "annotations": [{{string.Join(",\n", annotations)}}],
        "categories": [{"id": 1, "name": "thing"}]}
        """;

    /// <summary>An annotation of image 7 with a segmentation.</summary>
    public static string Annotation(string segmentation, string more = "") =>
        $$"""{"id": 918, "image_id": 7, "category_id": 1, "segmentation": {{segmentation}}{{more}}}""";

    /// <summary>A reader of a file with this text.</summary>
    public CocoReader Reader(string json, string name = "in.json")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], Encoding.UTF8.GetBytes(json));
        return new CocoReader { Annotations = InputPath.Of(_folder[name]) };
    }

    /// <summary>Opens a file with this text.</summary>
    public OpenDataset Open(string json) => Reader(json).Open(Context);

    /// <summary>The only problem that opening gives.</summary>
    public Problem OpenProblem(string json) => OpenProblem(Reader(json));

    /// <summary>The only problem that opening gives.</summary>
    public Problem OpenProblem(CocoReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.Open(Context)).Problems);

    public void Dispose() => _folder.Dispose();
}
