using SegPipeline.Model;

namespace SegPipeline.Formats.Scores;

/// <summary>One measure over several samples. Counts are exact; values are added as they come.</summary>
internal sealed class ScoreTotal
{
    private double _sum;

    /// <summary>How many had a value.</summary>
    public long Counted { get; private set; }

    /// <summary>How many had none.</summary>
    public long Absent { get; private set; }

    /// <summary>The sums of the counts; null when the measure is not a ratio of counts.</summary>
    public CountRatio? Ratio { get; private set; }

    /// <summary>The mean of the values; null when there is none.</summary>
    public double? Mean => Counted == 0 ? null : _sum / Counted;

    /// <summary>The figure of them all: of a ratio the quotient of the sums, else the mean.</summary>
    public double? Value => Ratio is { } ratio ? ratio.Value : Mean;

    /// <summary>Adds a measure.</summary>
    public void Add(Measure measure)
    {
        if (measure.Ratio is { } ratio)
            Ratio = new CountRatio(
                checked((Ratio?.Numerator ?? 0) + ratio.Numerator),
                checked((Ratio?.Denominator ?? 0) + ratio.Denominator));
        if (measure.Value is not { } value)
        {
            Absent++;
            return;
        }
        _sum += value;
        Counted++;
    }
}
