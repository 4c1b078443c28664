using System.Globalization;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A whole number of an integer type.</summary>
/// <param name="type">int, long, short, byte and the like, up to 64 bits.</param>
/// <param name="range">Its bounds.</param>
internal sealed class WholeShape(Type type, NumberRange range) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "a whole number";

    /// <inheritdoc/>
    public override string Plural => "whole numbers";

    /// <inheritdoc/>
    public override NumberRange Range => range;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: ScalarForm.Whole } scalar) return Mismatch(node, scope);
        long? value = CoreSchema.ToWhole(scalar.Text);
        if (value is not { } whole || Narrowed(whole) is not { } narrowed)
        {
            scope.Problems.Add(node.Place, $"{scope.What} is too large a number: {scalar.Text}");
            return null;
        }
        if (!range.Contains(whole))
        {
            scope.Problems.Add(node.Place, $"{scope.What} must be {range}, found {scalar.Text}");
            return null;
        }
        return new BoundValue(narrowed, Write(narrowed));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        new YamlScalar(default, Convert.ToString(value, CultureInfo.InvariantCulture)!, ScalarForm.Whole);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "integer" };
        range.AddTo(schema);
        return schema;
    }

    private object? Narrowed(long value)
    {
        try
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}

/// <summary>A number with or without a fraction.</summary>
/// <param name="range">Its bounds.</param>
internal sealed class NumberShape(NumberRange range) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "a number";

    /// <inheritdoc/>
    public override string Plural => "numbers";

    /// <inheritdoc/>
    public override NumberRange Range => range;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: ScalarForm.Whole or ScalarForm.Fraction } scalar)
            return Mismatch(node, scope);
        double value = CoreSchema.ToNumber(scalar.Text);
        if (!double.IsFinite(value))
        {
            scope.Problems.Add(node.Place, $"{scope.What} must be a finite number, found {scalar.Text}");
            return null;
        }
        if (!range.Contains(value))
        {
            scope.Problems.Add(node.Place, $"{scope.What} must be {range}, found {scalar.Text}");
            return null;
        }
        return new BoundValue(value, Write(value));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        YamlScalar.OfPlain(default, ((double)value!).ToString("R", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        range.AddTo(schema);
        return schema;
    }
}
