using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using SegPipeline.Model;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// A value type that reads itself from text: it has <c>static T Parse(string)</c> or is an
/// <see cref="IParsable{TSelf}"/>, and its <c>ToString</c> gives the text back.
/// </summary>
internal sealed class ParsedShape : ValueShape
{
    private readonly Type _type;
    private readonly Func<string, object> _parse;

    private ParsedShape(Type type, Func<string, object> parse)
    {
        _type = type;
        _parse = parse;
    }

    /// <inheritdoc/>
    public override string Title => _type == typeof(ReleaseName)
        ? "a file name within the release"
        : WithArticle(SnakeCase.Words(_type.Name));

    /// <inheritdoc/>
    public override string Plural => _type == typeof(ReleaseName)
        ? "file names within the release"
        : SnakeCase.Words(_type.Name) + " values";

    /// <summary>The shape of a type; null when it cannot read itself.</summary>
    public static ParsedShape? Of(Type type)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.GetMethod("Parse", flags, [typeof(string)]) is { } plain && plain.ReturnType == type)
            return new ParsedShape(type, text => Invoke(plain, text));
        if (type.GetMethod("Parse", flags, [typeof(string), typeof(IFormatProvider)]) is { } cultured &&
            cultured.ReturnType == type)
            return new ParsedShape(type, text => Invoke(cultured, text, CultureInfo.InvariantCulture));
        return null;
    }

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: not ScalarForm.Null } scalar) return Mismatch(node, scope);
        try
        {
            return new BoundValue(_parse(scalar.Text), YamlScalar.OfText(scalar));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            scope.Problems.Add(node.Place, $"{scope.What}: {e.Message.TrimEnd('.')}");
        }
        catch (BadDataException e)
        {
            foreach (Problem problem in e.Problems)
                scope.Problems.Add(node.Place, $"{scope.What}: {problem.Message}", problem.Remedy);
        }
        return null;
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        YamlScalar.OfText(default, Convert.ToString(value, CultureInfo.InvariantCulture)!);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static object Invoke(MethodInfo parse, params object[] arguments) =>
        parse.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture)!;

    private static string WithArticle(string words) =>
        (words[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + words;
}
