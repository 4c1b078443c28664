using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>An object of a video, put together from the instances it is in single frames.</summary>
/// <param name="frames">The frames of the video.</param>
/// <param name="identity">What all its instances have in common; null for an object of one frame.</param>
internal sealed class VideoObject(IReadOnlyList<Sample> frames, ObjectName? identity)
{
    private readonly Instance?[] _pieces = new Instance?[frames.Count];
    private int _first = -1;

    /// <summary>Number of members that <see cref="ToInstance"/> left out, because frames differ in them.</summary>
    public int MembersLeftOut { get; private set; }

    /// <summary>Puts in what the object is in a frame.</summary>
    /// <exception cref="BadDataException">It is in the frame already, or has another category elsewhere.</exception>
    public void Add(int frame, Instance piece)
    {
        if (_pieces[frame] is not null)
            throw new BadDataException(new Problem("OBJECT_TWICE", $"the frame has two instances of {identity}")
            {
                Remedy = "join or remove one of them, or set 'identity'",
            }).At(piece, frames[frame]);
        if (_first < 0) _first = frame;
        else if (_pieces[_first]!.CategoryId != piece.CategoryId)
            throw new BadDataException(new Problem("OBJECT_CATEGORY",
                $"{identity} has category {Shown(piece)} here and {Shown(_pieces[_first]!)} in " +
                $"'{frames[_first].Key}'")
            {
                Remedy = "give it one category, or set 'identity'",
            }).At(piece, frames[frame]);
        _pieces[frame] = piece;
    }

    /// <summary>The object as an instance of the video.</summary>
    /// <param name="perFrame">Names of members that become lists of one value per frame.</param>
    public Instance ToInstance(IReadOnlyList<string> perFrame)
    {
        Instance[] there = [.. _pieces.OfType<Instance>()];
        RecordId? id = identity is null ? there[0].Id : identity.Id;
        var instance = new Instance
        {
            CategoryId = there[0].CategoryId,
            IsCrowd = IsCrowdIn(there),
            Segmentations = [.. _pieces.Select((piece, f) => piece?.Segmentation ?? AbsentFrom(f))],
        };
        if (id is not null) instance = instance with { Id = id };
        if (there.Any(piece => piece.AreaPx is not null))
            instance = instance with { AreasPx = [.. _pieces.Select(piece => piece?.AreaPx)] };
        if (there.Any(piece => piece.Box is not null))
            instance = instance with { Boxes = [.. _pieces.Select(piece => piece?.Box)] };
        if (ScoreOf(there) is { } score) instance = instance with { Score = score };
        ImmutableSortedDictionary<string, string>?[] further =
            [.. _pieces.Select(piece => piece is null ? null : FurtherMembers.Of(piece))];
        var members = FurtherMembers.Together(further, perFrame);
        MembersLeftOut = further.SelectMany(f => f?.Keys ?? []).Distinct(StringComparer.Ordinal)
            .Count(name => !members.ContainsKey(name));
        return members.IsEmpty ? instance : instance with { ExtraMembers = members };
    }

    private Segmentation AbsentFrom(int frame) =>
        frames[frame].Frame.IsAnnotated == false ? Segmentation.Missing : Segmentation.Null;

    // A group of objects in any frame is one in the video; what nobody said is not made up.
    private static bool? IsCrowdIn(Instance[] there) =>
        there.Any(piece => piece.IsCrowd == true) ? true
        : there.Any(piece => piece.IsCrowd == false) ? false
        : null;

    private static double? ScoreOf(Instance[] there)
    {
        double[] scores = [.. there.Select(piece => piece.Score).OfType<double>()];
        if (scores.Length == 0) return null;
        return scores.All(score => score == scores[0]) ? scores[0] : scores.Sum() / scores.Length;
    }

    private static string Shown(Instance piece) => piece.CategoryId?.JsonText ?? "none";
}
