using SegPipeline.Cli.Converting;
using SegPipeline.Detection;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.Synthetic;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Cli.Drafts;

/// <summary>A dataset that a pipeline reads.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Keys">Keys of the reader that the user gives.</param>
/// <param name="Comment">What is said of it, as sentences without the last full stop.</param>
internal sealed record DraftInput(
    DetectedDataset Dataset, IReadOnlyDictionary<string, string> Keys, string Comment)
{
    private const int Categories = 12, FramesOfVideo = 8;

    /// <summary>How it is read.</summary>
    public Reader Reader => Dataset.Reader!;

    /// <summary>A dataset that was found.</summary>
    public static DraftInput Found(DetectedDataset dataset, IReadOnlyDictionary<string, string> keys)
    {
        string more = PhotoChoice.MissingKey(dataset.Reader!) is { } photos
            ? $". No photos were found; '{photos}: FOLDER' brings them along"
            : "";
        return new DraftInput(dataset, keys, $"Told by: {dataset.Why}{more}");
    }

    /// <summary>Scenes that are generated.</summary>
    /// <param name="kind">What they are; null for images.</param>
    public static DraftInput Generated(SampleKind? kind)
    {
        var reader = new SyntheticReader
        {
            Categories = Categories,
            Frames = kind == SampleKind.Video ? FramesOfVideo : 1,
        };
        return new DraftInput(Of("synthetic", "", reader),
            new Dictionary<string, string> { ["count"] = "$size" },
            "'segpipe stages describe read.synthetic' tells more");
    }

    /// <summary>A COCO file that need not be there, for the user to put another in its place.</summary>
    /// <param name="path">Full path of the file.</param>
    public static DraftInput Example(string path) => new(
        Of("coco", path, new CocoReader { Annotations = InputPath.Of(path) }), new Dictionary<string, string>(),
        "Put your own file here; 'images: FOLDER' brings the photos along");

    private static DetectedDataset Of(string format, string path, Reader reader) =>
        DetectedDataset.Of(format, path, new Recognition(reader, Certainty.Sure, ""));
}
