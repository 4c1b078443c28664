using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Testing;
using static SegPipeline.Pipelines.Schemas.PipelineSchema;

namespace SegPipeline.Pipelines.Schemas;

/// <summary>The schema of tests and of the samples in them.</summary>
internal static class TestSchema
{
    /// <summary>A test.</summary>
    public static JsonObject Test()
    {
        JsonObject schema = TestSection.Shape.Schema();
        JsonObject properties = schema["properties"]!.AsObject();
        foreach (string ports in (string[])["given", "expect"])
        {
            string description = properties[ports]!["description"]!.GetValue<string>();
            properties[ports] = Described(MapOf(ListOf(Reference("sample"))), description);
        }
        return schema;
    }

    /// <summary>A sample.</summary>
    public static JsonObject Sample()
    {
        JsonObject schema = SampleLiteral.Shape.Schema();
        JsonObject properties = schema["properties"]!.AsObject();
        string description = properties["instances"]!["description"]!.GetValue<string>();
        properties["instances"] = Described(ListOf(Instance()), description);
        return schema;
    }

    // Instances have whatever members their dataset has; those that are known get help.
    private static JsonObject Instance() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["id"] = Described(Type("number", "string", "null"), "Its id."),
            ["category_id"] = Described(Type("number", "string", "null"), "Id of its category."),
            ["category"] = Described(Type("string", "null"), "Name of its category, one of the test's categories."),
            ["iscrowd"] = Described(
                new JsonObject { ["enum"] = new JsonArray(0, 1, false, true, null) }, "Whether it stands for a group."),
            ["area"] = Described(Type("number", "null"), "Its area in pixels."),
            ["bbox"] = Described(Type("array", "null"), "Its box: [x, y, width, height]."),
            ["segmentation"] = Described(
                Type("array", "object", "null"), "Its shape: polygons, { size, counts }, [] or null."),
            ["score"] = Described(Type("number", "null"), "Its confidence, of a result."),
        },
    };
}
