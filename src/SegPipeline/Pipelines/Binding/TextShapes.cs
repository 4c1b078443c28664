using System.Text.Json.Nodes;
using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// Text. Numbers are taken as they are written, so that a sequence named <c>0123</c> or <c>0e45</c> keeps its name.
/// </summary>
internal sealed class TextShape : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "text";

    /// <inheritdoc/>
    public override string Plural => "texts";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope) => node switch
    {
        YamlScalar { Form: ScalarForm.Bool } => Mismatch(node, scope, "put it in quotes if that word is meant"),
        YamlScalar { Form: not ScalarForm.Null } scalar => new BoundValue(scalar.Text, YamlScalar.OfText(scalar)),
        _ => Mismatch(node, scope),
    };

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => YamlScalar.OfText(default, (string)value!);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number") };
}

/// <summary>true or false.</summary>
internal sealed class BoolShape : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "true or false";

    /// <inheritdoc/>
    public override string Plural => "truth values";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: ScalarForm.Bool } scalar) return Mismatch(node, scope, HintFor(node));
        bool value = CoreSchema.ToBool(scalar.Text);
        return new BoundValue(value, Write(value));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => YamlScalar.OfPlain(default, (bool)value! ? "true" : "false");

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    private static string? HintFor(YamlNode node) => node is not YamlScalar scalar ? null
        : scalar.Text.ToUpperInvariant() switch
        {
            "YES" or "ON" or "Y" => "write true",
            "NO" or "OFF" or "N" => "write false",
            _ => null,
        };
}

/// <summary>One word of an enum, in snake case.</summary>
/// <param name="type">The enum.</param>
internal sealed class WordShape(Type type) : ValueShape
{
    private readonly (string Word, object Value)[] _words =
        [.. Enum.GetNames(type).Select(n => (SnakeCase.Of(n), Enum.Parse(type, n)))];

    /// <inheritdoc/>
    public override string Title => $"one of {string.Join(", ", AllowedWords)}";

    /// <inheritdoc/>
    public override string Plural => $"words of {string.Join(", ", AllowedWords)}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllowedWords => [.. _words.Select(w => w.Word)];

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar scalar) return Mismatch(node, scope);
        foreach ((string word, object value) in _words)
            if (word == scalar.Text) return new BoundValue(value, Write(value));
        return Mismatch(node, scope, DidYouMean.Hint(scalar.Text, AllowedWords));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        YamlScalar.OfText(default, _words.First(w => w.Value.Equals(value)).Word);

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. AllowedWords.Select(w => (JsonNode)w)]) };

    /// <summary>The words that a property takes, alone or in a list or map, with what each means; empty when any
    /// do.</summary>
    public static IReadOnlyList<(string Word, string Summary)> WordsIn(Type type)
    {
        if (type.IsGenericType) return WordsIn(type.GenericTypeArguments[^1]);
        if (!type.IsEnum) return [];
        XmlDocs docs = XmlDocs.For(type.Assembly);
        return [.. Enum.GetNames(type).Select(n => (SnakeCase.Of(n), docs.SummaryOf(type.GetField(n)!)))];
    }
}

/// <summary>An id of a dataset: a whole number, or text.</summary>
internal sealed class IdShape : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "an id (a number or text)";

    /// <inheritdoc/>
    public override string Plural => "ids";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: not (ScalarForm.Null or ScalarForm.Bool) } scalar)
            return Mismatch(node, scope);
        RecordId id = scalar.Form == ScalarForm.Whole && CoreSchema.ToWhole(scalar.Text) is { } number
            ? new RecordId(number)
            : RecordId.FromString(scalar.Text);
        return new BoundValue(id, Write(id));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value)
    {
        var id = (RecordId)value!;
        return id.IsInteger
            ? new YamlScalar(default, id.JsonText, ScalarForm.Whole)
            : YamlScalar.OfText(default, JsonNode.Parse(id.JsonText)!.ToString());
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number") };
}
