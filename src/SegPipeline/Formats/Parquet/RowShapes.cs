using System.Collections.Immutable;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>Makes boxes and shapes of what was read.</summary>
internal static class RowShapes
{
    /// <summary>A box, or null.</summary>
    /// <exception cref="RecordFaultException">It does not have four numbers.</exception>
    public static Box? BoxOf(object? value)
    {
        if (RowValues.ListOf(value, "bbox") is not { } list) return null;
        double[] numbers = NumbersOf(list, "bbox");
        return numbers.Length == 4
            ? new Box(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new RecordFaultException("PARQUET_VALUE", $"expected 4 numbers as bbox, found {numbers.Length}");
    }

    /// <summary>A shape: a group as <c>write.parquet</c> has it, or a list of polygons.</summary>
    /// <exception cref="RecordFaultException">It is none.</exception>
    public static Segmentation ShapeOf(object? value)
    {
        if (value is null) return Segmentation.Missing;
        if (value is List<object?> polygons) return PolygonsOf(polygons);
        if (value is not Dictionary<string, object?> group)
            throw new RecordFaultException("PARQUET_SHAPE", "expected a group or a list as segmentation");
        var values = new RowValues(group);
        object? counts = values.Find("counts");
        SegmentationForm form = values.Text("form") is { } word
            ? ParquetForms.Find(word) ?? throw new RecordFaultException(
                "PARQUET_SHAPE", $"expected a form of segmentation, found '{word}'")
            : counts is null ? SegmentationForm.Polygons : SegmentationForm.CompressedCounts;
        return form switch
        {
            SegmentationForm.Null => Segmentation.Null,
            SegmentationForm.EmptyList => Segmentation.EmptyList,
            SegmentationForm.Polygons => PolygonsOf(RowValues.ListOf(values.Find("polygons"), "polygons") ?? []),
            _ => MaskOf(counts, RowValues.ListOf(values.Find("size"), "size"), form),
        };
    }

    private static Segmentation PolygonsOf(List<object?> parts)
    {
        if (parts.Count == 0) return Segmentation.EmptyList;
        var polygons = ImmutableArray.CreateBuilder<ImmutableArray<double>>(parts.Count);
        foreach (object? part in parts)
        {
            double[] xy = NumbersOf(RowValues.ListOf(part, "a polygon") ?? [], "a polygon");
            if (xy.Length < 6 || xy.Length % 2 != 0)
                throw new RecordFaultException(xy.Length < 6 ? MaskFault.PolygonShort : MaskFault.PolygonOdd,
                    $"expected polygons of an even number of numbers, at least 6, found one of {xy.Length}");
            polygons.Add([.. xy]);
        }

        return new PolygonSegmentation(polygons.DrainToImmutable());
    }

    private static MaskSegmentation MaskOf(object? counts, List<object?>? size, SegmentationForm form)
    {
        byte[]? text = counts as byte[] ?? (counts is string s ? Encoding.UTF8.GetBytes(s) : null);
        double[] sides = NumbersOf(size ?? [], "size");
        if (text is null || sides.Length != 2 || Array.Exists(sides, v => v is not (>= 0 and <= int.MaxValue)))
            throw new RecordFaultException("PARQUET_SHAPE", "expected run lengths with a size of height and width");
        try
        {
            return new MaskSegmentation(Mask.FromCocoString((int)sides[0], (int)sides[1], text), form);
        }
        catch (MaskFormatException e)
        {
            throw new RecordFaultException(e.Code, "the run lengths are wrong: " + e.Message);
        }
    }

    private static double[] NumbersOf(List<object?> list, string what)
    {
        double[] numbers = new double[list.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = RowValues.NumberOf(list[i], what) is { } number && double.IsFinite(number)
                ? number
                : throw new RecordFaultException("NOT_A_NUMBER", $"expected finite numbers as {what}");
        return numbers;
    }
}
