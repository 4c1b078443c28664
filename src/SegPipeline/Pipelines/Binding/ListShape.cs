using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A list; a lone value is a list of one.</summary>
/// <param name="type"><see cref="IReadOnlyList{T}"/> or <see cref="ImmutableArray{T}"/>.</param>
/// <param name="item">What an item may be.</param>
internal sealed class ListShape(Type type, ValueShape item) : ValueShape
{
    private readonly MethodInfo _freeze = typeof(ListShape)
        .GetMethod(
            type.IsValueType ? nameof(ToImmutable) : nameof(ToReadOnly), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(type.GenericTypeArguments[0]);

    /// <inheritdoc/>
    public override string Title => $"a list of {item.Plural}";

    /// <inheritdoc/>
    public override string Plural => $"lists of {item.Plural}";

    /// <inheritdoc/>
    public override IReadOnlyList<string>? AllowedWords => item.AllowedWords;

    /// <inheritdoc/>
    public override NumberRange Range => item.Range;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is YamlScalar { Form: ScalarForm.Null }) return Mismatch(node, scope);
        IReadOnlyList<YamlNode> nodes = node is YamlSequence sequence ? sequence.Items : [node];
        var values = new List<object?>();
        var resolved = new List<YamlNode>();
        bool good = true;
        foreach (YamlNode child in nodes)
        {
            good &= item is PathShape path
                ? AddPaths(path, child, scope, values, resolved)
                : Add(child, scope, values, resolved);
        }
        return good ? new BoundValue(_freeze.Invoke(null, [values]), new YamlSequence(default, [.. resolved])) : null;
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value)
    {
        bool unset = type.IsValueType && value!.Equals(Activator.CreateInstance(type));
        return new YamlSequence(default, unset ? [] : [.. ((IEnumerable)value!).Cast<object?>().Select(item.Write)]);
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "array", ["items"] = Parameters.OrReference(item.Schema()) },
            item.Schema()),
    };

    private static ImmutableArray<T> ToImmutable<T>(List<object?> values) => values.Cast<T>().ToImmutableArray();

    private static T[] ToReadOnly<T>(List<object?> values) => values.Cast<T>().ToArray();

    private bool Add(YamlNode node, BindScope scope, List<object?> values, List<YamlNode> resolved)
    {
        BoundValue? bound = item.Bind(node, scope);
        if (bound is null) return false;
        values.Add(bound.Value);
        resolved.Add(bound.Resolved);
        return true;
    }

    private static bool AddPaths(
        PathShape path, YamlNode node, BindScope scope, List<object?> values, List<YamlNode> resolved)
    {
        if (path.BindAll(node, scope) is not { } bound) return false;
        foreach (InputPath each in bound.Paths) values.Add(each);
        resolved.Add(bound.Resolved);
        return true;
    }
}
