using System.Globalization;
using Microsoft.AspNetCore.Http;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Server;

/// <summary>Reads what a request asks for. What makes no sense is taken as not asked for.</summary>
internal static class QueryText
{
    /// <summary>Which entries are wanted.</summary>
    public static EntryQuery Entries(IQueryCollection query, CategoryList categories) => new()
    {
        Text = query["text"].ToString(),
        Categories = Numbers(query["category"].ToString(), categories),
        Least = Fraction(query["least"].ToString(), 0),
        Greatest = Fraction(query["greatest"].ToString(), 1),
        Crowd = Word(query["crowd"].ToString(), CrowdChoice.Any),
        Marks = Word(query["marks"].ToString(), EntryMarks.None),
        Order = Word(query["order"].ToString(), EntryOrder.Source),
    };

    /// <summary>A whole number within bounds.</summary>
    public static int Whole(string text, int usual, int least, int greatest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? Math.Clamp(number, least, greatest)
            : usual;

    private static double Fraction(string text, double usual) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? Math.Clamp(number, 0, 1)
            : usual;

    private static T Word<T>(string text, T usual) where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T value) ? value : usual;

    private static HashSet<int> Numbers(string text, CategoryList categories)
    {
        var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0) return [];
        HashSet<int> numbers = [.. Enumerable.Range(0, categories.Listed.Count)
            .Where(i => names.Contains(categories.Listed[i].Name))];
        // Of names that are none of this dataset, nothing is wanted, not everything.
        return numbers.Count > 0 ? numbers : [int.MinValue];
    }
}
