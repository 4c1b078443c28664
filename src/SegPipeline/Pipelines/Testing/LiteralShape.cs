using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Reads a segmentation that a test writes out, in any of the forms of COCO.</summary>
internal static class LiteralShape
{
    private const string Forms = "null, [], polygons [[x, y, ...], ...] or { size: [height, width], counts: ... }";

    /// <summary>Reads a segmentation; a missing one when something is wrong with it, which has been reported.</summary>
    public static Segmentation Read(YamlNode node, BindScope scope)
    {
        switch (node)
        {
            case YamlUnreadable:
                return Segmentation.Missing;
            case YamlScalar { Form: ScalarForm.Null }:
                return Segmentation.Null;
            case YamlSequence { Items: [] }:
                return Segmentation.EmptyList;
            case YamlSequence list when list.Items.All(i => i is YamlSequence):
                return Polygons(list, scope);
            case YamlMap map when map.Find("size")?.Value is YamlSequence { Items.Length: 2 } size
                && map.Find("counts")?.Value is { } counts:
                return Runs(size, counts, scope);
            default:
                scope.Problems.Add(node.Place, $"{scope.What} must be {Forms}, found {Found.Describe(node)}");
                return Segmentation.Missing;
        }
    }

    private static Segmentation Polygons(YamlSequence list, BindScope scope)
    {
        ImmutableArray<ImmutableArray<double>> parts = [.. list.Items.Select(i => Numbers((YamlSequence)i, scope))];
        if (parts.All(p => p.Length >= 6 && p.Length % 2 == 0)) return new PolygonSegmentation(parts);
        scope.Problems.Add(list.Place, $"{scope.What}: a polygon has 6 numbers or more, an even number of them");
        return Segmentation.Missing;
    }

    private static Segmentation Runs(YamlSequence size, YamlNode counts, BindScope scope)
    {
        ImmutableArray<double> sides = Numbers(size, scope);
        if (sides.Length != 2 || sides.Any(s => s is < 0 or > int.MaxValue || s != Math.Truncate(s)))
        {
            scope.Problems.Add(size.Place, $"{scope.What}: 'size' must be [height, width] in whole pixels");
            return Segmentation.Missing;
        }
        try
        {
            (int heightPx, int widthPx) = ((int)sides[0], (int)sides[1]);
            if (counts is YamlScalar text)
                return new MaskSegmentation(
                    Mask.FromCocoString(heightPx, widthPx, text.Text), SegmentationForm.CompressedCounts);
            if (counts is YamlSequence list && Numbers(list, scope) is var runs &&
                runs.All(r => r is >= 0 and <= uint.MaxValue && r == Math.Truncate(r)))
                return new MaskSegmentation(
                    Mask.FromCounts(heightPx, widthPx, [.. runs.Select(r => (uint)r)]), SegmentationForm.Counts);
            scope.Problems.Add(counts.Place, $"{scope.What}: 'counts' must be a list of whole numbers, or a string");
        }
        catch (MaskFormatException e)
        {
            scope.Problems.Add(counts.Place, $"{scope.What}: {e.Message}");
        }
        return Segmentation.Missing;
    }

    private static ImmutableArray<double> Numbers(YamlSequence list, BindScope scope)
    {
        var shape = new NumberShape(NumberRange.Any);
        return [.. list.Items.Select(i => shape.Bind(i, scope)?.Value).OfType<double>()];
    }
}
