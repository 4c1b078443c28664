namespace SegPipeline.Transforms.Conditions;

/// <summary>Comparisons of two values, and of one with a list.</summary>
internal static class Comparison
{
    /// <summary>The comparison of a node whose operands are compiled.</summary>
    /// <exception cref="FormatException">The operands can never be compared.</exception>
    public static Compiled Of(BinaryNode node, Compiled left, Compiled right)
    {
        bool isEquality = node.Operator is "==" or "!=";
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
        {
            if (!isEquality)
                throw ConditionFault.At(node.Column, $"'{node.Operator}' with null is never true; write '== null'");
            Func<Subject, Value> asked = left.Kind == ValueKind.Null ? right.Evaluate : left.Evaluate;
            return new Compiled(ValueKind.Truth, subject => Value.Of(asked(subject).IsNull == (node.Operator == "==")));
        }
        RequireComparable(node.Column, left.Kind, right.Kind);
        Func<int, bool> holds = node.Operator switch
        {
            "==" => order => order == 0,
            "!=" => order => order != 0,
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        return new Compiled(ValueKind.Truth, subject =>
        {
            Value a = left.Evaluate(subject), b = right.Evaluate(subject);
            if (a.IsNull || b.IsNull) return Value.Of(truth: false);
            if (Value.ComparedAs(a.Kind) == Value.ComparedAs(b.Kind)) return Value.Of(holds(Value.Compare(a, b)));
            return isEquality
                ? Value.Of(node.Operator == "!=")
                : throw subject.Fault($"'{node.Operator}' cannot compare {Value.NameOf(a.Kind)} with " +
                    $"{Value.NameOf(b.Kind)}");
        });
    }

    /// <summary>Membership in a list of constants; false for null, also when it is negated.</summary>
    /// <exception cref="FormatException">The list holds something else than constants, or none of the right
    /// kind.</exception>
    public static Compiled In(InNode node, Compiled operand)
    {
        var choices = new HashSet<Value>();
        foreach (Node choice in node.Choices)
        {
            Value value = Constant(choice);
            RequireComparable(choice.Column, operand.Kind, value.Kind);
            choices.Add(Comparable(value));
        }
        return new Compiled(ValueKind.Truth, subject =>
        {
            Value value = operand.Evaluate(subject);
            return Value.Of(!value.IsNull && choices.Contains(Comparable(value)) != node.IsNegated);
        });
    }

    private static Value Constant(Node node) => node switch
    {
        LiteralNode { Value.IsNull: false } literal => literal.Value,
        UnaryNode { Operator: "-", Operand: LiteralNode { Value.Kind: ValueKind.Number } number } =>
            Value.Of(-number.Value.Number),
        _ => throw ConditionFault.At(node.Column, "a list holds numbers, texts, true and false, nothing else"),
    };

    // -0.0 and 0.0 are equal, and must hash alike.
    private static Value Comparable(Value value) =>
        value.Kind == ValueKind.Text ? value : Value.Of(value.Number + 0.0);

    private static void RequireComparable(int column, ValueKind left, ValueKind right)
    {
        if (left == ValueKind.Unknown || right == ValueKind.Unknown) return;
        if (Value.ComparedAs(left) != Value.ComparedAs(right))
            throw ConditionFault.At(column,
                $"{Value.NameOf(left)} can never be compared with {Value.NameOf(right)}");
    }
}
