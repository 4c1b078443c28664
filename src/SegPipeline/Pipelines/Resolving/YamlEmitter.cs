using System.Buffers;
using System.Globalization;
using System.Text;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Resolving;

/// <summary>
/// Writes a tree as YAML that reads back to the same tree: maps in block style, lists of scalars on one line, text in
/// quotes only where it would else be taken for something different. The same tree gives the same bytes.
/// </summary>
internal static class YamlEmitter
{
    // Characters that mean something where a plain scalar begins, or anywhere within one inside [ ].
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    // Not booleans here, but to the many readers that still go by YAML 1.1.
    private static readonly HashSet<string> OldBooleans =
        new(["y", "n", "yes", "no", "on", "off"], StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Brackets = SearchValues.Create(",[]{}\uFEFF");

    /// <summary>Writes a map, ending in a line feed.</summary>
    public static string Write(YamlMap map)
    {
        var text = new StringBuilder();
        AppendMap(map, indent: 0, text);
        return text.ToString();
    }

    /// <summary>A scalar as it would stand in a file.</summary>
    public static string Scalar(YamlScalar scalar)
    {
        if (scalar.Form != ScalarForm.Text) return scalar.Text;
        string text = scalar.Template ?? Substitution.Escape(scalar.Text);
        return IsPlain(text) ? text : Quoted(text);
    }

    private static void AppendMap(YamlMap map, int indent, StringBuilder text)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            string key = IsPlain(entry.Key.Text) ? entry.Key.Text : Quoted(entry.Key.Text);
            text.Append(' ', indent).Append(key).Append(':');
            AppendValue(entry.Value, indent + 2, text);
        }
    }

    private static void AppendValue(YamlNode node, int indent, StringBuilder text)
    {
        switch (node)
        {
            case YamlMap { Entries.Length: > 0 } map:
                AppendMap(map, indent, text.Append('\n'));
                break;
            case YamlSequence sequence when !sequence.Items.All(i => i is YamlScalar):
                text.Append('\n');
                foreach (YamlNode item in sequence.Items) AppendItem(item, indent, text);
                break;
            default:
                text.Append(' ').Append(Inline(node)).Append('\n');
                break;
        }
    }

    private static void AppendItem(YamlNode item, int indent, StringBuilder text)
    {
        text.Append(' ', indent).Append('-');
        if (item is YamlMap { Entries.Length: > 0 } map)
        {
            var nested = new StringBuilder();
            AppendMap(map, indent + 2, nested);
            text.Append(' ').Append(nested.ToString().AsSpan(indent + 2));
        }
        else AppendValue(item, indent + 2, text);
    }

    private static string Inline(YamlNode node) => node switch
    {
        YamlScalar scalar => Scalar(scalar),
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Inline))}]",
        _ => "{}",
    };

    private static bool IsPlain(string text) =>
        CoreSchema.FormOf(text) == ScalarForm.Text && text != "<<" && !OldBooleans.Contains(text) &&
        !Indicators.Contains(text[0], StringComparison.Ordinal) && text[0] != ' ' && text[^1] is not (' ' or ':') &&
        !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) &&
        !text.AsSpan().ContainsAny(Brackets) && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\t') quoted.Append("\\t");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
