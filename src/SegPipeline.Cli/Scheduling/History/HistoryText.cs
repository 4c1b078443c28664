using System.Globalization;
using SegPipeline.Pipelines.Binding;

namespace SegPipeline.Cli.Scheduling.History;

/// <summary>Values as the history has them, in the database and in what is told of it.</summary>
internal static class HistoryText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>A moment: UTC, to the millisecond.</summary>
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A word of an enum, in snake case.</summary>
    public static string Of<T>(T word) where T : struct, Enum => SnakeCase.Of(word.ToString());

    /// <summary>Reads a moment.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset ToTime(string text) => DateTimeOffset.ParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Reads a word of an enum.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static T To<T>(string text) where T : struct, Enum
    {
        foreach (T word in Enum.GetValues<T>())
            if (Of(word) == text) return word;
        throw new FormatException($"unknown word '{text}'");
    }
}
