using System.Text.Json.Nodes;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>YAML as JSON.</summary>
internal static class JsonText
{
    /// <summary>The JSON of a tree; null for YAML's null, and for what could not be read.</summary>
    public static JsonNode? Of(YamlNode node) => node switch
    {
        YamlScalar { Form: ScalarForm.Bool } scalar => CoreSchema.ToBool(scalar.Text),
        YamlScalar { Form: ScalarForm.Whole } scalar when CoreSchema.ToWhole(scalar.Text) is { } whole => whole,
        YamlScalar { Form: ScalarForm.Whole or ScalarForm.Fraction } scalar
            when double.IsFinite(CoreSchema.ToNumber(scalar.Text)) => CoreSchema.ToNumber(scalar.Text),
        YamlScalar { Form: not ScalarForm.Null } scalar => scalar.Text,
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Of(e.Value)))),
        _ => null,
    };
}
