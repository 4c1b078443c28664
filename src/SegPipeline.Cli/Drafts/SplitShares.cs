using System.Collections.Immutable;
using System.Globalization;

namespace SegPipeline.Cli.Drafts;

/// <summary>The parts of a split as people write them: <c>train=0.8,val=0.2</c>.</summary>
internal static class SplitShares
{
    /// <summary>The parts unless told.</summary>
    public const string Usual = "train=0.8,val=0.2";

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? FaultOf(string text)
    {
        var parts = new List<(string Name, decimal Share)>();
        foreach (string part in text.Split(','))
        {
            if (Part(part) is not { } read)
                return $"expected names, each with a share between 0 and 1, e.g. {Usual}; found '{part}'";
            parts.Add(read);
        }
        if (parts.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count() < parts.Count)
            return "every part has a name of its own";
        return parts.Sum(p => p.Share) == 1
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the shares must sum to 1, found {parts.Sum(p => p.Share)}");
    }

    /// <summary>The parts of a text that has no fault.</summary>
    public static ImmutableArray<(string Name, decimal Share)> Parse(string text) =>
        [.. text.Split(',').Select(part => Part(part)!.Value)];

    private static (string Name, decimal Share)? Part(string text)
    {
        string[] sides = text.Split('=');
        string name = sides[0].Trim();
        if (sides.Length != 2 || name.Length == 0 || !char.IsAsciiLetter(name[0])) return null;
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')) return null;
        return decimal.TryParse(sides[1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite |
            NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out decimal share) && share is > 0 and < 1
            ? (name, share)
            : null;
    }
}
