using System.Collections.Immutable;
using SegPipeline.Masks;

namespace SegPipeline.Formats.Synthetic;

/// <summary>A thing in a scene, in front of those that come before it.</summary>
internal sealed record SceneObject
{
    /// <summary>Number of its category, from 0.</summary>
    public required int Category { get; init; }

    /// <summary>Whether it stands for a group of things.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>The parts it consists of, where they are in the first frame.</summary>
    public required ImmutableArray<Pose> Parts { get; init; }

    /// <summary>How far it moves to the right from frame to frame, in pixels.</summary>
    public double DriftX { get; init; }

    /// <summary>How far it moves down from frame to frame, in pixels.</summary>
    public double DriftY { get; init; }

    /// <summary>How far its parts turn from frame to frame, in full turns.</summary>
    public double Spin { get; init; }

    /// <summary>Frames in which it is not there: the first one, and the one after the last.</summary>
    public (int From, int To) Absent { get; init; }

    /// <summary>Width of its stripes in pixels.</summary>
    public int StripePx { get; init; } = 8;

    /// <summary>The polygons of its parts in a frame; none when it is absent or outside the picture.</summary>
    public ImmutableArray<double[]> PolygonsIn(int frame, int widthPx, int heightPx)
    {
        if (frame >= Absent.From && frame < Absent.To) return [];
        OutlineKind kind = SceneCategories.OutlineOf(Category);
        return
        [
            .. Parts.Select(p => Outline.Of(kind, Moved(p, frame), widthPx, heightPx))
                .Where(polygon => !PolygonFill.Fill(heightPx, widthPx, polygon).IsEmpty),
        ];
    }

    private Pose Moved(Pose pose, int frame) => pose with
    {
        X = pose.X + frame * DriftX,
        Y = pose.Y + frame * DriftY,
        Turn = pose.Turn + frame * Spin,
    };
}
