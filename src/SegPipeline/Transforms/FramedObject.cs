using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>An object of a video, taken apart into one instance for each frame that it is in.</summary>
internal sealed class FramedObject
{
    private readonly Instance _object;
    private readonly ImmutableArray<Segmentation> _shapes;
    private readonly ImmutableArray<double?> _areasPx;
    private readonly ImmutableArray<Box?> _boxes;
    private readonly ImmutableSortedDictionary<string, string> _members;
    private readonly (string Name, string[] Values)[] _lists;

    /// <summary>Takes an object apart.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="number">Its place in the video's list, from 0.</param>
    /// <param name="video">The video.</param>
    /// <param name="perFrame">Names of its members that are lists of one value per frame.</param>
    /// <exception cref="BadDataException">It has more or fewer entries than the video has frames.</exception>
    public FramedObject(Instance instance, int number, Sample video, IReadOnlyList<string> perFrame)
    {
        _object = instance;
        _shapes = instance.ShapesIn(video);
        _areasPx = instance.PerFrame(instance.AreasPx, video);
        _boxes = instance.PerFrame(instance.Boxes, video);
        _members = MembersOf(instance, number);
        _lists = _members.Lists(perFrame, video.Frames.Length);
        for (int f = 0; f < video.Frames.Length; f++) FrameCount += IsIn(f) ? 1 : 0;
    }

    /// <summary>Number of frames that it is in.</summary>
    public int FrameCount { get; }

    /// <summary>The instance of a frame; null where the object is absent or nobody annotated it.</summary>
    public Instance? In(int frame)
    {
        if (!IsIn(frame)) return null;
        var instance = new Instance
        {
            CategoryId = _object.CategoryId,
            IsCrowd = _object.IsCrowd,
            Segmentations = [ShapeIn(frame)],
            ExtraMembers = _members.InFrame(_lists, frame),
        };
        if (!_areasPx.IsEmpty) instance = instance with { AreasPx = [_areasPx[frame]] };
        if (!_boxes.IsEmpty) instance = instance with { Boxes = [_boxes[frame]] };
        return _object.Score is { } score ? instance with { Score = score } : instance;
    }

    private bool IsIn(int frame) => ShapeIn(frame).HasMask
        || (!_boxes.IsEmpty && _boxes[frame] is not null) || (!_areasPx.IsEmpty && _areasPx[frame] is not null);

    private Segmentation ShapeIn(int frame) => _shapes.IsEmpty ? Segmentation.Missing : _shapes[frame];

    // An object without an id keeps its number within the video; one without either gets its place in the list.
    private static ImmutableSortedDictionary<string, string> MembersOf(Instance instance, int number)
    {
        var members = FurtherMembers.Of(instance);
        string? objectId = ObjectNumbers.Of(instance)?.JsonText;
        if (instance.Id is { } id) members = members.SetItem("instance_id", id.JsonText);
        else objectId ??= (number + 1).ToString(CultureInfo.InvariantCulture);
        return objectId is null ? members : members.SetItem(ObjectNumbers.Member, objectId);
    }
}
