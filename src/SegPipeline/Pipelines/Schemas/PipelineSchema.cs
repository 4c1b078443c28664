using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Testing;

namespace SegPipeline.Pipelines.Schemas;

/// <summary>
/// The JSON Schema of pipeline files, for editors: completion, help and checking while typing. It knows what a single
/// file can tell; <c>segpipe check</c> knows the rest.
/// </summary>
/// <remarks>Draft 2020-12 (https://json-schema.org/draft/2020-12), kept to keywords that YAML extensions of editors
/// understand.</remarks>
public static class PipelineSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON text; the same for the same stages.</summary>
    public static string Generate(StageCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        JsonObject properties = SchemaOf<HeaderSection>()["properties"]!.DeepClone().AsObject();
        properties["segpipe"] = Described(new JsonObject { ["const"] = 1 }, "Version of the file format.");
        properties["include"] = Described(OneOrMore(Type("string")), "Files that bring parameters and macros.");
        properties["params"] = Described(Reference("parameters"), "Parameters, used as $name or ${name}.");
        properties["define"] = Described(MapOf(Reference("macro")), "Macros: chains of stages, used as use.name.");
        properties["chunks"] = SchemaOf<ChunkSection>();
        properties["stages"] = Described(Reference("stages"), "The stages; each takes from the one above, or 'from'.");
        properties["release"] = SchemaOf<ReleaseSection>();
        properties["tests"] = Described(ListOf(Reference("test")), "Tests: what stages give for given samples.");
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "SegPipeline pipeline",
            ["type"] = "object",
            ["required"] = new JsonArray("segpipe", "name", "stages"),
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
            ["additionalProperties"] = false,
            ["$defs"] = Definitions(catalog),
        };
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Definitions(StageCatalog catalog)
    {
        var definitions = new JsonObject
        {
            ["parameter"] = Described(
                new JsonObject { ["type"] = "string", ["pattern"] = Parameters.ReferencePattern }, "A parameter."),
            ["parameters"] = MapOf(ParameterSchema.Declaration()),
            ["macro"] = ObjectOf(new JsonObject
            {
                ["doc"] = Described(Type("string"), "What it is for."),
                ["args"] = Described(Reference("parameters"), "Its arguments, used like parameters."),
                ["stages"] = Described(Reference("stages"), "Its stages; the first takes what its user takes."),
            }),
            ["stages"] = MapOf(Reference("stage")),
            ["stage"] = StageSchema(catalog),
            ["test"] = TestSchema.Test(),
            ["sample"] = TestSchema.Sample(),
        };
        foreach (StageEntry stage in catalog.Stages) definitions[DefinitionOf(stage)] = StageSchema(stage);
        return definitions;
    }

    private static JsonObject StageSchema(StageCatalog catalog)
    {
        JsonObject properties = StageOptions.Shape.Schema()["properties"]!.DeepClone().AsObject();
        properties["on_error"] = Described(new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray("fail", "reject") },
                ObjectOf(new JsonObject { ["reject"] = SchemaOf<RejectBounds>() }),
                Reference("parameter")),
        }, properties["on_error"]!["description"]!.GetValue<string>());
        foreach (StageEntry stage in catalog.Stages) properties[stage.Name] = Reference(DefinitionOf(stage));
        JsonObject schema = ObjectOf(properties);
        schema["patternProperties"] = new JsonObject
        {
            ["^use\\."] = Described(Type("object", "null"), "A use of a macro, with its arguments."),
        };
        schema["minProperties"] = 1;
        return schema;
    }

    private static JsonObject StageSchema(StageEntry stage)
    {
        JsonObject schema = stage.Shape.Schema();
        if (!schema.ContainsKey("required")) schema["type"] = new JsonArray("object", "null");
        schema["description"] = stage.Summary;
        if (stage.Example is { } example)
            schema["markdownDescription"] = $"{stage.Summary}\n\n```yaml\n{example}\n```";
        return schema;
    }

    private static string DefinitionOf(StageEntry stage) => "stage-" + stage.Name;

    private static JsonObject SchemaOf<T>() => new RecordShape(typeof(T)).Schema();

    internal static JsonObject Type(params string[] types) =>
        new() { ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(t => (JsonNode)t)]) };

    internal static JsonObject Reference(string definition) => new() { ["$ref"] = "#/$defs/" + definition };

    internal static JsonObject MapOf(JsonObject value) =>
        new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = value };

    internal static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    internal static JsonObject ObjectOf(JsonObject properties) =>
        new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };

    internal static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject OneOrMore(JsonObject item) =>
        new() { ["anyOf"] = new JsonArray(item.DeepClone(), ListOf(item)) };
}
