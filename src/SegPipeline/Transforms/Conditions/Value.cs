namespace SegPipeline.Transforms.Conditions;

/// <summary>What kind of value a part of a condition has.</summary>
internal enum ValueKind
{
    /// <summary>There is no value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Not known before a record is read; no value is ever of this kind.</summary>
    Unknown,
}

/// <summary>A value while a condition is worked out.</summary>
/// <param name="Kind">What kind it is of.</param>
/// <param name="Number">The number; 0 or 1, of a truth value.</param>
/// <param name="Text">The text.</param>
internal readonly record struct Value(ValueKind Kind, double Number, string Text)
{
    /// <summary>No value.</summary>
    public static Value Null { get; } = new(ValueKind.Null, 0, "");

    /// <summary>True unless it is null, false or 0.</summary>
    public bool IsTrue => Kind is ValueKind.Truth or ValueKind.Number && Number != 0;

    /// <summary>True when there is no value.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>A truth value.</summary>
    public static Value Of(bool truth) => new(ValueKind.Truth, truth ? 1 : 0, "");

    /// <summary>A number; null when there is none, or when it is not finite.</summary>
    public static Value Of(double? number) =>
        number is { } n && double.IsFinite(n) ? new Value(ValueKind.Number, n, "") : Null;

    /// <summary>Text; null when there is none.</summary>
    public static Value Of(string? text) => text is null ? Null : new Value(ValueKind.Text, 0, text);

    /// <summary>The kind in words, for messages.</summary>
    public static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Truth => "a truth value",
        ValueKind.Number => "a number",
        ValueKind.Text => "text",
        ValueKind.Null => "null",
        _ => "anything",
    };

    /// <summary>The kind under which it is compared: truth values are the numbers 0 and 1.</summary>
    public static ValueKind ComparedAs(ValueKind kind) => kind == ValueKind.Truth ? ValueKind.Number : kind;

    /// <summary>Order of two values of comparable kinds; text by code units.</summary>
    public static int Compare(Value left, Value right) => left.Kind == ValueKind.Text
        ? string.CompareOrdinal(left.Text, right.Text)
        : left.Number.CompareTo(right.Number);
}
