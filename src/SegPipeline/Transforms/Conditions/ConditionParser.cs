using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Conditions;

/// <summary>Reads a condition by recursive descent; see <see cref="Condition"/> for the language.</summary>
internal sealed class ConditionParser(List<Token> tokens)
{
    // Deeper and longer conditions are nobody's, and would use up the stack.
    private const int MostDepth = 100;
    private const int MostOperands = 1000;

    private static readonly string[] Reserved = ["and", "or", "not", "in", "true", "false", "null"];
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private int _at;
    private int _depth;

    private Token Current => tokens[_at];

    /// <summary>Reads the whole condition.</summary>
    /// <exception cref="FormatException">It is malformed; the message begins with the column.</exception>
    public static Node Parse(string condition)
    {
        var parser = new ConditionParser(Tokenizer.Cut(condition));
        Node node = parser.Or();
        return parser.Current.Kind == TokenKind.End ? node : throw parser.Unexpected("an operator or the end");
    }

    private Node Or() => LeftToRight(And, "or");

    private Node And() => LeftToRight(Not, "and");

    private Node Sum() => LeftToRight(Product, "+", "-");

    private Node Product() => LeftToRight(Signed, "*", "/", "%");

    private Node LeftToRight(Func<Node> operand, params ReadOnlySpan<string> operators)
    {
        Node left = operand();
        for (int operands = 2; TakeAny(operators) is { } sign; operands++)
        {
            if (operands > MostOperands)
                throw ConditionFault.At(sign.Column, $"more than {MostOperands} operands follow each other");
            left = new BinaryNode(sign.Column, sign.Text, left, operand());
        }
        return left;
    }

    private Node Not() => Nested(() =>
        TakeAny("not") is { } word ? new UnaryNode(word.Column, "not", Not()) : Comparison());

    private Node Signed() => Nested(() =>
        TakeAny("-") is { } sign ? new UnaryNode(sign.Column, "-", Signed()) : Primary());

    private Node Comparison()
    {
        Node left = Sum();
        if (TakeAny(Comparisons) is { } sign) return new BinaryNode(sign.Column, sign.Text, left, Sum());
        bool isNegated = Current.Is("not") && tokens[_at + 1].Is("in");
        if (isNegated) _at++;
        return TakeAny("in") is { } word ? new InNode(word.Column, left, Listed("[", "]"), isNegated) : left;
    }

    private Node Primary()
    {
        Token token = Current;
        if (token.Is("("))
        {
            _at++;
            Node inner = Or();
            Expect(")");
            return inner;
        }
        if (token.Kind is not (TokenKind.Number or TokenKind.Text or TokenKind.Word)) throw Unexpected("a value");
        _at++;
        return token.Kind switch
        {
            TokenKind.Number => new LiteralNode(token.Column, NumberOf(token)),
            TokenKind.Text => new LiteralNode(token.Column, Value.Of(token.Text)),
            _ => WordOf(token),
        };
    }

    private Node WordOf(Token word)
    {
        if (Current.Is("(")) return new CallNode(word.Column, word.Text, Listed("(", ")"));
        return word.Text switch
        {
            "true" => new LiteralNode(word.Column, Value.Of(truth: true)),
            "false" => new LiteralNode(word.Column, Value.Of(truth: false)),
            "null" => new LiteralNode(word.Column, Value.Null),
            _ when Reserved.Contains(word.Text, StringComparer.Ordinal) =>
                throw ConditionFault.At(word.Column, $"a value is expected, found '{word.Text}'"),
            _ => new FieldNode(word.Column, word.Text),
        };
    }

    private ImmutableArray<Node> Listed(string open, string close)
    {
        Expect(open);
        var nodes = ImmutableArray.CreateBuilder<Node>();
        if (TakeAny(close) is not null) return [];
        do nodes.Add(Or());
        while (TakeAny(",") is not null);
        Expect(close);
        return nodes.DrainToImmutable();
    }

    private Node Nested(Func<Node> part)
    {
        if (++_depth > MostDepth)
            throw ConditionFault.At(Current.Column, $"the condition is nested deeper than {MostDepth}");
        Node node = part();
        _depth--;
        return node;
    }

    private Token? TakeAny(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            if (Current.Is(text)) return tokens[_at++];
        return null;
    }

    private void Expect(string text)
    {
        if (TakeAny(text) is null) throw Unexpected($"'{text}'");
    }

    private FormatException Unexpected(string expected) =>
        ConditionFault.At(Current.Column, $"{expected} is expected, found {Current.Shown}" + Advice());

    private string Advice()
    {
        if (Current.Kind != TokenKind.Word) return "";
        return DidYouMean.Hint(Current.Text, ["and", "or", "not", "in"]) is { } hint ? "; " + hint : "";
    }

    private static Value NumberOf(Token token) =>
        double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? Value.Of(number)
            : throw ConditionFault.At(token.Column, $"'{token.Text}' is not a number");
}
