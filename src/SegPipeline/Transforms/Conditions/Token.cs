namespace SegPipeline.Transforms.Conditions;

/// <summary>What a piece of a condition is.</summary>
internal enum TokenKind
{
    /// <summary>A number, e.g. <c>12.5</c>.</summary>
    Number,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A name or one of the words <c>and or not in true false null</c>.</summary>
    Word,

    /// <summary>An operator, bracket or comma.</summary>
    Sign,

    /// <summary>The end of the condition.</summary>
    End,
}

/// <summary>A piece of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; of text, what the quotes hold.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    /// <summary>The piece as a message names it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text '{Text}'",
        _ => $"'{Text}'",
    };

    /// <summary>True for a certain operator, bracket, comma or word.</summary>
    public bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Word && Text == text;
}
