using System.Globalization;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>
/// Reads labels from CSV, its columns found by name: <c>objectInfo150.csv</c> of ADE20K, <c>class_dict.csv</c> of
/// CamVid (which has no column of labels: they are counted from 0), or <c>label,name</c> without a first row of names.
/// </summary>
internal sealed class TaxonomyCsv
{
    private static readonly string[] LabelNames = ["idx", "label", "id", "index", "class_id", "value"];
    private static readonly string[] NameNames = ["name", "class", "class_name", "label_name"];

    private readonly InputPath _file;
    private readonly List<string> _header = [];
    private readonly List<(LabelRow Row, long Line)> _rows = [];
    private CsvFields? _fields;
    private bool _hasHeader;

    private TaxonomyCsv(InputPath file) => _file = file;

    /// <summary>The labels of a file with the lines they stand in.</summary>
    /// <exception cref="BadDataException">A row is malformed.</exception>
    public static IReadOnlyList<(LabelRow Row, long Line)> Read(InputPath file)
    {
        var csv = new TaxonomyCsv(file);
        using SourceFile source = SourceFile.Open(file.FullPath, file.Text);
        CsvRows.ForEach(source, csv.Take);
        return csv._rows;
    }

    /// <summary>A row for each category, below the names of columns, as <see cref="Read"/> takes them.</summary>
    /// <param name="categories">The categories.</param>
    /// <param name="labelOf">Tells the label of each.</param>
    public static byte[] Write(IReadOnlyList<Category> categories, Func<Category, long> labelOf)
    {
        bool hasSupercategory = categories.Any(c => c.Supercategory is not null);
        string?[] things = [.. categories.Select(IsThing)];
        bool hasThings = things.Any(t => t is not null);
        var text = new StringBuilder("label,name");
        text.Append(hasSupercategory ? ",supercategory" : "").Append(hasThings ? ",isthing\n" : "\n");
        for (int i = 0; i < things.Length; i++)
        {
            Category category = categories[i];
            text.Append(CultureInfo.InvariantCulture, $"{labelOf(category)},").Append(Field(category.Name ?? ""));
            if (hasSupercategory) text.Append(',').Append(Field(category.Supercategory ?? ""));
            if (hasThings) text.Append(',').Append(things[i]);
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>0 for stuff, 1 for things; null where the record of the category does not say.</summary>
    private static string? IsThing(Category category) => category.SourceRecord is { } record &&
        JsonMembers.TryFind(record.Load(), "isthing"u8, out ReadOnlySpan<byte> json)
            ? json switch
            {
                [(byte)'0'] or [(byte)'f', ..] => "0",
                [(byte)'1'] or [(byte)'t', ..] => "1",
                _ => null,
            }
            : null;

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0
        ? text
        : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private void Take(ReadOnlySpan<byte> text, long offset, long line)
    {
        bool isFirst = _fields is null;
        _fields ??= new CsvFields(SeparatorOf(text));
        var values = new string[Split(text, line)];
        for (int i = 0; i < values.Length; i++) values[i] = _fields.Text(text, i).Trim();
        if (isFirst && TakeHeader(values, line)) return;
        if (values.Length != _header.Count && _hasHeader)
            throw LabelTaxonomy.Fault(_file, line,
                $"expected {_header.Count} fields as in the first row, found {values.Length}");
        _rows.Add((RowOf(values, line), line));
    }

    private int Split(ReadOnlySpan<byte> text, long line)
    {
        try
        {
            _fields!.Split(text);
            return _fields.Count;
        }
        catch (RecordFaultException e)
        {
            throw LabelTaxonomy.Fault(_file, line, e.Message);
        }
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> text) => text.Contains((byte)'\t') ? (byte)'\t'
        : text.Contains((byte)',') ? (byte)',' : (byte)';';

    private bool TakeHeader(string[] values, long line)
    {
        _hasHeader = !IsNumber(values[0], out _);
        if (!_hasHeader)
        {
            _header.AddRange(["label", "name"]);
            return false;
        }
        _header.AddRange(values.Select(v => v.ToLowerInvariant()));
        if (ColumnOf(NameNames) < 0)
            throw LabelTaxonomy.Fault(_file, line, $"expected a column 'name', found {string.Join(", ", values)}");
        return true;
    }

    private LabelRow RowOf(string[] values, long line)
    {
        int nameColumn = ColumnOf(NameNames), labelColumn = ColumnOf(LabelNames);
        int label = _rows.Count;
        if (values.Length <= nameColumn || (labelColumn >= 0 && !IsNumber(values[labelColumn], out label)))
            throw LabelTaxonomy.Fault(_file, line,
                $"expected a label from 0 to 65536 and a name, found '{string.Join(',', values)}'");
        bool? isStuff = Flag(values, "stuff", line);
        return new LabelRow(label, values[nameColumn])
        {
            Supercategory = ValueOf(values, "supercategory"),
            IsThing = isStuff is null ? Flag(values, "isthing", line) : !isStuff,
            Color = ColorOf(values, line),
        };
    }

    private byte[]? ColorOf(string[] values, long line)
    {
        string?[] parts = ["r", "g", "b"];
        for (int i = 0; i < 3; i++) parts[i] = ValueOf(values, parts[i]!);
        if (parts[0] is null && ValueOf(values, "color") is { } joined)
            parts = joined.Split([' ', ',', ';', '(', ')', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        if (parts is [null, _, _]) return null;
        var color = new byte[3];
        for (int i = 0; i < 3; i++)
            if (parts.Length != 3 ||
                !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out color[i]))
                throw LabelTaxonomy.Fault(_file, line,
                    $"expected a colour of three numbers from 0 to 255, found '{string.Join(',', parts)}'");
        return color;
    }

    private bool? Flag(string[] values, string column, long line) => ValueOf(values, column) switch
    {
        null => null,
        "0" => false,
        "1" => true,
        var other => throw LabelTaxonomy.Fault(_file, line, $"expected 0 or 1 as {column}, found '{other}'"),
    };

    private string? ValueOf(string[] values, string column) =>
        _header.IndexOf(column) is >= 0 and int at && values[at].Length > 0 ? values[at] : null;

    private int ColumnOf(string[] names) =>
        names.Select(name => _header.IndexOf(name)).Where(i => i >= 0).DefaultIfEmpty(-1).First();

    private static bool IsNumber(string text, out int label) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out label) && label <= 65536;
}
