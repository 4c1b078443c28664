using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Yolo;

/// <summary>The numbers of the classes, from 0 in the order of the categories, and the file that names them.</summary>
internal sealed class YoloClasses
{
    private readonly Dictionary<RecordId, int> _numbers = [];
    private readonly Taxonomy _taxonomy;

    /// <summary>Numbers the categories of a dataset.</summary>
    /// <exception cref="BadDataException"><c>CATEGORIES_UNDECLARED</c>: it has no list of them.</exception>
    public YoloClasses(Taxonomy taxonomy)
    {
        if (!taxonomy.IsDeclared)
            throw new BadDataException(new Problem("CATEGORIES_UNDECLARED",
                "write.yolo needs the names of the classes, the dataset has no list of categories")
            {
                Remedy = "give the reader its taxonomy, or put map_categories before it",
            });
        _taxonomy = taxonomy;
        foreach (Category category in taxonomy.Categories) _numbers.Add(category.Id, _numbers.Count);
    }

    /// <summary>The class of an instance.</summary>
    /// <exception cref="BadDataException"><c>UNKNOWN_CATEGORY</c>: it has none that the dataset knows.</exception>
    public int Of(Instance instance, Sample image) =>
        instance.CategoryId is { } id && _numbers.TryGetValue(id, out int number) ? number : throw new BadDataException(
            new Problem("UNKNOWN_CATEGORY",
                $"expected a category of the dataset, found {instance.CategoryId?.ToString() ?? "none"}")
            {
                Record = $"image {image.Key}",
                Remedy = "map or drop the category before it is written",
            });

    /// <summary>
    /// The file <c>data.yaml</c>. It has no <c>path</c>: Ultralytics then looks beside the file, wherever that is.
    /// </summary>
    public byte[] ToYaml(ImmutableArray<string> splits)
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (string split in splits) Encoding.UTF8.GetBytes($"{split}: images/{split}\n", text);
        Encoding.UTF8.GetBytes("names:\n", text);
        foreach (Category category in _taxonomy.Categories)
        {
            Encoding.UTF8.GetBytes(FormattableString.Invariant($"  {_numbers[category.Id]}: "), text);
            JsonText.WriteString(text, category.Name ?? category.Id.JsonText);
            Encoding.UTF8.GetBytes("\n", text);
        }
        return text.WrittenSpan.ToArray();
    }
}
