using System.Text.RegularExpressions;

namespace SegPipeline.Stages;

/// <summary>Which part of a dataset the name of a file or folder tells: <c>instances_train2017.json</c>,
/// <c>valid/_annotations.json</c>.</summary>
internal static partial class SplitName
{
    private static readonly string[][] Synonyms =
        [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];

    /// <summary>The part that a path tells in one of the usual words, as it stands there; null when in none.</summary>
    public static string? Of(string path) =>
        Words(path).FirstOrDefault(word => Synonyms.Any(s => s.Contains(word, StringComparer.OrdinalIgnoreCase)));

    /// <summary>True when a path tells a part: one of its words is that of the part, or means the same.</summary>
    public static bool IsIn(string path, string split) => Words(path).Any(word => IsSame(word, split));

    /// <summary>True when two words mean the same part.</summary>
    public static bool IsSame(string word, string split) =>
        word.Equals(split, StringComparison.OrdinalIgnoreCase) || Synonyms.Any(s =>
            s.Contains(word, StringComparer.OrdinalIgnoreCase) && s.Contains(split, StringComparer.OrdinalIgnoreCase));

    /// <summary>The first two of some words that mean the same part; null when each means another.</summary>
    public static (string One, string Same)? FirstSame(IReadOnlyList<string> words) =>
        words.SelectMany((word, i) => words.Skip(i + 1).Where(w => IsSame(w, word)).Select(w => (word, w)))
            .Cast<(string, string)?>().FirstOrDefault();

    private static IEnumerable<string> Words(string path) => Word().Matches(path).Select(m => m.Value);

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();
}
