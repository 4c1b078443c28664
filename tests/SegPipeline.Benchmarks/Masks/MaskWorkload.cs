using System.Text.Json;
using SegPipeline.Masks;

namespace SegPipeline.Benchmarks.Masks;

/// <summary>The shapes of a COCO file, read into memory before anything is measured.</summary>
internal sealed class MaskWorkload
{
    /// <summary>Polygons of one annotation and the size of its picture.</summary>
    public sealed record Shape(int HeightPx, int WidthPx, double[][] Parts);

    private MaskWorkload(List<Shape> shapes, List<Mask> masks) => (Shapes, Masks) = ([.. shapes], [.. masks]);

    /// <summary>Annotations given as polygons.</summary>
    public Shape[] Shapes { get; }

    /// <summary>The masks of all annotations.</summary>
    public Mask[] Masks { get; }

    /// <summary>Reads a file.</summary>
    public static MaskWorkload Load(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        Dictionary<long, (int Height, int Width)> sizes = json.RootElement.GetProperty("images").EnumerateArray()
            .ToDictionary(i => i.GetProperty("id").GetInt64(),
                i => (i.GetProperty("height").GetInt32(), i.GetProperty("width").GetInt32()));
        List<Shape> shapes = [];
        List<Mask> masks = [];
        foreach (JsonElement annotation in json.RootElement.GetProperty("annotations").EnumerateArray())
        {
            (int height, int width) = sizes[annotation.GetProperty("image_id").GetInt64()];
            JsonElement segmentation = annotation.GetProperty("segmentation");
            if (segmentation.ValueKind == JsonValueKind.Array)
            {
                double[][] parts = [.. segmentation.EnumerateArray().Select(Numbers)];
                shapes.Add(new Shape(height, width, parts));
                masks.Add(PolygonFill.Fill(height, width, parts));
            }
            else
            {
                uint[] counts = [.. segmentation.GetProperty("counts").EnumerateArray().Select(n => n.GetUInt32())];
                masks.Add(Mask.FromCounts(height, width, counts));
            }
        }
        return new MaskWorkload(shapes, masks);
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetDouble())];
}
