using System.Text.Json;
using System.Text.RegularExpressions;

namespace SegPipeline.Tests.Releases;

/// <summary>
/// The rules of Croissant 1.1 that a description can break, written down from its specification
/// (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html) and from what the loader of MLCommons refuses.
/// That loader is Python and not to be had in the tests.
/// </summary>
internal sealed partial class CroissantRules
{
    private static readonly string[] Atomic =
        ["sc:Boolean", "sc:Date", "sc:DateTime", "sc:Float", "sc:Integer", "sc:Text", "sc:Time", "sc:URL"];

    private static readonly string[] Semantic =
        ["cr:BoundingBox", "cr:SegmentationMask", "sc:AudioObject", "sc:ImageObject", "sc:VideoObject"];

    private static readonly string[] DatasetMembers =
    [
        "@context", "@type", "citeAs", "conformsTo", "creator", "datePublished", "description", "distribution",
        "keywords", "license", "name", "publisher", "recordSet", "url", "version",
    ];

    private static readonly string[] FieldMembers =
    [
        "@id", "@type", "arrayShape", "dataType", "description", "isArray", "name", "references", "source", "subField",
        "value",
    ];

    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly List<string> _broken = [];

    /// <summary>What is wrong with a description; empty for a valid one.</summary>
    public static List<string> Broken(JsonElement dataset)
    {
        var rules = new CroissantRules();
        rules.CollectIds(dataset);
        rules.CheckDataset(dataset);
        rules.CheckReferences(dataset);
        return rules._broken;
    }

    private void CollectIds(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray()) CollectIds(item);
        if (element.ValueKind != JsonValueKind.Object) return;
        if (element.TryGetProperty("@id", out JsonElement id) &&
            element.TryGetProperty("@type", out JsonElement type) && !_types.TryAdd(id.GetString()!, type.ToString()))
            _broken.Add($"two things have the id '{id}'");
        foreach (JsonProperty member in element.EnumerateObject())
            if (member.Name is not ("@context" or "data")) CollectIds(member.Value);
    }

    private void CheckDataset(JsonElement dataset)
    {
        Only(dataset, DatasetMembers, "the dataset");
        Require(dataset, "the dataset", "@context", "@type", "name", "conformsTo", "description", "distribution");
        Expect(dataset, "@type", "sc:Dataset");
        Expect(dataset, "conformsTo", "http://mlcommons.org/croissant/1.1");
        JsonElement context = dataset.GetProperty("@context");
        Expect(context, "@vocab", "https://schema.org/");
        Expect(context, "cr", "http://mlcommons.org/croissant/");
        Expect(context.GetProperty("dataType"), "@type", "@vocab");
        Expect(context.GetProperty("data"), "@type", "@json");
        foreach (string property in (string[])["license", "url"])
            if (dataset.TryGetProperty(property, out JsonElement value) && value.GetString() is "" or null)
                _broken.Add($"'{property}' is empty");
        if (dataset.TryGetProperty("datePublished", out JsonElement date) &&
            !DateOnly.TryParseExact(date.GetString(), "yyyy-MM-dd", out _))
            _broken.Add($"'{date}' is no date");
        foreach (JsonElement resource in dataset.GetProperty("distribution").EnumerateArray()) CheckResource(resource);
        if (!dataset.TryGetProperty("recordSet", out JsonElement sets)) return;
        foreach (JsonElement set in sets.EnumerateArray()) CheckRecordSet(set);
    }

    private void CheckResource(JsonElement resource)
    {
        string id = IdOf(resource);
        Require(resource, id, "@id", "name", "encodingFormat");
        if (resource.TryGetProperty("encodingFormat", out JsonElement format) && !Mime().IsMatch(format.GetString()!))
            _broken.Add($"{id}: '{format}' is no media type");
        switch (resource.GetProperty("@type").GetString())
        {
            case "cr:FileObject":
                Only(resource, ["@type", "@id", "name", "contentUrl", "contentSize", "encodingFormat", "sha256"], id);
                Require(resource, id, "contentUrl", "sha256");
                if (!Sha256().IsMatch(TextOf(resource, "sha256"))) _broken.Add($"{id}: no SHA-256");
                if (!Size().IsMatch(TextOf(resource, "contentSize"))) _broken.Add($"{id}: no size");
                if (!Uri.IsWellFormedUriString(TextOf(resource, "contentUrl"), UriKind.Relative))
                    _broken.Add($"{id}: no URL");
                break;
            case "cr:FileSet":
                Only(resource, ["@type", "@id", "name", "encodingFormat", "includes", "excludes"], id);
                Require(resource, id, "includes");
                break;
            default:
                _broken.Add($"{id}: is neither a FileObject nor a FileSet");
                break;
        }
    }

    private void CheckRecordSet(JsonElement set)
    {
        string id = IdOf(set);
        Expect(set, "@type", "cr:RecordSet");
        Only(set, ["@type", "@id", "name", "description", "dataType", "key", "field", "data"], id);
        Require(set, id, "@id", "name", "field");
        JsonElement[] fields = [.. set.GetProperty("field").EnumerateArray()];
        if (fields.Length == 0) _broken.Add($"{id}: has no field");
        bool hasData = set.TryGetProperty("data", out JsonElement data);
        foreach (JsonElement field in fields) CheckField(field, id, hasData);
        if (set.TryGetProperty("key", out JsonElement key) && fields.All(f => IdOf(f) != IdOf(key)))
            _broken.Add($"{id}: its key is no field of it");
        if (fields.Select(SourceOf).OfType<string>().Distinct().Count() > 1)
            _broken.Add($"{id}: takes from several sources that nothing joins");
        string[] names = [.. fields.Select(IdOf).Order(StringComparer.Ordinal)];
        if (hasData && data.EnumerateArray().Any(
            row => !names.SequenceEqual(row.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal))))
            _broken.Add($"{id}: a row has other members than the fields");
    }

    private void CheckField(JsonElement field, string parent, bool hasData)
    {
        string id = IdOf(field);
        Expect(field, "@type", "cr:Field");
        Only(field, FieldMembers, id);
        Require(field, id, "@id", "name");
        if (!id.StartsWith(parent + "/", StringComparison.Ordinal)) _broken.Add($"{id}: is not within '{parent}/'");
        bool hasParts = field.TryGetProperty("subField", out JsonElement parts);
        bool hasValue = field.TryGetProperty("value", out _);
        bool hasSource = field.TryGetProperty("source", out JsonElement source);
        if ((hasValue ? 1 : 0) + (hasSource ? 1 : 0) + (hasData ? 1 : 0) != 1)
            _broken.Add($"{id}: has not one of value, source and data");
        if (hasSource) CheckSource(source, id);
        if (!hasParts || field.TryGetProperty("dataType", out _)) CheckType(field, id);
        if (field.TryGetProperty("arrayShape", out JsonElement shape) &&
            (!field.TryGetProperty("isArray", out JsonElement isArray) || !isArray.GetBoolean() ||
                !Shape().IsMatch(shape.GetString()!)))
            _broken.Add($"{id}: has a shape of no array");
        if (!hasParts) return;
        foreach (JsonElement part in parts.EnumerateArray()) CheckField(part, id, hasData);
    }

    private void CheckType(JsonElement field, string id)
    {
        if (!field.TryGetProperty("dataType", out JsonElement type))
        {
            _broken.Add($"{id}: has no dataType");
            return;
        }
        string[] types = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
            : [type.GetString()!];
        if (types.Length == 0 || types.Any(t => !Atomic.Contains(t) && !Semantic.Contains(t)))
            _broken.Add($"{id}: '{type}' is no data type");
    }

    private void CheckSource(JsonElement source, string id)
    {
        Only(source, ["fileObject", "fileSet", "extract", "transform", "format"], id);
        if (source.TryGetProperty("fileObject", out _) == source.TryGetProperty("fileSet", out _))
            _broken.Add($"{id}: must take from a file or from a set of files");
        if (!source.TryGetProperty("extract", out JsonElement extract)) return;
        if (extract.EnumerateObject().ToArray() is not [{ Name: "column" or "fileProperty" or "jsonPath" } only])
            _broken.Add($"{id}: must extract by one of column, fileProperty and jsonPath");
        else if (only.Name == "fileProperty" &&
            only.Value.GetString() is not ("fullpath" or "filename" or "content" or "lines"))
            _broken.Add($"{id}: '{only.Value}' is no property of a file");
        else if (only.Name == "jsonPath" && !JsonPath().IsMatch(only.Value.GetString()!))
            _broken.Add($"{id}: '{only.Value}' is no JSON path");
        if (source.TryGetProperty("transform", out JsonElement transform) &&
            transform.EnumerateObject().ToArray() is not [{ Name: "jsonPath" or "regex" }])
            _broken.Add($"{id}: must transform by one of jsonPath and regex");
        if (transform.ValueKind == JsonValueKind.Object && transform.TryGetProperty("regex", out JsonElement regex) &&
            new Regex(regex.GetString()!).GetGroupNumbers().Length != 2)
            _broken.Add($"{id}: its pattern has not one group");
    }

    private void CheckReferences(JsonElement element, string role = "")
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray()) CheckReferences(item, role);
        if (element.ValueKind != JsonValueKind.Object) return;
        if (element.TryGetProperty("@id", out JsonElement id) && !element.TryGetProperty("@type", out _))
        {
            string expected = role switch
            {
                "fileObject" => "cr:FileObject",
                "fileSet" => "cr:FileSet",
                "field" or "key" => "cr:Field",
                _ => "nothing",
            };
            if (!_types.TryGetValue(id.GetString()!, out string? type)) _broken.Add($"'{id}' is not described");
            else if (type != expected) _broken.Add($"'{id}' is a {type} where {role} is meant");
        }
        foreach (JsonProperty member in element.EnumerateObject())
            if (member.Name is not ("@context" or "data")) CheckReferences(member.Value, member.Name);
    }

    private void Only(JsonElement element, string[] members, string where)
    {
        foreach (JsonProperty member in element.EnumerateObject())
            if (!members.Contains(member.Name)) _broken.Add($"{where}: '{member.Name}' has no business there");
    }

    private void Require(JsonElement element, string where, params string[] members)
    {
        foreach (string member in members)
            if (!element.TryGetProperty(member, out JsonElement value) || value.ToString().Length == 0)
                _broken.Add($"{where}: '{member}' is missing");
    }

    private void Expect(JsonElement element, string member, string value)
    {
        if (!element.TryGetProperty(member, out JsonElement found) || found.ToString() != value)
            _broken.Add($"'{member}' is not '{value}'");
    }

    private static string IdOf(JsonElement element) => TextOf(element, "@id");

    private static string TextOf(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out JsonElement text)
            ? text.ToString()
            : "";

    private static string? SourceOf(JsonElement field) =>
        field.TryGetProperty("source", out JsonElement source) &&
        (source.TryGetProperty("fileObject", out JsonElement from) || source.TryGetProperty("fileSet", out from))
            ? IdOf(from)
            : null;

    [GeneratedRegex("^[a-z]+/[a-z0-9.+-]+$")]
    private static partial Regex Mime();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();

    [GeneratedRegex("^[0-9]+ B$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^-?\d+(,-?\d+)*$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^\$(\.[a-z_]+)?\[\*\]\.[a-z_]+$")]
    private static partial Regex JsonPath();
}
