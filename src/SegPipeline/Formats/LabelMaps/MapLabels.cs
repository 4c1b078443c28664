using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>The values of pixels that categories get.</summary>
internal sealed class MapLabels
{
    private readonly LabelMapsWriter _stage;
    private readonly Taxonomy _taxonomy;
    private readonly Dictionary<RecordId, ushort> _labels = [];

    /// <summary>Decides for all categories of a dataset.</summary>
    /// <exception cref="BadDataException"><c>CLASS_LABEL</c>: an id is no label that the images can hold.</exception>
    public MapLabels(LabelMapsWriter stage, Taxonomy taxonomy)
    {
        _stage = stage;
        _taxonomy = taxonomy;
        foreach (Category category in taxonomy.Categories)
            _labels[category.Id] = LabelOf(category.Id, category.Name, _labels.Count + 1);
    }

    /// <summary>The value of the category of an instance.</summary>
    /// <exception cref="BadDataException"><c>UNKNOWN_CATEGORY</c>: it has none that the dataset knows.</exception>
    public ushort Of(Instance instance, Sample sample)
    {
        if (instance.CategoryId is { } id)
        {
            if (_labels.TryGetValue(id, out ushort label)) return label;
            if (!_taxonomy.IsDeclared && _stage.Classes == ClassNumbering.Keep) return LabelOf(id, name: null, 0);
        }
        throw new BadDataException(new Problem("UNKNOWN_CATEGORY",
            $"expected a category of the dataset, found {instance.CategoryId?.ToString() ?? "none"}")
        {
            Record = $"image {sample.Key}",
            Remedy = "map or drop the category before it is written",
        });
    }

    /// <summary>A row for each category, below the names of columns, as <c>taxonomy</c> of read.label_maps takes
    /// them.</summary>
    public byte[] ToCsv() => TaxonomyCsv.Write(_taxonomy.Categories, category => _labels[category.Id]);

    private ushort LabelOf(RecordId id, string? name, int place)
    {
        bool isDense = _stage.Classes == ClassNumbering.Dense;
        string what = name is null ? $"category {id}" : $"category {id} ('{name}')";
        if (!isDense && !id.IsInteger) throw Fault($"expected a number as id of {what}", "set classes: dense");
        long label = (isDense ? place : id.Number) + _stage.LabelOffset;
        string value = label.ToString(CultureInfo.InvariantCulture);
        if (label < 0 || label > _stage.MostLabel)
            throw Fault($"a label image of {_stage.Bits} bits holds the labels 0 to " +
                $"{_stage.MostLabel}, {what} would be {value}", RemedyFor(label, isDense));
        if (label == _stage.Background.Value)
            throw Fault($"{what} would be {value}, which is the background", "set background: none, or another label");
        if (label == _stage.Void.Value)
            throw Fault($"{what} would be {value}, which is void", "set void to another label");
        return (ushort)label;
    }

    private string RemedyFor(long label, bool isDense)
    {
        if (label < 0) return "set label_offset, or map the category";
        if (_stage.Bits == 8 && label <= ushort.MaxValue)
            return isDense ? "set bits: 16" : "set bits: 16, or classes: dense";
        return isDense ? "keep_categories before it is written" : "set classes: dense";
    }

    private static BadDataException Fault(string message, string remedy) =>
        new(new Problem("CLASS_LABEL", message) { Remedy = remedy });
}
