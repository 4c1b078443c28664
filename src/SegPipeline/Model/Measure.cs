namespace SegPipeline.Model;

/// <summary>
/// A figure that a stage measured on a sample, e.g. how well a prediction fits. What is a ratio of counts keeps both
/// of them, so that the figure of a whole dataset is exact and does not depend on any order.
/// </summary>
/// <param name="Name">What was measured: <c>iou</c>, <c>mba</c>, ...</param>
/// <param name="Value">The figure; null when there is none, e.g. because there was nothing to compare.</param>
public sealed record Measure(string Name, double? Value)
{
    /// <summary>The category it was measured on; null for the sample as a whole.</summary>
    public RecordId? CategoryId { get; init; }

    /// <summary>The number of the object it was measured on (<c>object_id</c>); null for all objects.</summary>
    public RecordId? ObjectId { get; init; }

    /// <summary>The counts that <see cref="Value"/> is the ratio of; null when it is none.</summary>
    public CountRatio? Ratio { get; init; }

    /// <summary>A measure that is a ratio of counts; it has no value where the denominator is 0.</summary>
    public static Measure Of(string name, CountRatio ratio) => new(name, ratio.Value) { Ratio = ratio };
}

/// <summary>A ratio of two counts; sums of several give the figure of a whole dataset.</summary>
/// <param name="Numerator">E.g. pixels of the intersection.</param>
/// <param name="Denominator">E.g. pixels of the union.</param>
public readonly record struct CountRatio(long Numerator, long Denominator)
{
    /// <summary>The quotient; null when the denominator is 0.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / Denominator;
}
