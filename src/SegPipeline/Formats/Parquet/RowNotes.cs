using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>Reads what stands beside the rows: see <see cref="ParquetNotes"/>.</summary>
internal static class RowNotes
{
    /// <summary>What a file says of its dataset: our notes, else the class labels of Hugging Face.</summary>
    /// <exception cref="BadDataException">The notes are damaged.</exception>
    public static DatasetInfo Read(ParquetFile file)
    {
        SampleKind kind = file.Schema["frames"] is null ? SampleKind.Image : SampleKind.Video;
        try
        {
            if (file.Metadata.TryGetValue(ParquetNotes.OwnKey, out string? own)) return ReadOwn(own, kind);
            return new DatasetInfo
            {
                Kind = kind,
                Taxonomy = file.Metadata.TryGetValue(ParquetNotes.HuggingFaceKey, out string? features)
                    ? ReadLabels(features)
                    : Taxonomy.Undeclared,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BadDataException(new Problem("PARQUET_NOTES",
                "expected JSON in the metadata as SegPipeline or Hugging Face write it: " + e.Message)
            {
                File = file.Path,
                Remedy = "write the file anew",
            }, e);
        }
    }

    private static DatasetInfo ReadOwn(string json, SampleKind kind)
    {
        using JsonDocument notes = JsonDocument.Parse(json);
        JsonElement root = notes.RootElement;
        var categories = root.GetProperty("categories").EnumerateArray().Select(c =>
            new Category(RecordId.FromJson(Needed(c, "id")), Text(c, "name"), Text(c, "supercategory"))
            {
                SourceRecord = Text(c, "record") is { } record ? JsonSlice.FromText(record) : null,
            });
        var document = root.GetProperty("document").EnumerateArray().Select(m => new DocumentMember(
            Needed(m, "name"), Text(m, "value") is { } value ? JsonSlice.FromText(value) : null));
        return new DatasetInfo
        {
            Kind = kind,
            Taxonomy = new Taxonomy([.. categories], root.GetProperty("declares_categories").GetBoolean()),
            Document = [.. document],
            IsResults = root.GetProperty("is_results").GetBoolean(),
        };
    }

    private static Taxonomy ReadLabels(string json)
    {
        using JsonDocument notes = JsonDocument.Parse(json);
        JsonElement features = notes.RootElement.GetProperty("info").GetProperty("features");
        if (!features.TryGetProperty("objects", out JsonElement objects)
            || FindNames(objects, "") is not { } names) return Taxonomy.Undeclared;
        ImmutableArray<Category> categories =
            [.. names.EnumerateArray().Select((name, i) => new Category(new RecordId(i), name.GetString()))];
        return new Taxonomy(categories, IsDeclared: true);
    }

    /// <summary>The names of the class label of a category, however deep it lies.</summary>
    private static JsonElement? FindNames(JsonElement node, string name)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().Select(item => FindNames(item, name)).FirstOrDefault(n => n is not null);
        if (node.ValueKind != JsonValueKind.Object) return null;
        if (Text(node, "_type") == "ClassLabel" && RowSamples.CategoryNames.Contains(name))
            return node.TryGetProperty("names", out JsonElement names) ? names : null;
        return node.EnumerateObject()
            .Select(m => FindNames(m.Value, m.Name is "feature" ? name : m.Name))
            .FirstOrDefault(n => n is not null);
    }

    private static string Needed(JsonElement element, string name) =>
        Text(element, name) ?? throw new JsonException($"expected text as '{name}'");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
