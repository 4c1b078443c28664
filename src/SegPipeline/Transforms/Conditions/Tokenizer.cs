namespace SegPipeline.Transforms.Conditions;

/// <summary>Cuts a condition into its pieces.</summary>
internal static class Tokenizer
{
    private static readonly string[] Signs =
        ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ","];

    /// <summary>The pieces, the last of them <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="FormatException">A character that begins nothing, or text that does not end.</exception>
    public static List<Token> Cut(string condition)
    {
        var tokens = new List<Token>();
        int at = 0;
        while (true)
        {
            while (at < condition.Length && char.IsWhiteSpace(condition[at])) at++;
            if (at == condition.Length) break;
            Token token = Next(condition, at, out int end);
            tokens.Add(token);
            at = end;
        }
        tokens.Add(new Token(TokenKind.End, "", at + 1));
        return tokens;
    }

    private static Token Next(string condition, int at, out int end)
    {
        char first = condition[at];
        if (first is '\'' or '"') return Quoted(condition, at, out end);
        if (IsWordStart(first)) return Run(TokenKind.Word, condition, at, IsWordPart, out end);
        if (char.IsAsciiDigit(first)) return Number(condition, at, out end);
        foreach (string sign in Signs)
            if (string.CompareOrdinal(condition, at, sign, 0, sign.Length) == 0)
            {
                end = at + sign.Length;
                return new Token(TokenKind.Sign, sign, at + 1);
            }
        throw ConditionFault.At(
            at + 1, first == '=' ? "'=' compares nothing; write '=='" : $"'{first}' is not expected");
    }

    // Names may have dots inside: bbox.width, attributes.occluded.
    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    private static Token Run(TokenKind kind, string condition, int at, Func<char, bool> isPart, out int end)
    {
        end = at + 1;
        while (end < condition.Length && isPart(condition[end])) end++;
        return new Token(kind, condition[at..end], at + 1);
    }

    private static Token Number(string condition, int at, out int end)
    {
        Token whole = Run(TokenKind.Number, condition, at, c => char.IsAsciiDigit(c) || c == '.', out end);
        bool hasExponent = end < condition.Length && condition[end] is 'e' or 'E';
        if (!hasExponent) return whole;
        int digits = end + 1;
        if (digits < condition.Length && condition[digits] is '+' or '-') digits++;
        end = digits;
        while (end < condition.Length && char.IsAsciiDigit(condition[end])) end++;
        return whole with { Text = condition[at..end] };
    }

    private static Token Quoted(string condition, int at, out int end)
    {
        char quote = condition[at];
        var text = new System.Text.StringBuilder();
        for (end = at + 1; end < condition.Length; end++)
        {
            if (condition[end] != quote)
            {
                text.Append(condition[end]);
                continue;
            }
            bool isDoubled = end + 1 < condition.Length && condition[end + 1] == quote;
            if (!isDoubled)
            {
                end++;
                return new Token(TokenKind.Text, text.ToString(), at + 1);
            }
            text.Append(quote);
            end++;
        }
        throw ConditionFault.At(at + 1, $"the text that begins here has no closing {quote}");
    }
}
