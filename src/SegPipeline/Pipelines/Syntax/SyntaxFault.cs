using YamlDotNet.Core;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>A place where the text is not YAML, in words that help.</summary>
internal sealed record SyntaxFault(SourcePlace Place, string Message, string? Hint)
{
    private static readonly (string Theirs, string Ours, string? Hint)[] Wordings =
    [
        ("did not find expected ',' or '}'", "expected ',' or '}' here", "close the '{', or quote the value"),
        ("did not find expected ',' or ']'", "expected ',' or ']' here", "close the '[', or quote the value"),
        ("cannot start any token", "a value cannot begin with this character", "put the value in quotes"),
        ("found invalid mapping", "a second ': ' on one line, or a line indented too far",
            "put the value in quotes, or indent the line as its neighbours are"),
        ("found unexpected end of stream", "this quote is never closed", "add the closing quote"),
        ("unknown escape character", "unknown escape in double quotes", "use single quotes, or double the '\\'"),
        ("did not find expected key", "expected a key here",
            "indent the line as its neighbours are, and write 'key: value'"),
    ];

    /// <summary>Words what the parser threw.</summary>
    /// <param name="error">The parser's exception.</param>
    /// <param name="tree">How far the tree had been built.</param>
    /// <param name="lines">The lines of the text.</param>
    public static SyntaxFault Of(Exception error, TreeBuilder tree, string[] lines)
    {
        SourcePlace reached = tree.Reached;
        if (reached.Line > lines.Length) reached = reached with { Line = lines.Length, Column = 1 };
        SourcePlace place = error is YamlException { Start.Line: > 0 } yaml && yaml.Start.Line <= lines.Length
            ? reached with { Line = (int)yaml.Start.Line, Column = (int)yaml.Start.Column }
            : reached;
        if (FindTab(lines, reached.Line) is { } tab && (place.Line == tab.Line || SaysTab(error)))
            return new SyntaxFault(reached with { Line = tab.Line, Column = tab.Column },
                "a tab indents this line, which YAML does not allow", "indent with blanks");
        if (tree.OpenFlow is { } flow && BracketScan.FindUnclosed(lines, flow) is { } open)
            return new SyntaxFault(open, $"this '{lines[open.Line - 1][open.Column - 1]}' is never closed",
                $"add the missing '{BracketScan.CloserOf(lines[open.Line - 1][open.Column - 1])}'");
        foreach ((string theirs, string ours, string? hint) in Wordings)
            if (error.Message.Contains(theirs, StringComparison.Ordinal)) return new SyntaxFault(place, ours, hint);
        return new SyntaxFault(place, "not YAML: " + Decapitalised(error.Message.TrimEnd('.')), null);
    }

    private static bool SaysTab(Exception error) => error.Message.Contains("tab", StringComparison.Ordinal);

    private static (int Line, int Column)? FindTab(string[] lines, int fromLine)
    {
        for (int i = fromLine - 1; i < lines.Length; i++)
        {
            int indent = lines[i].AsSpan().IndexOfAnyExcept(' ');
            bool blank = lines[i].AsSpan().Trim().IsEmpty;
            if (!blank && lines[i][indent] == '\t') return (i + 1, indent + 1);
        }
        return null;
    }

    private static string Decapitalised(string text) =>
        text.Length == 0 ? "the text ends too early" : char.ToLowerInvariant(text[0]) + text[1..];
}
