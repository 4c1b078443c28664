using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>Writes shapes and boxes into their columns.</summary>
/// <param name="shape">The field of a shape.</param>
/// <param name="box">The field of a box.</param>
internal sealed class ShapeColumns(ParquetNode shape, ParquetNode box)
{
    private readonly ParquetNode _form = shape["form"]!;
    private readonly ParquetNode _size = shape["size"]!;
    private readonly ParquetNode _counts = shape["counts"]!;
    private readonly ParquetNode _polygons = shape["polygons"]!;

    /// <summary>Writes a box.</summary>
    public void Write(RowBatch rows, int repetition, Box? value)
    {
        if (value is not { } b)
        {
            rows.Null(box, repetition);
            return;
        }

        rows.Add(box.Items, repetition, b.X);
        rows.Add(box.Items, box.Children[0].Repeated, b.Y);
        rows.Add(box.Items, box.Children[0].Repeated, b.Width);
        rows.Add(box.Items, box.Children[0].Repeated, b.Height);
    }

    /// <summary>Writes a shape.</summary>
    public void Write(RowBatch rows, int repetition, Segmentation value)
    {
        if (value.Form == SegmentationForm.Missing)
        {
            rows.Null(shape, repetition);
            return;
        }

        rows.Add(_form, repetition, ParquetForms.WordOf(value.Form));
        if (value is MaskSegmentation { Mask: var mask })
        {
            rows.Add(_size.Items, repetition, (long)mask.HeightPx);
            rows.Add(_size.Items, _size.Children[0].Repeated, (long)mask.WidthPx);
            rows.Add(_counts, repetition, mask.ToCocoBytes());
        }
        else
        {
            rows.Null(_size, repetition);
            rows.Null(_counts, repetition);
        }

        if (value is PolygonSegmentation polygons) WriteParts(rows, repetition, polygons);
        else rows.Null(_polygons, repetition);
    }

    private void WriteParts(RowBatch rows, int repetition, PolygonSegmentation polygons)
    {
        if (!rows.BeginList(_polygons, repetition, polygons.Parts.Length)) return;
        ParquetNode part = _polygons.Items, number = part.Items;
        ColumnValues column = rows.Columns[number.FirstLeaf];
        for (int p = 0; p < polygons.Parts.Length; p++)
        {
            int first = RowBatch.RepetitionOf(_polygons, repetition, p);
            ReadOnlySpan<double> xy = polygons.Parts[p].AsSpan();
            if (rows.BeginList(part, first, xy.Length)) column.Add(first, xy);
        }
    }
}
