using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>What stands beside the rows: the features for Hugging Face, and the dataset for ourselves.</summary>
internal static class ParquetNotes
{
    /// <summary>Key of the features.</summary>
    public const string HuggingFaceKey = "huggingface";

    /// <summary>Key of categories and document.</summary>
    public const string OwnKey = "segpipeline";

    private static readonly JsonSerializerOptions Plainly = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Key and text of all that is noted.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(DatasetInfo info, ParquetNode schema)
    {
        var features = new JsonObject();
        foreach (ParquetNode column in schema.Children) features[column.Name] = Feature(column, info.Taxonomy);
        var huggingFace = new JsonObject { ["info"] = new JsonObject { ["features"] = features } };
        return [(HuggingFaceKey, huggingFace.ToJsonString(Plainly)), (OwnKey, Dataset(info).ToJsonString(Plainly))];
    }

    /// <summary>The names of categories, each its own: class labels may not repeat.</summary>
    public static IReadOnlyList<string> Labels(Taxonomy taxonomy)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var labels = new List<string>();
        foreach (Category category in taxonomy.Categories)
        {
            string label = category.Name ?? category.Id.JsonText;
            while (!taken.Add(label)) label += $" ({category.Id.JsonText})";
            labels.Add(label);
        }

        return labels;
    }

    private static JsonNode Feature(ParquetNode node, Taxonomy taxonomy)
    {
        if (node.Name == "image") return new JsonObject { ["_type"] = "Image" };
        if (node is { Name: "category", Type: not null } && taxonomy.Categories.Length > 0)
            return new JsonObject
            {
                ["names"] = new JsonArray([.. Labels(taxonomy).Select(l => (JsonNode)l)]),
                ["_type"] = "ClassLabel",
            };
        if (node.Type is { } type)
        {
            string word = node.Meaning == ParquetMeaning.Text ? "string"
                : type == ParquetType.Double ? "float64"
                : type == ParquetType.Int64 ? "int64"
                : "binary";
            return new JsonObject { ["dtype"] = word, ["_type"] = "Value" };
        }

        if (!node.IsList)
        {
            var group = new JsonObject();
            foreach (ParquetNode child in node.Children) group[child.Name] = Feature(child, taxonomy);
            return group;
        }

        JsonNode item = Feature(node.Items, taxonomy);
        bool isGroup = node.Items is { Type: null, IsList: false };
        return isGroup ? new JsonArray(item) : new JsonObject { ["feature"] = item, ["_type"] = "Sequence" };
    }

    private static JsonObject Dataset(DatasetInfo info)
    {
        var categories = new JsonArray();
        foreach (Category category in info.Taxonomy.Categories)
        {
            var entry = new JsonObject { ["id"] = category.Id.JsonText };
            if (category.Name is { } name) entry["name"] = name;
            if (category.Supercategory is { } super) entry["supercategory"] = super;
            if (category.SourceRecord is { } record) entry["record"] = TextOf(record);
            categories.Add(entry);
        }

        var document = new JsonArray();
        foreach (DocumentMember member in info.Document)
        {
            var entry = new JsonObject { ["name"] = member.Name };
            if (member.Value is { } value) entry["value"] = TextOf(value);
            document.Add(entry);
        }

        return new JsonObject
        {
            ["version"] = 1,
            ["kind"] = info.Kind == SampleKind.Video ? "video" : "image",
            ["is_results"] = info.IsResults,
            ["declares_categories"] = info.Taxonomy.IsDeclared,
            ["categories"] = categories,
            ["document"] = document,
        };
    }

    private static string TextOf(JsonSlice slice) => System.Text.Encoding.UTF8.GetString(slice.Load());
}
