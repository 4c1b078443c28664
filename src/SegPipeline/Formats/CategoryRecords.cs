using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Reads the categories of an annotation file.</summary>
internal static class CategoryRecords
{
    /// <summary>Reads the records that the index found.</summary>
    /// <exception cref="BadDataException">A category has no id, or two have the same.</exception>
    public static Taxonomy Read(SourceFile file, AnnotationIndex index)
    {
        if (!index.HasCategories) return Taxonomy.Undeclared;
        var categories = ImmutableArray.CreateBuilder<Category>(index.Categories.Count);
        var known = new Dictionary<RecordId, int>();
        foreach (JsonRange range in index.Categories)
        {
            Category category = Read(file, range, categories.Count);
            if (!known.TryAdd(category.Id, categories.Count))
                throw JsonFault.At(file, range.Offset, "DUPLICATE_CATEGORY",
                    $"expected every category to have an id of its own, found {category.Id} as id of " +
                    $"'{categories[known[category.Id]].Name}' and '{category.Name}'", $"category {category.Id}",
                    "give one of them another id");
            categories.Add(category);
        }

        return new Taxonomy(categories.DrainToImmutable(), IsDeclared: true);
    }

    private static Category Read(SourceFile file, JsonRange range, int position)
    {
        using var record = new RecordBytes(file, range.Offset, range.LengthBytes);
        bool hasId = JsonMembers.TryFind(record.Text, "id"u8, out ReadOnlySpan<byte> id);
        if (!hasId || id[0] is (byte)'n' or (byte)'{' or (byte)'[')
            throw JsonFault.At(file, range.Offset, "NO_CATEGORY_ID", "expected a category to have an id, found none",
                $"categories[{position}]", "give it an id");
        RecordId number = RecordId.FromJson(Encoding.UTF8.GetString(id));
        return new Category(number, Text(record.Text, "name"u8), Text(record.Text, "supercategory"u8))
        {
            SourceRecord = new JsonSlice(file, range.Offset, range.LengthBytes),
        };
    }

    private static string? Text(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name) =>
        JsonMembers.TryFind(record, name, out ReadOnlySpan<byte> json) && json[0] == '"'
            ? JsonText.Unescape(json[1..^1])
            : null;
}
