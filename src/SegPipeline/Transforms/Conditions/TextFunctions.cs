using System.Text.RegularExpressions;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Conditions;

/// <summary>The functions on texts that conditions know.</summary>
internal static class TextFunctions
{
    private static readonly string[] Names =
        ["starts_with", "ends_with", "contains", "matches", "count", "any", "all"];

    /// <summary>The function of a call that asks something of two texts.</summary>
    /// <exception cref="FormatException">There is no such function.</exception>
    public static Func<string, string, bool> Find(CallNode call) => call.Function switch
    {
        "starts_with" => (text, part) => text.StartsWith(part, StringComparison.Ordinal),
        "ends_with" => (text, part) => text.EndsWith(part, StringComparison.Ordinal),
        "contains" => (text, part) => text.Contains(part, StringComparison.Ordinal),
        _ => throw ConditionFault.At(call.Column, $"there is no function '{call.Function}'; " +
            DidYouMean.HintOrList(call.Function, Names)),
    };

    /// <summary>The regular expression that a call of <c>matches</c> has as its second argument.</summary>
    /// <exception cref="FormatException">It is no constant, or no regular expression of the kind that runs in linear
    /// time: without look-around and back-references.</exception>
    public static Regex Expression(Node node)
    {
        if (node is not LiteralNode { Value: { Kind: ValueKind.Text } text })
            throw ConditionFault.At(node.Column, "'matches' needs its regular expression as a text in quotes");
        try
        {
            return new Regex(text.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw ConditionFault.At(node.Column, "this is not a regular expression without look-around and " +
                $"back-references: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Refuses a call with another number of arguments.</summary>
    /// <exception cref="FormatException">There are more or fewer.</exception>
    public static void RequireArguments(CallNode call, int count)
    {
        if (call.Arguments.Length != count)
            throw ConditionFault.At(call.Column,
                $"'{call.Function}' takes {Counted.Of(count, "argument")}, found {call.Arguments.Length}");
    }
}
