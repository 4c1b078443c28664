using System.Text;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>A CSV file with run lengths that is being written.</summary>
internal sealed class KaggleRleOutput : OpenOutput
{
    private readonly KaggleRleWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly Dictionary<RecordId, string> _names = [];
    private readonly List<string> _categories = [];
    private readonly Stream _file;
    private long _images;
    private long _masks;

    /// <summary>Creates the file and writes the names of its columns.</summary>
    public KaggleRleOutput(KaggleRleWriter stage, Taxonomy taxonomy, IReleaseFolder release)
    {
        _stage = stage;
        _release = release;
        foreach (Category category in taxonomy.Categories)
        {
            string name = category.Name ?? category.Id.JsonText;
            _names.TryAdd(category.Id, name);
            _categories.Add(name);
        }
        _file = release.CreateFile(stage.File);
        var header = new StringBuilder();
        AppendFields(header, stage.ImageColumn, stage.ClassColumn ?? "", stage.RleColumn);
        _file.Write(Encoding.UTF8.GetBytes(header.ToString()));
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        var text = new StringBuilder();
        long masks = 0;
        foreach (Sample sample in samples) masks += Write(text, sample);
        return new EncodedRows(Encoding.UTF8.GetBytes(text.ToString()), samples.Count, masks);
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        var rows = (EncodedRows)encoded;
        _file.Write(rows.Text.Span);
        _images += rows.Images;
        _masks += rows.Masks;
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var rows = (EncodedRows)encoded;
        journal.Bytes(rows.Text.Span);
        journal.Number(rows.Images);
        journal.Number(rows.Masks);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal) =>
        new EncodedRows(journal.Bytes(), journal.Count(), journal.Number());

    /// <inheritdoc/>
    public override void Finish()
    {
        _file.Dispose();
        _release.CountRecords(_stage.File, "images", _images);
        _release.CountRecords(_stage.File, "masks", _masks);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables
    {
        get
        {
            if (_stage.Separator != ",") return [];
            string?[] columns = [_stage.ImageColumn, _stage.ClassColumn, _stage.RleColumn];
            return [new RecordTable("masks", _stage.File.Value, [.. columns.OfType<string>().Select(
                column => new RecordField(column, FieldKind.Text, FieldPlace.Column, column))])
            { Split = SplitName.Of(_stage.File.Value) }];
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private long Write(StringBuilder text, Sample sample)
    {
        string image = NameOf(sample.Frame.Name);
        var rows = sample.Instances.Select(i => (Class: ClassOf(i, sample), Rle: RleOf(i, sample))).ToList();
        if (_stage.Rows == RleRowsPerImage.Categories)
        {
            var present = rows.ToLookup(row => row.Class, StringComparer.Ordinal);
            foreach (string category in _categories)
            {
                if (!present.Contains(category)) AppendRow(text, image, category, _stage.Empty);
                foreach (var row in present[category]) AppendRow(text, image, category, row.Rle);
            }
            return rows.Count;
        }
        if (rows.Count == 0) AppendEmpty(text, image, sample);
        foreach (var row in rows) AppendRow(text, image, row.Class, row.Rle);
        return rows.Count;
    }

    private void AppendEmpty(StringBuilder text, string image, Sample sample)
    {
        if (_stage.JoinImageClass)
            throw Fault(sample, "RLE_CLASS", "the image has no instance, so that there is no class to name",
                "set 'rows: categories', or drop such images with drop_empty");
        AppendRow(text, image, "", _stage.Empty);
    }

    private string NameOf(string frameName)
    {
        string name = frameName.Replace('\\', '/');
        string end = _stage.ImageExtension;
        return end.Length > 0 && name.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? name[..^end.Length] : name;
    }

    private string ClassOf(Instance instance, Sample sample)
    {
        if (_stage.ClassColumn is null && !_stage.JoinImageClass) return "";
        if (instance.CategoryId is { } id && _names.TryGetValue(id, out string? name)) return name;
        throw Fault(sample, "RLE_CLASS", instance.CategoryId is { } unknown
            ? $"an instance has the category {unknown.JsonText}, which is not declared"
            : "an instance has no category", "leave 'class_column' out, or drop such instances");
    }

    private string RleOf(Instance instance, Sample sample)
    {
        Mask mask = instance.Segmentation.ToMask(sample.Frame.HeightPx, sample.Frame.WidthPx)
            ?? throw Fault(sample, "NO_MASK", "an instance has no mask, which is all that this format has",
                "drop instances without a mask before, e.g. with filter");
        if (mask.IsEmpty) return _stage.Empty;
        var text = new StringBuilder();
        _stage.Pairs.Write(mask, text);
        return text.ToString();
    }

    private BadDataException Fault(Sample sample, string code, string message, string remedy) =>
        new(new Problem(code, message)
        {
            File = _stage.File.Value,
            Record = $"image '{sample.Key}'",
            Remedy = remedy,
        });

    private void AppendRow(StringBuilder text, string image, string category, string rle) =>
        AppendFields(text, _stage.JoinImageClass ? $"{image}_{category}" : image, category, rle);

    private void AppendFields(StringBuilder text, string image, string category, string rle)
    {
        AppendField(text, image);
        text.Append(_stage.Separator);
        if (_stage.ClassColumn is not null)
        {
            AppendField(text, category);
            text.Append(_stage.Separator);
        }
        AppendField(text, rle);
        text.Append('\n');
    }

    private void AppendField(StringBuilder text, string field)
    {
        bool isPlain = !field.AsSpan().ContainsAny('"', '\n', '\r') &&
            !field.Contains(_stage.Separator[0], StringComparison.Ordinal) && field.Trim().Length == field.Length;
        if (isPlain) text.Append(field);
        else text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private sealed record EncodedRows(ReadOnlyMemory<byte> Text, int Images, long Masks);
}
