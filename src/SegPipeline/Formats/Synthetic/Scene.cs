using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Synthetic;

/// <summary>The size of generated scenes.</summary>
/// <param name="WidthPx">Width of a picture.</param>
/// <param name="HeightPx">Height of a picture.</param>
/// <param name="Frames">Number of pictures.</param>
internal sealed record SceneSize(int WidthPx, int HeightPx, int Frames);

/// <summary>A generated scene: what is in it and where, frame by frame. The same for the same key,
/// everywhere.</summary>
/// <param name="Size">Its size.</param>
/// <param name="BackgroundKey">Decides how its background looks.</param>
/// <param name="Objects">What is in it, from back to front.</param>
internal sealed record Scene(SceneSize Size, uint BackgroundKey, ImmutableArray<SceneObject> Objects)
{
    private const int MostObjects = 9;
    private const double SplitShare = 0.15;

    /// <summary>Makes a scene.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="categories">What can be in it.</param>
    /// <param name="crowdShare">Which share of the objects are crowds.</param>
    /// <param name="random">The stream of random numbers of its key.</param>
    public static Scene Generate(SceneSize size, SceneCategories categories, double crowdShare, KeyedRandom random)
    {
        uint background = (uint)random.NextBits();
        var objects = ImmutableArray.CreateBuilder<SceneObject>();
        int count = random.NextInt(0, 16) == 0 ? 0 : random.NextInt(1, MostObjects + 1);
        for (int i = 0; i < count; i++)
        {
            SceneObject thing = random.NextDouble() < crowdShare
                ? Crowd(size, categories.Draw(ref random), ref random)
                : Single(size, categories.Draw(ref random), ref random);
            objects.Add(size.Frames == 1 ? thing : Moving(thing, size, ref random));
        }
        return new Scene(size, background, objects.ToImmutable());
    }

    /// <summary>For each object the polygons of its parts in a frame.</summary>
    public ImmutableArray<ImmutableArray<double[]>> PolygonsIn(int frame) =>
        [.. Objects.Select(thing => thing.PolygonsIn(frame, Size.WidthPx, Size.HeightPx))];

    /// <summary>For each object its whole mask in a frame, hidden parts included.</summary>
    public Mask[] MasksOf(ImmutableArray<ImmutableArray<double[]>> polygons) =>
        [.. polygons.Select(parts => PolygonFill.Fill(Size.HeightPx, Size.WidthPx, [.. parts]))];

    private static SceneObject Single(SceneSize size, int category, ref KeyedRandom random)
    {
        Pose pose = RandomPose(size, smallest: 0.06, largest: 0.22, ref random);
        bool isSplit = random.NextDouble() < SplitShare;
        Pose next = pose with { X = pose.X + 1.4 * pose.RadiusX, Y = pose.Y + 1.4 * pose.RadiusY };
        return new SceneObject
        {
            Category = category,
            Parts = isSplit ? [pose, next with { RadiusX = 0.6 * pose.RadiusX, RadiusY = 0.6 * pose.RadiusY }] : [pose],
            StripePx = random.NextInt(4, 13),
        };
    }

    private static SceneObject Crowd(SceneSize size, int category, ref KeyedRandom random)
    {
        Pose centre = RandomPose(size, smallest: 0.12, largest: 0.3, ref random);
        Pose[] members = new Pose[random.NextInt(8, 15)];
        for (int i = 0; i < members.Length; i++)
            members[i] = new Pose(
                centre.X + centre.RadiusX * (2 * random.NextDouble() - 1),
                centre.Y + centre.RadiusY * (2 * random.NextDouble() - 1),
                0.22 * centre.RadiusX, 0.22 * centre.RadiusX, random.NextDouble());
        return new SceneObject { Category = category, IsCrowd = true, Parts = [.. members] };
    }

    private static SceneObject Moving(SceneObject still, SceneSize size, ref KeyedRandom random)
    {
        double pacePx = 0.04 * Math.Min(size.WidthPx, size.HeightPx);
        int gone = random.NextInt(0, size.Frames);
        bool isGone = random.NextInt(0, 3) == 0;
        return still with
        {
            DriftX = pacePx * (random.NextDouble() - 0.5),
            DriftY = pacePx * (random.NextDouble() - 0.5),
            Spin = 0.02 * (random.NextDouble() - 0.5),
            Absent = isGone ? (gone, gone + random.NextInt(1, 1 + (size.Frames + 1) / 2)) : (0, 0),
        };
    }

    private static Pose RandomPose(SceneSize size, double smallest, double largest, ref KeyedRandom random)
    {
        double scalePx = Math.Min(size.WidthPx, size.HeightPx);
        double radius = scalePx * (smallest + (largest - smallest) * random.NextDouble());
        return new Pose(
            size.WidthPx * random.NextDouble(), size.HeightPx * random.NextDouble(),
            radius, radius * (0.6 + 0.4 * random.NextDouble()), random.NextDouble());
    }
}
