using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>By what images are put together to videos.</summary>
public enum VideoBy
{
    /// <summary>By folder: the part of the key before its last slash, which becomes the key of the video.</summary>
    Folder,

    /// <summary>By a member of the image's record, whose value becomes the key of the video.</summary>
    Member,
}

/// <summary>By which member the instances of one object are known.</summary>
public enum ObjectIdentity
{
    /// <summary>By the first of <c>instance_id</c>, <c>track_id</c>, <c>object_id</c> that an instance has.</summary>
    Any,

    /// <summary>By <c>instance_id</c>, which becomes the id of the object (CocoVID, <c>to_frames</c>).</summary>
    InstanceId,

    /// <summary>By <c>track_id</c>.</summary>
    TrackId,

    /// <summary>By <c>object_id</c> (DAVIS, MOSE, VOC).</summary>
    ObjectId,

    /// <summary>By none: every instance is an object of one frame.</summary>
    None,
}

/// <summary>
/// Frames as a video: all images of a folder, or with the same value of a member, in the order of their numbers. The
/// instances of one object become one, absent (null) from the frames that have none; an instance that says of no object
/// stays one of its own. Undoes <c>to_frames</c>: ids of videos and objects come back.
/// </summary>
/// <example>videos: { to_video: { by: folder } }</example>
/// <remarks>
/// Frames are ordered by the member <c>frame_id</c>, else by the last number in the file name, else naturally by key.
/// Objects are in the order of their ids or numbers where all have them, else as they appear. A score is the mean of
/// those of the frames. Of further members those stay that are alike on all frames of the video, or of the object.
/// </remarks>
[Stage("to_video")]
public sealed record ToVideo : Grouping
{
    /// <summary>By what images are put together.</summary>
    public VideoBy By { get; init; }

    /// <summary>For <c>by: member</c>: name of the member; all images must then be looked at first.</summary>
    public string? Member { get; init; }

    /// <summary>By which member the instances of one object are known.</summary>
    public ObjectIdentity Identity { get; init; }

    /// <summary>Members of instances that become lists of one value per frame, null where the object is absent, e.g.
    /// <c>occlusion</c> of OVIS.</summary>
    public IReadOnlyList<string> PerFrame { get; init; } = [];

    /// <inheritdoc/>
    public override bool KeysSuffice => By == VideoBy.Folder;

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (By == VideoBy.Member != Member is not null) yield return "'member' and 'by: member' need each other";
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Video;

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => input.Kind == SampleKind.Image
        ? input with { Kind = SampleKind.Video, Document = input.Document.Rename("images", "videos") }
        : throw new BadDataException(new Problem("KIND", "to_video puts images together, this dataset is of videos")
        {
            Remedy = "leave the stage out",
        });

    /// <inheritdoc/>
    public override string? Observe(Sample sample) => sample.MemberText(Member!) is { } text and not "null"
        ? text
        : throw new BadDataException(new Problem("NO_VIDEO", $"the image has no member '{Member}'")
        {
            Remedy = "name another member, or write 'by: folder'",
        });

    /// <inheritdoc/>
    public override string GroupOf(Candidate candidate)
    {
        if (By == VideoBy.Member) return KeyOf(RecordId.FromJson(candidate.Observed!));
        int slash = candidate.Key.LastIndexOf('/');
        return slash > 0
            ? candidate.Key[..slash]
            : throw new BadDataException(new Problem("NO_FOLDER",
                $"'{candidate.Key}' is in no folder that could be its video")
            {
                Remedy = "write 'by: member' and name the member that tells the video",
            });
    }

    /// <inheritdoc/>
    public override Action<string, IReadOnlyList<Sample>, StageOutput> Prepare(
        DatasetInfo input, StageContext context) => (key, images, output) =>
    {
        var order = FrameSequence.Order(key, images);
        Sample[] frames = [.. order.Select(frame => frame.Image)];
        ImmutableArray<Instance> objects = ObjectsOf(frames, output);
        output.Count(Tally.InstancesDropped, "part of an object",
            frames.Sum(frame => (long)frame.Instances.Length) - objects.Length);
        output.Emit(new Sample
        {
            Key = key,
            Kind = SampleKind.Video,
            Id = IdOf(key, frames),
            Frames = [.. order.Select(frame => frame.Image.Frame with { Position = frame.Position })],
            Instances = objects,
            ExtraMembers = FurtherMembers.Shared([.. frames.Select(FurtherMembers.Of)]),
        });
    };

    private ImmutableArray<Instance> ObjectsOf(Sample[] frames, StageOutput output)
    {
        var named = new Dictionary<ObjectName, VideoObject>();
        var all = new List<VideoObject>();
        for (int f = 0; f < frames.Length; f++)
            foreach (Instance piece in frames[f].Instances)
            {
                ObjectName? name = ObjectName.Of(piece, Identity);
                if (name is null || !named.TryGetValue(name, out VideoObject? found))
                {
                    all.Add(found = new VideoObject(frames, name));
                    if (name is not null) named.Add(name, found);
                }
                found.Add(f, piece);
            }
        Instance[] objects = [.. all.Select(o => o.ToInstance(PerFrame))];
        output.Count(Tally.Note, "members that differ between frames", all.Sum(o => (long)o.MembersLeftOut));
        RecordId?[] numbers = [.. objects.Select(o => o.Id)];
        if (numbers.Contains(null)) numbers = [.. objects.Select(ObjectNumbers.Of)];
        return [.. numbers.Contains(null) ? objects : objects.Zip(numbers).OrderBy(o => o.Second).Select(o => o.First)];
    }

    // What stands for the video where it has no id is its key.
    private static RecordId? IdOf(string key, Sample[] frames)
    {
        string? text = frames[0].MemberText("video_id");
        bool isOne = text is not null && frames.All(frame => frame.MemberText("video_id") == text);
        return isOne && text != JsonSerializer.Serialize(key) ? RecordId.FromJson(text!) : null;
    }

    private static string KeyOf(RecordId id) =>
        id.JsonText[0] == '"' ? JsonSerializer.Deserialize<string>(id.JsonText)! : id.JsonText;
}
