using System.Text.RegularExpressions;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>
/// The text of a pipeline file on its way to the parser. <c>${name}</c> may stand unquoted inside <c>{ }</c> and
/// <c>[ ]</c>, which plain YAML does not allow; its braces travel as noncharacters of the same width, so that every
/// place stays right. So do the characters that the parser, which goes by YAML 1.1, takes for line breaks.
/// </summary>
internal static class YamlText
{
    private const char OpeningBrace = '\uFDD0';
    private const char ClosingBrace = '\uFDD1';
    private const char FirstForbidden = OpeningBrace;
    private const char LastForbidden = '\uFDD5';

    private static readonly (char Real, char Disguised)[] LineBreaksOfYaml11 =
        [('\u0085', '\uFDD3'), ('\u2028', '\uFDD4'), ('\u2029', LastForbidden)];

    private const int MostOpenBrackets = 10_000;

    /// <summary>The scalar that stands for an entry cut out because its syntax is wrong.</summary>
    public const string CutOut = "\uFDD2";

    private static readonly Regex Reference =
        new(@"\$\{([A-Za-z_][\w.:-]*)\}", RegexOptions.CultureInvariant);

    /// <summary>Index of the first character that no pipeline file may hold; -1 when there is none.</summary>
    public static int FindForbidden(string text) => text.AsSpan().IndexOfAnyInRange(FirstForbidden, LastForbidden);

    /// <summary>
    /// Index of the bracket that makes so many open at once as no pipeline has, wherever they stand; -1 when there is
    /// none. The parser takes a time for them that grows with the square of their number.
    /// </summary>
    public static int FindTooManyOpen(string text)
    {
        int open = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '[' or '{') open++;
            else if (text[i] is ']' or '}') open = Math.Max(0, open - 1);
            if (open > MostOpenBrackets) return i;
        }
        return -1;
    }

    /// <summary>The text with everything disguised that the parser would take for something else.</summary>
    public static string Protect(string text)
    {
        foreach ((char real, char disguised) in LineBreaksOfYaml11) text = text.Replace(real, disguised);
        return Reference.Replace(text, m => $"${OpeningBrace}{m.Groups[1].Value}{ClosingBrace}");
    }

    /// <summary>Undoes <see cref="Protect"/> within a scalar.</summary>
    public static string Restore(string scalar)
    {
        if (FindForbidden(scalar) < 0) return scalar;
        foreach ((char real, char disguised) in LineBreaksOfYaml11) scalar = scalar.Replace(disguised, real);
        return scalar.Replace(OpeningBrace, '{').Replace(ClosingBrace, '}');
    }
}
