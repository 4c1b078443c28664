using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegPipeline.Releases.Croissant;

/// <summary>
/// Writes <c>croissant.json</c>, by which catalogues and loaders of datasets understand a release: what it is, its
/// files with their digests, and the records in them. It holds no clock; what the pipeline does not say is left out.
/// </summary>
/// <remarks>
/// Croissant 1.1, https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html. The vocabulary of schema.org has
/// the address with https, as the loader of MLCommons and its published descriptions have it.
/// </remarks>
internal static class CroissantFile
{
    /// <summary>What the file conforms to.</summary>
    public const string Version = "http://mlcommons.org/croissant/1.1";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's bytes.</summary>
    /// <param name="record">How the release was made.</param>
    /// <param name="files">Its files so far.</param>
    public static byte[] Bytes(ReleaseRecord record, IEnumerable<ReleaseFile> files)
    {
        var ids = new IdRegister();
        ImmutableArray<ReleaseFile> described =
            [.. files.Where(f => !ReleaseNames.Reserved.Contains(f.Name))];
        var distribution = new Distribution(described, [.. record.Result.Tables.Select(t => t.Table)], ids);
        JsonObject dataset = Head(record);
        dataset["distribution"] = distribution.ToJson();
        JsonArray records = new RecordSets(record.Result.Tables, distribution, ids).ToJson();
        if (records.Count > 0) dataset["recordSet"] = records;
        return Encoding.UTF8.GetBytes(dataset.ToJsonString(Layout) + "\n");
    }

    /// <summary>A reference to something that is described elsewhere in the file.</summary>
    public static JsonObject Reference(string id) => new() { ["@id"] = id };

    private static JsonObject Head(ReleaseRecord record)
    {
        CardText card = record.Card;
        var head = new JsonObject
        {
            ["@context"] = Context(),
            ["@type"] = "sc:Dataset",
            ["name"] = card.Title ?? record.Graph.Name,
            ["conformsTo"] = Version,
            ["description"] = card.Description ?? $"Made by the pipeline {record.Graph.Name} of SegPipeline.",
        };
        if (card.Licence is { } licence) head["license"] = KnownLicence.Of(licence).Url ?? licence;
        if (card.Citation is { } citation) head["citeAs"] = citation;
        if (card.Homepage is { } homepage) head["url"] = homepage;
        if (card.Version is { } version) head["version"] = version;
        if (card.Published is { } date) head["datePublished"] = date;
        JsonArray creators = [.. card.Creators.Select(name => (JsonNode)Named("sc:Person", name))];
        if (card.Publisher is { } publisher)
        {
            if (creators.Count == 0) creators.Add(Named("sc:Organization", publisher));
            head["publisher"] = Named("sc:Organization", publisher);
        }
        if (creators.Count > 0) head["creator"] = creators;
        if (card.Keywords.Length > 0) head["keywords"] = new JsonArray([.. card.Keywords.Select(k => (JsonNode)k)]);
        return head;
    }

    private static JsonObject Named(string type, string name) => new() { ["@type"] = type, ["name"] = name };

    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["sc"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["rai"] = "http://mlcommons.org/croissant/RAI/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["conformsTo"] = "dct:conformsTo",
            ["data"] = new JsonObject { ["@id"] = "cr:data", ["@type"] = "@json" },
            ["dataType"] = new JsonObject { ["@id"] = "cr:dataType", ["@type"] = "@vocab" },
            ["examples"] = new JsonObject { ["@id"] = "cr:examples", ["@type"] = "@json" },
        };
        foreach (string term in Terms) context[term] = "cr:" + term;
        return context;
    }

    private static readonly string[] Terms =
    [
        "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract",
        "field", "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath",
        "key", "md5", "parentField", "readLines", "recordSet", "references", "regex", "sdVersion", "separator",
        "source", "subField", "transform", "unArchive", "value",
    ];
}
