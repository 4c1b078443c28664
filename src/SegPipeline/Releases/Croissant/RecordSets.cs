using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SegPipeline.Stages;

namespace SegPipeline.Releases.Croissant;

/// <summary>The record sets of a release: the tables of its writers, the pictures of its folders, its splits.</summary>
/// <param name="tables">The tables: node, table.</param>
/// <param name="distribution">The files they are in.</param>
/// <param name="ids">The ids in use.</param>
internal sealed class RecordSets(
    ImmutableArray<(string Node, RecordTable Table)> tables, Distribution distribution, IdRegister ids)
{
    private readonly Dictionary<(string Node, string Table), string> _sets = [];
    private string _splits = "";

    /// <summary>The description.</summary>
    public JsonArray ToJson()
    {
        var sets = new JsonArray();
        string[] splits = [.. tables.Where(IsThere).Select(t => t.Table.Split).OfType<string>().Distinct()];
        if (splits.Length > 0) sets.Add(Splits(splits));
        foreach ((string node, RecordTable table) in tables.Where(IsThere))
            _sets[(node, table.Name)] = ids.Take($"{node}.{table.Name}");
        foreach ((string node, RecordTable table) in tables.Where(IsThere)) sets.Add(Table(node, table));
        foreach ((_, string id) in distribution.Pictures) sets.Add(Pictures(id));
        return sets;
    }

    private bool IsThere((string Node, RecordTable Table) table) => distribution.IdOf(table.Table) is not null;

    private JsonObject Splits(string[] splits)
    {
        _splits = ids.Take("splits");
        string name = ids.Take(_splits + "/name");
        return new JsonObject
        {
            ["@type"] = "cr:RecordSet",
            ["@id"] = _splits,
            ["name"] = _splits,
            ["description"] = "The parts that the records are divided into.",
            ["dataType"] = "cr:Split",
            ["key"] = CroissantFile.Reference(name),
            ["field"] = new JsonArray(Field(name, "name", "sc:Text")),
            ["data"] = new JsonArray([.. splits.Select(s => (JsonNode)new JsonObject { [name] = s })]),
        };
    }

    private JsonObject Table(string node, RecordTable table)
    {
        string set = _sets[(node, table.Name)];
        var described = new JsonObject { ["@type"] = "cr:RecordSet", ["@id"] = set, ["name"] = set };
        if (table.Description is { } description) described["description"] = description;
        RecordField[] keys = [.. table.Fields.Where(f => f.IsKey)];
        if (keys.Length == 1) described["key"] = CroissantFile.Reference($"{set}/{keys[0].Name}");
        JsonArray fields = [.. table.Fields.Select(f => (JsonNode)Field(node, set, table, f))];
        if (table.Split is { } split) fields.Add(SplitField(set, table, split));
        described["field"] = fields;
        return described;
    }

    private JsonObject Field(string node, string parent, RecordTable table, RecordField field)
    {
        string id = ids.Take($"{parent}/{field.Name}");
        JsonObject described = Field(id, field.Name, TypeOf(field.Kind));
        if (field.Description is { } description) described["description"] = description;
        if (field.ListDepth > 0)
        {
            described["isArray"] = true;
            described["arrayShape"] = string.Join(',', Enumerable.Repeat("-1", field.ListDepth));
        }
        JsonObject source = SourceOf(table);
        source["extract"] = ExtractOf(field);
        if (field.Within.Length > 0) source["transform"] = new JsonObject { ["jsonPath"] = field.Within };
        if (field.Kind == FieldKind.Box) source["format"] = "XYWH";
        described["source"] = source;
        if (field.References?.Split('/') is [var other, var name] && _sets.TryGetValue((node, other), out string? set))
            described["references"] = new JsonObject { ["field"] = CroissantFile.Reference($"{set}/{name}") };
        if (!field.Parts.IsEmpty)
            described["subField"] =
                new JsonArray([.. field.Parts.Select(part => (JsonNode)Field(node, id, table, part))]);
        return described;
    }

    // Loaders find the split of a record by the name of its file; where one file has all, it is a constant.
    private JsonObject SplitField(string set, RecordTable table, string split)
    {
        JsonObject field = Field(ids.Take(set + "/split"), "split", "sc:Text");
        field["references"] = new JsonObject { ["field"] = CroissantFile.Reference(_splits + "/name") };
        int at = table.Files.LastIndexOf(split, StringComparison.Ordinal);
        if (!table.IsOfManyFiles || at < 0)
        {
            field["value"] = split;
            return field;
        }
        string Pattern(string part) => Regex.Escape(part)
            .Replace(@"\*\*/", "(?:[^/]*/)*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        JsonObject source = SourceOf(table);
        source["extract"] = new JsonObject { ["fileProperty"] = "fullpath" };
        source["transform"] = new JsonObject
        {
            ["regex"] = $"^(?:.*/)?{Pattern(table.Files[..at])}({Regex.Escape(split)})" +
                $"{Pattern(table.Files[(at + split.Length)..])}$",
        };
        field["source"] = source;
        return field;
    }

    private JsonObject Pictures(string fileSet)
    {
        string set = ids.Take(fileSet + ".pictures");
        JsonObject Of(string name, JsonNode type, string property)
        {
            JsonObject field = Field(ids.Take($"{set}/{name}"), name, type);
            field["source"] = new JsonObject
            {
                ["fileSet"] = CroissantFile.Reference(fileSet),
                ["extract"] = new JsonObject { ["fileProperty"] = property },
            };
            return field;
        }
        return new JsonObject
        {
            ["@type"] = "cr:RecordSet",
            ["@id"] = set,
            ["name"] = set,
            ["description"] = "A picture a record.",
            ["field"] = new JsonArray(
                Of("path", "sc:Text", "fullpath"), Of("picture", "sc:ImageObject", "content")),
        };
    }

    private JsonObject SourceOf(RecordTable table) => new()
    {
        [table.IsOfManyFiles ? "fileSet" : "fileObject"] = CroissantFile.Reference(distribution.IdOf(table)!),
    };

    private static JsonObject Field(string id, string name, JsonNode? type)
    {
        var field = new JsonObject { ["@type"] = "cr:Field", ["@id"] = id, ["name"] = name };
        if (type is not null) field["dataType"] = type;
        return field;
    }

    private static JsonObject ExtractOf(RecordField field) => field.Place switch
    {
        FieldPlace.Column => new JsonObject { ["column"] = field.Path },
        FieldPlace.JsonPath => new JsonObject { ["jsonPath"] = field.Path },
        FieldPlace.Content => new JsonObject { ["fileProperty"] = "content" },
        FieldPlace.Line => new JsonObject { ["fileProperty"] = "lines" },
        _ => new JsonObject { ["fileProperty"] = "fullpath" },
    };

    private static JsonNode? TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Integer => "sc:Integer",
        FieldKind.Number => "sc:Float",
        FieldKind.Text => "sc:Text",
        FieldKind.Box => "cr:BoundingBox",
        FieldKind.Picture => "sc:ImageObject",
        FieldKind.LabelImage => new JsonArray("cr:SegmentationMask", "sc:ImageObject"),
        _ => null,
    };
}
