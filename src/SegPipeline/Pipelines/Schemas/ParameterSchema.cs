using System.Text.Json.Nodes;
using static SegPipeline.Pipelines.Schemas.PipelineSchema;

namespace SegPipeline.Pipelines.Schemas;

/// <summary>The schema of a parameter's declaration.</summary>
internal static class ParameterSchema
{
    /// <summary><c>{ int: 1000, min: 1 }</c> and the like; what is no text may also come from the
    /// environment.</summary>
    public static JsonObject Declaration()
    {
        JsonObject schema = ObjectOf(new JsonObject
        {
            ["path"] = Described(Type("string", "number", "null"), "A file or folder, relative to this file."),
            ["int"] = Described(Type("integer", "string", "null"), "A whole number."),
            ["number"] = Described(Type("number", "string", "null"), "A number."),
            ["string"] = Described(Type("string", "number", "null"), "Text."),
            ["bool"] = Described(Type("boolean", "string", "null"), "true or false."),
            ["choice"] = Described(ListOf(Type("string", "number", "boolean")), "The words to choose from."),
            ["default"] = Described(
                Type("string", "number", "boolean", "null"),
                "The value when none is given, or the environment has none."),
            ["min"] = Described(Type("number"), "The least value of a number."),
            ["max"] = Described(Type("number"), "The greatest value of a number."),
            ["doc"] = Described(Type("string"), "What the parameter is for."),
        });
        string[] kinds = ["path", "int", "number", "string", "bool", "choice"];
        schema["oneOf"] = new JsonArray([.. kinds.Select(k => new JsonObject { ["required"] = new JsonArray(k) })]);
        return schema;
    }
}
