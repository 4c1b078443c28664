using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;

namespace SegPipeline.Pipelines.Binding;

/// <summary>Bounds of a number; an open end is infinite.</summary>
internal readonly record struct NumberRange(double Least, double Most)
{
    /// <summary>True when the lower bound itself is not allowed.</summary>
    public bool LeastExcluded { get; init; }

    /// <summary>True when the upper bound itself is not allowed.</summary>
    public bool MostExcluded { get; init; }

    /// <summary>No bounds.</summary>
    public static NumberRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The bounds an attribute states; the extreme values of a type count as no bound.</summary>
    public static NumberRange Of(RangeAttribute? attribute)
    {
        if (attribute is null) return Any;
        double least = Convert.ToDouble(attribute.Minimum, CultureInfo.InvariantCulture);
        double most = Convert.ToDouble(attribute.Maximum, CultureInfo.InvariantCulture);
        return new NumberRange(
            least is double.MinValue or int.MinValue or long.MinValue ? double.NegativeInfinity : least,
            most is double.MaxValue or int.MaxValue or (double)long.MaxValue ? double.PositiveInfinity : most)
        {
            LeastExcluded = attribute.MinimumIsExclusive,
            MostExcluded = attribute.MaximumIsExclusive,
        };
    }

    /// <summary>True when a number lies within; not-a-number never does, unless there are no bounds.</summary>
    public bool Contains(double value) => this == Any ||
        ((LeastExcluded ? value > Least : value >= Least) && (MostExcluded ? value < Most : value <= Most));

    /// <summary>E.g. <c>at least 1</c>, <c>above 0 and at most 1</c>; empty without bounds.</summary>
    public override string ToString()
    {
        string low = double.IsInfinity(Least) ? "" : (LeastExcluded ? "above " : "at least ") + Text(Least);
        string high = double.IsInfinity(Most) ? "" : (MostExcluded ? "below " : "at most ") + Text(Most);
        return low.Length > 0 && high.Length > 0 ? $"{low} and {high}" : low + high;
    }

    /// <summary>Puts the bounds into a schema.</summary>
    public void AddTo(JsonObject schema)
    {
        if (!double.IsInfinity(Least)) schema[LeastExcluded ? "exclusiveMinimum" : "minimum"] = Number(Least);
        if (!double.IsInfinity(Most)) schema[MostExcluded ? "exclusiveMaximum" : "maximum"] = Number(Most);
    }

    private static JsonNode Number(double value) =>
        Math.Abs(value) < 1L << 53 && value == Math.Truncate(value) ? (long)value : value;

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
