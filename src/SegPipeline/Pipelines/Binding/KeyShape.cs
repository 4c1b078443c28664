using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>One key of a record.</summary>
/// <param name="Name">Its name in YAML.</param>
/// <param name="Property">The property it sets.</param>
/// <param name="Shape">What it may hold.</param>
/// <param name="IsRequired">True when it has no default.</param>
internal sealed record KeyShape(string Name, PropertyInfo Property, ValueShape Shape, bool IsRequired)
{
    /// <summary>All keys of a record type, those of the types it derives from first, in the order of the
    /// source.</summary>
    public static IReadOnlyList<KeyShape> AllOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(IsKey)
            .OrderBy(p => Ancestry(p.DeclaringType!))
            .ThenBy(p => p.MetadataToken)
            .Select(Of),
    ];

    /// <summary>The key as a schema, with its help and default.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = Parameters.OrReference(Shape.Schema());
        if (HelpText() is { Length: > 0 } help) schema["description"] = help;
        if (!IsRequired && DefaultJson() is { } json) schema["default"] = json;
        return schema;
    }

    // Editors show one text per key: what it is for, and below what each of its words means.
    private string HelpText()
    {
        string summary = XmlDocs.For(Property.DeclaringType!.Assembly).SummaryOf(Property);
        var words = WordShape.WordsIn(Property.PropertyType).Select(w => $"- {w.Word}: {w.Summary}");
        return string.Join('\n', words.Prepend(summary));
    }

    /// <summary>The default as JSON; null when there is none, or when it is null.</summary>
    public JsonNode? DefaultJson()
    {
        if (IsRequired) return null;
        object unset = Activator.CreateInstance(Property.ReflectedType!)!;
        return JsonText.Of(Shape.Write(Property.GetValue(unset)));
    }

    private static bool IsKey(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } setter &&
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static int Ancestry(Type type) => type.BaseType is { } above ? 1 + Ancestry(above) : 0;

    private static KeyShape Of(PropertyInfo property) => new(
        SnakeCase.Of(property.Name),
        property,
        ValueShapes.Of(
            new NullabilityInfoContext().Create(property),
            NumberRange.Of(property.GetCustomAttribute<RangeAttribute>())),
        property.IsDefined(typeof(RequiredMemberAttribute)));
}
