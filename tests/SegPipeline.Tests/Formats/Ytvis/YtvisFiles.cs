using System.Text;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Ytvis;

/// <summary>YouTube-VIS files for tests, and a folder to read them from.</summary>
internal sealed class YtvisFiles : IDisposable
{
    public const string OutName = "out.json";

    private readonly TempFolder _folder = new();

    /// <summary>What readers warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The run that stages of these tests believe to be in.</summary>
    public StageContext Context => new("stage", Seed: 7) { Warn = Warnings.Add };

    /// <summary>A writer into the file of these tests.</summary>
    public static YtvisWriter Writer => new() { File = ReleaseName.From(OutName) };

    /// <summary>Full path of a name in the folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>A video of 3 frames of 20 x 10 pixels.</summary>
    public static string Video(long id = 7, string folder = "v") =>
        $$"""{"id": {{id}}, "width": 20, "height": 10, "length": 3, "file_names": [{{Names(folder)}}]}""";

    /// <summary>A file of some videos and annotations.</summary>
    public static string Dataset(string videos, params string[] annotations) => $$"""
        {"videos": [{{videos}}],
        "annotations": [{{string.Join(",\n", annotations)}}],
        "categories": [{"id": 1, "name": "thing", "partition": 2}]}
        """;

    /// <summary>A file of one video.</summary>
    public static string OneVideo(params string[] annotations) => Dataset(Video(), annotations);

    /// <summary>An annotation of video 7 with these entries as segmentations.</summary>
    public static string Annotation(string segmentations, string more = "") =>
        $$"""{"id": 918, "video_id": 7, "category_id": 1, "segmentations": [{{segmentations}}]{{more}}}""";

    /// <summary>A reader of a file with this text.</summary>
    public YtvisReader Reader(string json, string name = "in.json")
    {
        File.WriteAllBytes(_folder[name], Encoding.UTF8.GetBytes(json));
        return new YtvisReader { Annotations = InputPath.Of(_folder[name]) };
    }

    /// <summary>Opens a file with this text.</summary>
    public OpenDataset Open(string json) => Reader(json).Open(Context);

    /// <summary>The only problem that opening gives.</summary>
    public Problem OpenProblem(string json) =>
        Assert.Single(Assert.Throws<BadDataException>(() => Open(json)).Problems);

    /// <summary>The only problem that reading the first video gives.</summary>
    public Problem ReadProblem(string json) => ReadProblem(Reader(json));

    /// <summary>The only problem that reading the first video gives.</summary>
    public Problem ReadProblem(YtvisReader reader)
    {
        using OpenDataset data = reader.Open(Context);
        return Assert.Single(Assert.Throws<BadDataException>(() => data.Read(0)).Problems);
    }

    /// <summary>The file that is written from another one.</summary>
    public static string Write(YtvisReader reader, Func<Sample, Sample>? change = null, YtvisWriter? writer = null)
    {
        using var release = new TestReleaseFolder();
        RoundTrip.Run(reader, writer ?? Writer, release, change);
        return release[OutName];
    }

    /// <summary>The file that is written from samples.</summary>
    public static string Write(DatasetInfo info, params Sample[] samples)
    {
        using var release = new TestReleaseFolder();
        RoundTrip.Write(samples, Writer, release, info);
        return release[OutName];
    }

    public void Dispose() => _folder.Dispose();

    private static string Names(string folder) =>
        string.Join(", ", Enumerable.Range(0, 3).Select(f => $"\"{folder}/{5 * f:D5}.jpg\""));
}
