using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>A row of a CSV file: where it is, and what it is about.</summary>
internal readonly record struct RleRow(long Offset, int LengthBytes, long Line, int Image, int Class, bool IsEmpty);

/// <summary>
/// Where the rows of each image stand: what one pass over a CSV file finds. The rows themselves stay in the file.
/// </summary>
internal sealed class RleIndex
{
    private readonly KaggleRleReader _stage;
    private readonly CsvFields _fields;
    private readonly Dictionary<string, int> _imageOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _classOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _empty;
    private readonly List<(string, Problem)> _defects = [];
    private readonly List<RleRow> _rows = [];

    private RleIndex(KaggleRleReader stage)
    {
        _stage = stage;
        _fields = new CsvFields((byte)stage.Separator[0]);
        _empty = new HashSet<string>(stage.Empty, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The columns.</summary>
    public RleColumns Columns { get; private set; } = null!;

    /// <summary>The images, as the file names them, in the order of their first rows.</summary>
    public List<string> Images { get; } = [];

    /// <summary>The classes, as the file names them, in the order of their first rows.</summary>
    public List<string> Classes { get; } = [];

    /// <summary>All rows, those of an image next to each other, in the file's order.</summary>
    public ImmutableArray<RleRow> Rows { get; private set; }

    /// <summary>Where the rows of each image begin; one more entry than there are images.</summary>
    public int[] FirstRows { get; private set; } = [];

    /// <summary>Rows that cannot be used.</summary>
    public IReadOnlyList<(string Key, Problem Problem)> Defects => _defects;

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadDataException">It has no header, or not the columns that the reader names.</exception>
    public static RleIndex Of(SourceFile file, KaggleRleReader stage)
    {
        var index = new RleIndex(stage);
        CsvRows.ForEach(file, index.Take);
        if (index.Columns is null)
            throw new BadDataException(new Problem("CSV_EMPTY", "expected a row with the names of the columns")
            {
                File = stage.Csv.Text,
                Remedy = "name the file that is meant",
            });
        index.Group();
        return index;
    }

    private void Take(ReadOnlySpan<byte> text, long offset, long line)
    {
        try
        {
            _fields.Split(text);
            if (Columns is null) Columns = RleColumns.Of(Header(text), _stage);
            else AddRow(text, offset, line);
        }
        catch (RecordFaultException e)
        {
            _defects.Add(($"row in line {line}", new Problem(e.Code, e.Message)
            {
                File = _stage.Csv.Text,
                Line = line,
                Remedy = e.Remedy,
            }));
        }
    }

    private List<string> Header(ReadOnlySpan<byte> text)
    {
        var names = new List<string>(_fields.Count);
        for (int i = 0; i < _fields.Count; i++) names.Add(_fields.Text(text, i));
        return names;
    }

    private void AddRow(ReadOnlySpan<byte> text, long offset, long line)
    {
        if (_fields.Count != Columns.Count)
            throw new RecordFaultException("CSV_FIELDS",
                $"expected {Columns.Count} fields as in the first row, found {_fields.Count}", "correct the row");
        string image = _fields.Text(text, Columns.Image);
        string category = Columns.Class < 0 ? _stage.Category : _fields.Text(text, Columns.Class);
        if (_stage.SplitImageClass) (image, category) = Split(image);
        if (image.Length == 0)
            throw new RecordFaultException("CSV_IMAGE", "the row names no image", "correct the row, or 'image_column'");
        ReadOnlySpan<byte> rle = _fields.Bytes(text, Columns.Rle);
        bool isEmpty = rle.Length < 16 && _empty.Contains(_fields.Text(text, Columns.Rle).Trim());
        _rows.Add(new RleRow(offset, text.Length, line,
            NumberOf(image, _imageOf, Images), NumberOf(category, _classOf, Classes), isEmpty));
    }

    private static (string Image, string Class) Split(string text)
    {
        int underscore = text.LastIndexOf('_');
        return underscore > 0 && underscore + 1 < text.Length
            ? (text[..underscore], text[(underscore + 1)..])
            : throw new RecordFaultException("CSV_CLASS",
                $"expected an image, an underscore and a class, found '{text}'",
                "correct the row, or leave 'split_image_class' out");
    }

    private static int NumberOf(string name, Dictionary<string, int> numbers, List<string> names)
    {
        if (numbers.TryGetValue(name, out int number)) return number;
        numbers.Add(name, names.Count);
        names.Add(name);
        return names.Count - 1;
    }

    private void Group()
    {
        FirstRows = new int[Images.Count + 1];
        foreach (RleRow row in _rows) FirstRows[row.Image + 1]++;
        for (int i = 0; i < Images.Count; i++) FirstRows[i + 1] += FirstRows[i];
        int[] next = [.. FirstRows];
        var grouped = new RleRow[_rows.Count];
        foreach (RleRow row in _rows) grouped[next[row.Image]++] = row;
        Rows = ImmutableArray.Create(grouped);
        _rows.Clear();
        _rows.TrimExcess();
    }

    /// <summary>
    /// The categories: by number when all classes are whole numbers, which are then the ids; else by name in ordinal
    /// order, with the ids 1, 2, 3, ... The second list holds the id of each class.
    /// </summary>
    public (Taxonomy Taxonomy, RecordId[] Ids) Categories()
    {
        var ids = new RecordId[Classes.Count];
        bool areNumbers = Classes.Count > 0 && Classes.TrueForAll(c => WholeNumber(c) is not null);
        int[] order = [.. Enumerable.Range(0, Classes.Count)];
        if (areNumbers) Array.Sort([.. Classes.Select(c => WholeNumber(c)!.Value)], order);
        else Array.Sort(order, (a, b) => string.CompareOrdinal(Classes[a], Classes[b]));
        for (int i = 0; i < order.Length; i++)
            ids[order[i]] = new RecordId(areNumbers ? WholeNumber(Classes[order[i]])!.Value : i + 1);
        return (new Taxonomy([.. order.Select(c => new Category(ids[c], Classes[c]))], IsDeclared: true), ids);
    }

    private static long? WholeNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) &&
        number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;
}
