using System.Globalization;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Progress;

/// <summary>A reading as a person reads it: <c>41%  328/800 samples  1,204/s  0:39 min left</c>.</summary>
internal static class ProgressText
{
    /// <summary>The text.</summary>
    public static string Of(ProgressReading reading)
    {
        if (reading.Percent is not { } percent) return "under way";
        string text = $"{percent,3}%  " +
            $"{Quantity.Count(reading.At.DoneSamples)}/{Quantity.Count(reading.At.TotalSamples)} samples";
        if (reading.PerSecond > 0) text += $"  {Rate(reading.PerSecond)}/s";
        return reading.Remaining is { } left && percent < 100 ? $"{text}  {Quantity.Time(left)} left" : text;
    }

    private static string Rate(double perSecond) =>
        perSecond < 10 ? perSecond.ToString("0.0", CultureInfo.InvariantCulture) : Quantity.Count((long)perSecond);
}
