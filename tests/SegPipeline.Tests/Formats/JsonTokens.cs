using System.Text.RegularExpressions;

namespace SegPipeline.Tests.Formats;

/// <summary>
/// The tokens of a JSON text as they are written, so that two texts can be compared in everything but blanks: number
/// text, escapes, order and repetition of members. Takes NaN and Infinity, as Python writes them, too.
/// </summary>
internal static partial class JsonTokens
{
    /// <summary>The tokens, in order.</summary>
    public static string[] Of(string json) => [.. Token().Matches(json.TrimStart('\uFEFF')).Select(m => m.Value)];

    /// <summary>Fails at the first token that differs.</summary>
    public static void AssertEqual(string expected, string actual)
    {
        string[] left = Of(expected), right = Of(actual);
        int same = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same == left.Length && same == right.Length) return;
        Assert.Fail($"token {same} differs: expected {Around(left, same)}, found {Around(right, same)}");
    }

    private static string Around(string[] tokens, int at) =>
        string.Concat(tokens.Skip(Math.Max(0, at - 5)).Take(10));

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+
        """)]
    private static partial Regex Token();
}
