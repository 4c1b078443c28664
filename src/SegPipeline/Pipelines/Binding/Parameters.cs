using System.Text.Json.Nodes;

namespace SegPipeline.Pipelines.Binding;

/// <summary>References to parameters as editors see them.</summary>
internal static class Parameters
{
    /// <summary>Where the schema defines what a reference looks like.</summary>
    public const string ReferencePath = "#/$defs/parameter";

    /// <summary>A schema that also takes <c>$name</c> where the value itself is no text.</summary>
    public static JsonObject OrReference(JsonObject schema) => TakesText(schema)
        ? schema
        : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["$ref"] = ReferencePath }) };

    private static bool TakesText(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Any(t => t!.GetValue<string>() == "string"),
        JsonValue type => type.GetValue<string>() == "string",
        _ => false,
    };
}
