using System.Buffers;
using System.Collections.Immutable;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>What a file says of one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Name">Its name.</param>
internal sealed record LabelRow(int Label, string Name)
{
    /// <summary>Its supercategory; null when the file does not say.</summary>
    public string? Supercategory { get; init; }

    /// <summary>Whether it is of things that can be counted; null when the file does not say.</summary>
    public bool? IsThing { get; init; }

    /// <summary>Red, green and blue; null when the file does not say.</summary>
    public byte[]? Color { get; init; }

    /// <summary>The category; what only panoptic formats know, isthing and color, stands in its record.</summary>
    public Category ToCategory()
    {
        var category = new Category(new RecordId(Label), Name, Supercategory);
        if (IsThing is null && Color is null) return category;
        var text = new ArrayBufferWriter<byte>();
        var record = new JsonObjectText(text);
        record.Number("id", Label);
        record.Text("name", Name);
        if (Supercategory is not null) record.Text("supercategory", Supercategory);
        if (IsThing is { } isThing) record.Number("isthing", isThing ? 1 : 0);
        if (Color is not null)
            record.List("color", Color, (output, value) => JsonText.WriteNumber(output, (long)value));
        record.End();
        var file = SourceFile.FromMemory("(taxonomy)", text.WrittenMemory);
        return category with { SourceRecord = new JsonSlice(file, 0, text.WrittenCount) };
    }
}

/// <summary>The labels of a dataset, their names and colours, as a file has them.</summary>
internal sealed class LabelTaxonomy
{
    private LabelTaxonomy(IReadOnlyList<LabelRow> rows)
    {
        Categories = [.. rows.Select(r => r.ToCategory())];
        LabelRow[] colored = [.. rows.Where(r => r.Color is not null)];
        if (colored.Length is 0 or > Palette.MaxCount) return;
        Colors = new Palette([.. colored.SelectMany(r => r.Color!)]);
        ColorLabels = [.. colored.Select(r => (long)r.Label)];
    }

    /// <summary>The categories, in the order of the file.</summary>
    public ImmutableArray<Category> Categories { get; }

    /// <summary>The colours; null when the file gives none, or more than 256.</summary>
    public Palette? Colors { get; }

    /// <summary>The label of each entry of <see cref="Colors"/>.</summary>
    public IReadOnlyList<long> ColorLabels { get; } = [];

    /// <summary>Reads a file: YAML when it is named so, else CSV.</summary>
    /// <exception cref="BadDataException"><c>TAXONOMY</c>: a line is not what it should be.</exception>
    public static LabelTaxonomy Read(InputPath file)
    {
        bool isYaml = Path.GetExtension(file.FullPath).ToLowerInvariant() is ".yaml" or ".yml" or ".json";
        var rows = new List<LabelRow>();
        var labels = new HashSet<int>();
        var colors = new Dictionary<int, string>();
        foreach ((LabelRow row, long line) in isYaml ? TaxonomyYaml.Read(file) : TaxonomyCsv.Read(file))
        {
            if (!labels.Add(row.Label)) throw Fault(file, line, $"label {row.Label} has a name already");
            if (row.Color is [var red, var green, var blue] &&
                !colors.TryAdd(red << 16 | green << 8 | blue, row.Name))
                throw Fault(file, line, $"'{row.Name}' has the colour of " +
                    $"'{colors[red << 16 | green << 8 | blue]}', ({red}, {green}, {blue})");
            rows.Add(row);
        }
        return new LabelTaxonomy(rows);
    }

    /// <summary>Something that is wrong with a file.</summary>
    public static BadDataException Fault(InputPath file, long line, string message) =>
        new(new Problem("TAXONOMY", message)
        {
            File = file.Text,
            Line = line,
            Remedy = "correct the file; a CSV has a first row that names the columns, among them a label (Idx) and a " +
                "name, YAML is a map of label to name",
        });
}
