namespace SegPipeline.Transforms.Conditions;

/// <summary>Sums, products and the like of numbers; null when an operand is, or when the result is not
/// finite.</summary>
internal static class Arithmetic
{
    /// <summary>The operation of a sign.</summary>
    public static Compiled Of(string sign, Func<Subject, Value> left, Func<Subject, Value> right)
    {
        Func<double, double, double> apply = sign switch
        {
            "+" => (a, b) => a + b,
            "-" => (a, b) => a - b,
            "*" => (a, b) => a * b,
            "/" => (a, b) => a / b,
            _ => (a, b) => a % b,
        };
        return new Compiled(ValueKind.Number, subject =>
        {
            Value a = left(subject), b = right(subject);
            return a.IsNull || b.IsNull ? Value.Null : Value.Of(apply(a.Number, b.Number));
        });
    }

    /// <summary>The negative of a number.</summary>
    public static Compiled Negated(Func<Subject, Value> operand) => new(ValueKind.Number, subject =>
        operand(subject) is { IsNull: false } value ? Value.Of(-value.Number) : Value.Null);
}
