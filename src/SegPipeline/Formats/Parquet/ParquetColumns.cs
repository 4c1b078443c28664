using System.Collections.Immutable;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>The columns of the tables that are written, told for other programs.</summary>
internal static class ParquetColumns
{
    /// <summary>The fields of a row.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="images">What rows have of the pictures.</param>
    public static ImmutableArray<RecordField> Of(ParquetNode schema, ParquetImages images) =>
        [.. schema.Children.Select(c => Field(c, c.Name, "", images) with { IsKey = c.Name == "key" })];

    private static RecordField Field(ParquetNode node, string column, string within, ParquetImages images)
    {
        int depth = 0;
        ParquetNode item = node;
        for (; item.IsList; depth++) item = item.Items;
        var field = new RecordField(node.Name, KindOf(item), FieldPlace.Column, column)
        {
            Within = within,
            ListDepth = depth,
        };
        if (node.Name == "bbox") return field with { Kind = FieldKind.Box, ListDepth = depth - 1 };
        if (field.Kind != FieldKind.Group) return field;
        if (node.Name == "image")
            return images == ParquetImages.Path
                ? field with { Kind = FieldKind.Text, Within = Join(within, "path") }
                : field with { Kind = FieldKind.Picture, Within = Join(within, "bytes") };
        return field with { Parts = [.. item.Children.Select(c => Field(c, column, Join(within, c.Name), images))] };
    }

    private static string Join(string within, string name) => within.Length == 0 ? name : $"{within}.{name}";

    private static FieldKind KindOf(ParquetNode node) => node.Type switch
    {
        null => FieldKind.Group,
        ParquetType.Int64 or ParquetType.Int32 => FieldKind.Integer,
        ParquetType.Double or ParquetType.Float => FieldKind.Number,
        _ => FieldKind.Text,
    };
}
