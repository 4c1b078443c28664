using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Voc;

/// <summary>The labels that categories get.</summary>
internal sealed class ClassLabels
{
    private const int Most = 254;

    private readonly Dictionary<RecordId, byte> _labels = [];
    private readonly Taxonomy _taxonomy;

    /// <summary>Decides for all categories of a dataset.</summary>
    /// <exception cref="BadDataException"><c>CLASS_LABEL</c>: an id is no label, or there are too many.</exception>
    public ClassLabels(Taxonomy taxonomy, ClassNumbering numbering)
    {
        _taxonomy = taxonomy;
        foreach (Category category in taxonomy.Categories)
        {
            long label = numbering == ClassNumbering.Dense ? _labels.Count + 1
                : category.Id.IsInteger ? category.Id.Number : 0;
            if (label is < 1 or > Most)
                throw new BadDataException(new Problem("CLASS_LABEL",
                    $"expected a category id from 1 to {Most} for a label image, found {category.Id} " +
                    $"('{category.Name}')")
                {
                    Remedy = numbering == ClassNumbering.Keep
                        ? "set classes: dense, or keep_categories"
                        : "keep_categories before it is written",
                });
            _labels[category.Id] = (byte)label;
        }
    }

    /// <summary>The label of the category of an instance.</summary>
    /// <exception cref="BadDataException"><c>UNKNOWN_CATEGORY</c>: it has none that the dataset knows.</exception>
    public byte Of(Instance instance, Sample sample) =>
        instance.CategoryId is { } id && _labels.TryGetValue(id, out byte label) ? label : throw new BadDataException(
            new Problem("UNKNOWN_CATEGORY",
                $"expected a category of the dataset, found {instance.CategoryId?.ToString() ?? "none"}")
            {
                Record = $"image {sample.Key}",
                Remedy = "map or drop the category before it is written",
            });

    /// <summary>Lines <c>label,name</c>, which <c>taxonomy</c> of read.voc takes.</summary>
    public byte[] ToCsv() => Encoding.UTF8.GetBytes(
        string.Concat(_taxonomy.Categories.Select(c => $"{_labels[c.Id]},{c.Name}\n")));
}
