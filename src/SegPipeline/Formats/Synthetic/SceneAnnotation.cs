using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.Synthetic;

/// <summary>What a scene's annotator would write down.</summary>
internal static class SceneAnnotation
{
    /// <summary>The instances of a scene, in the order of its objects.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="which">Which pixels masks have.</param>
    /// <param name="firstId">Id of the first object; an object that cannot be seen in any frame leaves a gap.</param>
    public static ImmutableArray<Instance> Of(Scene scene, SyntheticMasks which, long firstId)
    {
        Shape?[][] frames = [.. Enumerable.Range(0, scene.Size.Frames).Select(frame => ShapesIn(scene, frame, which))];
        var instances = ImmutableArray.CreateBuilder<Instance>();
        for (int i = 0; i < scene.Objects.Length; i++)
        {
            Shape?[] shapes = [.. frames.Select(frame => frame[i])];
            if (Array.Exists(shapes, shape => shape is not null))
                instances.Add(ToInstance(scene.Objects[i], shapes, firstId + i));
        }
        return instances.ToImmutable();
    }

    private static Instance ToInstance(SceneObject thing, Shape?[] shapes, long id) => new()
    {
        Id = new RecordId(id),
        CategoryId = SceneCategories.IdOf(thing.Category),
        IsCrowd = thing.IsCrowd,
        Segmentations = [.. shapes.Select(shape => shape?.Segmentation ?? Segmentation.Null)],
        AreasPx = [.. shapes.Select(shape => (double?)shape?.Mask.AreaPx)],
        Boxes = [.. shapes.Select(shape => shape?.Box)],
    };

    private static Shape?[] ShapesIn(Scene scene, int frame, SyntheticMasks which)
    {
        ImmutableArray<ImmutableArray<double[]>> polygons = scene.PolygonsIn(frame);
        Mask[] masks = scene.MasksOf(polygons);
        var shapes = new Shape?[masks.Length];
        Mask hidden = Mask.Empty(scene.Size.HeightPx, scene.Size.WidthPx);
        for (int i = masks.Length - 1; i >= 0; i--)
        {
            Mask seen = which == SyntheticMasks.Whole ? masks[i] : MaskSets.Difference(masks[i], hidden);
            hidden = MaskSets.Union(hidden, masks[i]);
            if (seen.IsEmpty) continue;
            bool isWhole = seen.AreaPx == masks[i].AreaPx;
            shapes[i] = new Shape(seen, isWhole && !scene.Objects[i].IsCrowd
                ? new PolygonSegmentation([.. polygons[i].Select(ImmutableArray.Create)])
                : new MaskSegmentation(seen, SegmentationForm.Counts));
        }
        return shapes;
    }

    /// <summary>What can be seen of an object in a frame.</summary>
    private sealed record Shape(Mask Mask, Segmentation Segmentation)
    {
        public Box Box => Box.Of(Mask);
    }
}
