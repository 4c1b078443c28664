using System.Collections.Immutable;

namespace SegPipeline.Transforms.Conditions;

/// <summary>A part of a condition that has a value.</summary>
/// <param name="Column">Where its operator or first character stands, from 1.</param>
internal abstract record Node(int Column);

/// <summary>A number, text, truth value or null, as written.</summary>
internal sealed record LiteralNode(int Column, Value Value) : Node(Column);

/// <summary>A field of a sample or instance, or a member of its record.</summary>
internal sealed record FieldNode(int Column, string Name) : Node(Column);

/// <summary><c>not x</c> or <c>-x</c>.</summary>
internal sealed record UnaryNode(int Column, string Operator, Node Operand) : Node(Column);

/// <summary>Two operands: <c>and or == != &lt; &lt;= &gt; &gt;= + - * / %</c>.</summary>
internal sealed record BinaryNode(int Column, string Operator, Node Left, Node Right) : Node(Column);

/// <summary><c>x in [a, b]</c>, or <c>x not in [a, b]</c>.</summary>
internal sealed record InNode(int Column, Node Operand, ImmutableArray<Node> Choices, bool IsNegated) : Node(Column);

/// <summary>A function of arguments: <c>starts_with(key, 'val/')</c>.</summary>
internal sealed record CallNode(int Column, string Function, ImmutableArray<Node> Arguments) : Node(Column);
