using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What becomes of a frame in which no object is.</summary>
public enum EmptyFrames
{
    /// <summary>It goes on as an image without instances.</summary>
    Keep,

    /// <summary>It is dropped, and counted as such.</summary>
    Drop,
}

/// <summary>What the images are named.</summary>
public enum FrameNames
{
    /// <summary>As the frames in the source, so that <c>to_video</c> gives the video its names back.</summary>
    Source,

    /// <summary>By their keys: folder and file, where the source has the path of somebody's disk (LV-VIS).</summary>
    Key,

    /// <summary>Without folders, <c>bear_00000.jpg</c>, and so are their keys: for formats that lay all pictures into
    /// one folder (YOLO, VOC).</summary>
    Joined,
}

/// <summary>
/// A video as its frames: one image for each, in order. An object is an instance of every frame that it is in; its
/// member <c>instance_id</c> tells which object it is, and the image's members <c>video_id</c> and <c>frame_id</c> tell
/// where it was, so that <c>to_video</c> can put everything together again.
/// </summary>
/// <example>stills: { to_frames: { empty: drop } }</example>
/// <remarks>
/// Members as CocoVID has them; further members of the video and its objects go with every frame as they are. The key
/// of an image is the file name of its frame where that begins with the key of the video, else the key of the video and
/// the last part of the file name.
/// </remarks>
[Stage("to_frames")]
public sealed record ToFrames : Transform
{
    /// <summary>What becomes of frames in which no object is.</summary>
    public EmptyFrames Empty { get; init; }

    /// <summary>What the images are named.</summary>
    public FrameNames Names { get; init; }

    /// <summary>Members of objects that are lists of one value per frame, e.g. <c>occlusion</c> of OVIS: they are taken
    /// apart with the video.</summary>
    public IReadOnlyList<string> PerFrame { get; init; } = [];

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Video;

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => input.Kind == SampleKind.Video
        ? input with { Kind = SampleKind.Image, Document = input.Document.Rename("videos", "images") }
        : throw new BadDataException(new Problem("KIND", "to_frames takes videos apart, this dataset is of images")
        {
            Remedy = "leave the stage out",
        });

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => Apply;

    private void Apply(Sample video, StageOutput output)
    {
        if (video.Frames.IsEmpty)
        {
            output.DropSample("without frames");
            return;
        }
        var members = FurtherMembers.Of(video);
        var objects = video.Instances.Select((instance, n) => new FramedObject(instance, n, video, PerFrame)).ToArray();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        int kept = 0;
        for (int f = 0; f < video.Frames.Length; f++)
        {
            Sample image = ImageOf(video, f, members, objects);
            if (!keys.Add(image.Key)) throw TwoFrames(video, image.Key);
            if (Empty == EmptyFrames.Drop && image.Instances.IsEmpty) continue;
            output.Emit(image);
            kept++;
        }
        output.Count(Tally.SamplesAdded, "frames", video.Frames.Length - 1);
        output.Count(Tally.Note, "frames that nobody annotated", video.Frames.Count(f => f.IsAnnotated == false));
        output.Count(Tally.SamplesDropped, "empty", video.Frames.Length - kept);
        output.Count(Tally.InstancesAdded, "in several frames", objects.Sum(o => Math.Max(0L, o.FrameCount - 1)));
        output.Count(Tally.InstancesDropped, "in no frame", objects.Count(o => o.FrameCount == 0));
    }

    private Sample ImageOf(
        Sample video, int f, ImmutableSortedDictionary<string, string> members, FramedObject[] objects)
    {
        Frame frame = video.Frames[f];
        string key = KeyOf(video, frame);
        if (Names == FrameNames.Joined) key = key.Replace('/', '_');
        bool isNamedByKey = Names != FrameNames.Source || frame.Name.AsSpan().IndexOfAny('/', '\\') < 0;
        return new Sample
        {
            Key = key,
            Kind = SampleKind.Image,
            Frames = [isNamedByKey ? frame with { Name = key } : frame],
            Instances = [.. objects.Select(o => o.In(f)).OfType<Instance>()],
            ExtraMembers = members
                .SetItem("video_id", video.Id?.JsonText ?? JsonSerializer.Serialize(video.Key))
                .SetItem("frame_id", frame.Position.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string KeyOf(Sample video, Frame frame)
    {
        string name = frame.Name.Replace('\\', '/');
        return name.StartsWith(video.Key + "/", StringComparison.Ordinal)
            ? name
            : video.Key + "/" + name[(name.LastIndexOf('/') + 1)..];
    }

    private static BadDataException TwoFrames(Sample video, string key) =>
        new(new Problem("FRAME_TWICE", $"two frames of video '{video.Key}' have the key '{key}'")
        {
            Remedy = "give every frame of a video a file name of its own",
        });
}
