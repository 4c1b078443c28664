using System.Text.RegularExpressions;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>
/// The text of a pipeline file on its way to the parser. <c>${name}</c> may stand unquoted inside <c>{ }</c> and
/// <c>[ ]</c>, which plain YAML does not allow; its braces travel as two noncharacters of the same width, so that
/// every place stays right.
/// </summary>
internal static class YamlText
{
    private const char OpeningBrace = '\uFDD0';
    private const char ClosingBrace = '\uFDD1';

    /// <summary>The scalar that stands for an entry cut out because its syntax is wrong.</summary>
    public const string CutOut = "\uFDD2";

    private static readonly Regex Reference =
        new(@"\$\{([A-Za-z_][\w.:-]*)\}", RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>Index of the first character that no pipeline file may hold; -1 when there is none.</summary>
    public static int FindForbidden(string text) => text.AsSpan().IndexOfAnyInRange(OpeningBrace, CutOut[0]);

    /// <summary>The text with references to parameters protected.</summary>
    public static string Protect(string text) =>
        Reference.Replace(text, m => $"${OpeningBrace}{m.Groups[1].Value}{ClosingBrace}");

    /// <summary>Undoes <see cref="Protect"/> within a scalar.</summary>
    public static string Restore(string scalar) => scalar.Replace(OpeningBrace, '{').Replace(ClosingBrace, '}');
}
