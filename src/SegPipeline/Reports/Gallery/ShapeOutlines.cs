using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Masks.Geometry;
using SegPipeline.Model;

namespace SegPipeline.Reports.Gallery;

/// <summary>The objects of one frame as outlines on a small picture.</summary>
/// <param name="info">What is known about the dataset.</param>
/// <param name="sample">The sample.</param>
/// <param name="frame">Number of the frame.</param>
/// <param name="widthPx">Width of the small picture.</param>
/// <param name="heightPx">Height of the small picture.</param>
internal sealed class ShapeOutlines(DatasetInfo info, Sample sample, int frame, int widthPx, int heightPx)
{
    private static readonly ContourRule Rule = new() { TolerancePx = 0.75 };

    private readonly Frame _picture = sample.Frames[frame];

    /// <summary>Draws them: void first, then crowds, then the others, the large before the small.</summary>
    /// <param name="tell">Told of what cannot be drawn.</param>
    public ImmutableArray<GalleryShape> Draw(Action<string> tell)
    {
        var drawn = new List<(GalleryShape Shape, long AreaPx)>();
        if (_picture.Void is { HasMask: true } ignored && MaskOf(ignored, tell) is { } pixels)
            drawn.Add((new GalleryShape("void", null, GalleryFill.Void, PathOf(pixels)), long.MaxValue));
        var colours = new Dictionary<RecordId, int>();
        foreach (Category category in info.Taxonomy.Categories) colours.TryAdd(category.Id, colours.Count);
        for (int i = 0; i < sample.Instances.Length; i++) Draw(i, colours, drawn, tell);
        return [.. drawn.OrderBy(d => d.Shape.Fill switch
        {
            GalleryFill.Void => 0,
            GalleryFill.Crowd => 1,
            _ => 2,
        }).ThenByDescending(d => d.AreaPx).Select(d => d.Shape)];
    }

    private void Draw(
        int number, Dictionary<RecordId, int> colours, List<(GalleryShape, long)> drawn, Action<string> tell)
    {
        Instance instance = sample.Instances[number];
        try
        {
            ImmutableArray<Segmentation> shapes = instance.Segmentations;
            Mask? mask = shapes.Length > frame && shapes[frame].HasMask ? MaskOf(shapes[frame], tell) : null;
            string? path = mask is null ? BoxPath(instance) : PathOf(mask);
            if (string.IsNullOrEmpty(path)) return;
            GalleryFill fill = mask is null ? GalleryFill.Box
                : instance.IsCrowd == true ? GalleryFill.Crowd : GalleryFill.Plain;
            drawn.Add((new GalleryShape(CategoryNames.Of(info, instance.CategoryId), instance.CategoryId, fill, path)
            {
                Colour = colours.Count > 1 && instance.CategoryId is { } id ? colours.GetValueOrDefault(id) : number,
            }, mask?.AreaPx ?? 0));
        }
        catch (BadDataException e)
        {
            tell("a shape cannot be drawn: " + e.Problems[0].Message);
        }
    }

    private Mask? MaskOf(Segmentation shape, Action<string> tell)
    {
        Mask? mask = shape is MaskSegmentation runs && _picture.WidthPx == 0
            ? runs.Mask
            : shape.ToMask(_picture.HeightPx, _picture.WidthPx);
        if (mask is null || (mask.HeightPx == heightPx && mask.WidthPx == widthPx)) return mask;
        try
        {
            return MaskResize.Coverage(mask, heightPx, widthPx, CoverageShare.Half, Vanishing.KeepsBestPixel);
        }
        catch (MaskFormatException e)
        {
            tell("a shape cannot be drawn: " + e.Message);
            return null;
        }
    }

    private static string PathOf(Mask mask)
    {
        var path = new StringBuilder();
        foreach (MaskPolygon polygon in MaskContours.Trace(mask, Rule))
            foreach (Ring ring in polygon.Rings)
            {
                for (int i = 0; i < ring.Corners.Length; i++)
                    path.Append(CultureInfo.InvariantCulture,
                        $"{(i == 0 ? 'M' : 'L')}{ring.Corners[i].X} {ring.Corners[i].Y}");
                path.Append('Z');
            }
        return path.ToString();
    }

    private string? BoxPath(Instance instance)
    {
        ImmutableArray<Box?> boxes = instance.Boxes;
        if (boxes.IsDefault || frame >= boxes.Length || boxes[frame] is not { } box || _picture.WidthPx == 0)
            return null;
        double x = (double)widthPx / _picture.WidthPx, y = (double)heightPx / _picture.HeightPx;
        return $"M{Html.Coordinate(box.X * x)} {Html.Coordinate(box.Y * y)}h{Html.Coordinate(box.Width * x)}" +
            $"v{Html.Coordinate(box.Height * y)}h{Html.Coordinate(-box.Width * x)}Z";
    }
}
