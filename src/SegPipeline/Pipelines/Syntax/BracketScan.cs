namespace SegPipeline.Pipelines.Syntax;

/// <summary>Finds the bracket that a syntax error is really about: the parser only notices far behind it.</summary>
internal static class BracketScan
{
    /// <summary>
    /// The innermost bracket that is open where a line begins that is no longer meant to be inside (it is indented no
    /// further than the line with the first bracket), where a bracket of the other sort is closed, or at the end.
    /// </summary>
    /// <param name="lines">The lines of the text.</param>
    /// <param name="start">Where the first bracket, or the anchor or tag before it, stands.</param>
    /// <returns>The bracket; null when all are closed.</returns>
    public static SourcePlace? FindUnclosed(string[] lines, SourcePlace start)
    {
        var open = new Stack<SourcePlace>();
        int indent = IndentOf(lines[start.Line - 1]);
        for (int i = start.Line - 1; i < lines.Length; i++)
        {
            string line = lines[i];
            bool outside = i >= start.Line && line.AsSpan().Trim().Length > 0 && IndentOf(line) <= indent;
            if (outside && line[IndentOf(line)] is not ('}' or ']')) break;
            if (!ScanLine(line, i == start.Line - 1 ? start.Column - 1 : 0, start with { Line = i + 1 }, lines, open))
                break;
            if (open.Count == 0) return null;
        }
        return open.TryPeek(out SourcePlace unclosed) ? unclosed : null;
    }

    /// <summary>The bracket that closes one.</summary>
    public static char CloserOf(char opener) => opener == '[' ? ']' : '}';

    // False when a bracket is closed that is not the innermost open one.
    private static bool ScanLine(string line, int from, SourcePlace place, string[] lines, Stack<SourcePlace> open)
    {
        for (int at = from; at < line.Length; at++)
        {
            char c = line[at];
            if (c is '"' or '\'' && BeginsToken(line, at)) at = EndOfQuote(line, at);
            else if (c == '#' && (at == 0 || line[at - 1] == ' ')) return true;
            else if (c is '[' or '{') open.Push(place with { Column = at + 1 });
            else if (c is ']' or '}' && open.TryPeek(out SourcePlace top))
            {
                if (CloserOf(lines[top.Line - 1][top.Column - 1]) != c) return false;
                open.Pop();
                if (open.Count == 0) return true;
            }
        }
        return true;
    }

    private static bool BeginsToken(string line, int at) =>
        at == 0 || line[at - 1] is ' ' or '[' or '{' or ',' or ':';

    private static int EndOfQuote(string line, int at)
    {
        char quote = line[at];
        for (int i = at + 1; i < line.Length; i++)
        {
            if (quote == '"' && line[i] == '\\') i++;
            else if (line[i] == quote) return i;
        }
        return line.Length;
    }

    private static int IndentOf(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;
}
