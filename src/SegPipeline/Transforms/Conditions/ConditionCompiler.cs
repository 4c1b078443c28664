using System.Text.RegularExpressions;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Conditions;

/// <summary>Turns a condition into a function, and finds what cannot be right whatever the data.</summary>
internal sealed class ConditionCompiler(Fields fields)
{
    private readonly List<string> _doubts = [];

    /// <summary>What is allowed but probably not meant, as sentences: names that differ little from a
    /// field's.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    /// <summary>Compiles a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="scope">What it is on.</param>
    /// <exception cref="FormatException">Kinds of values do not fit each other; the message begins with the
    /// column.</exception>
    public Func<Subject, bool> Compile(Condition condition, FilterOf scope)
    {
        Func<Subject, Value> evaluate = Truth(condition.Root, scope, "the condition");
        return subject => evaluate(subject).IsTrue;
    }

    private Compiled Compile(Node node, FilterOf scope) => node switch
    {
        LiteralNode literal => new Compiled(literal.Value.Kind, _ => literal.Value),
        FieldNode field => Field(field.Name, scope),
        UnaryNode { Operator: "not" } not => Not(Truth(not.Operand, scope, "'not'")),
        UnaryNode minus => Arithmetic.Negated(NumberOf(minus.Operand, scope, "'-'")),
        BinaryNode { Operator: "and" or "or" } both => Both(both, scope),
        BinaryNode { Operator: "+" or "-" or "*" or "/" or "%" } sum => Arithmetic.Of(sum.Operator,
            NumberOf(sum.Left, scope, $"'{sum.Operator}'"), NumberOf(sum.Right, scope, $"'{sum.Operator}'")),
        BinaryNode comparison => Comparison.Of(
            comparison, Compile(comparison.Left, scope), Compile(comparison.Right, scope)),
        InNode membership => Comparison.In(membership, Compile(membership.Operand, scope)),
        CallNode call => Call(call, scope),
        _ => throw new InvalidOperationException($"a {node.GetType().Name} cannot be compiled"),
    };

    private Compiled Field(string name, FilterOf scope)
    {
        if (fields.Doubt(name, scope) is { } doubt) _doubts.Add(doubt);
        return fields.Find(name, scope);
    }

    private Func<Subject, Value> Truth(Node node, FilterOf scope, string user)
    {
        Compiled part = Compile(node, scope);
        if (part.Kind is ValueKind.Number or ValueKind.Text)
            throw ConditionFault.At(node.Column,
                $"{user} needs something that is true or false, this is {Value.NameOf(part.Kind)}");
        return part.Kind != ValueKind.Unknown ? part.Evaluate : subject =>
        {
            Value value = part.Evaluate(subject);
            return value.Kind != ValueKind.Text
                ? value
                : throw subject.Fault($"{user} needs something that is true or false, found the text '{value.Text}'");
        };
    }

    private Func<Subject, Value> NumberOf(Node node, FilterOf scope, string user) =>
        Typed(node, scope, ValueKind.Number, user);

    private Func<Subject, Value> TextOf(Node node, FilterOf scope, string user) =>
        Typed(node, scope, ValueKind.Text, user);

    /// <summary>A part that must give a certain kind of value, or null.</summary>
    private Func<Subject, Value> Typed(Node node, FilterOf scope, ValueKind kind, string user)
    {
        Compiled part = Compile(node, scope);
        ValueKind known = Value.ComparedAs(part.Kind);
        if (known != kind && known is not (ValueKind.Unknown or ValueKind.Null))
            throw ConditionFault.At(node.Column,
                $"{user} needs {Value.NameOf(kind)}, this is {Value.NameOf(part.Kind)}");
        return known == kind ? part.Evaluate : subject =>
        {
            Value value = part.Evaluate(subject);
            return value.IsNull || Value.ComparedAs(value.Kind) == kind
                ? value
                : throw subject.Fault($"{user} needs {Value.NameOf(kind)}, found {Value.NameOf(value.Kind)}");
        };
    }

    private static Compiled Not(Func<Subject, Value> operand) =>
        new(ValueKind.Truth, subject => Value.Of(!operand(subject).IsTrue));

    private Compiled Both(BinaryNode node, FilterOf scope)
    {
        Func<Subject, Value> left = Truth(node.Left, scope, $"'{node.Operator}'");
        Func<Subject, Value> right = Truth(node.Right, scope, $"'{node.Operator}'");
        return new Compiled(ValueKind.Truth, node.Operator == "and"
            ? subject => Value.Of(left(subject).IsTrue && right(subject).IsTrue)
            : subject => Value.Of(left(subject).IsTrue || right(subject).IsTrue));
    }

    private Compiled Call(CallNode call, FilterOf scope) => call.Function switch
    {
        "count" => OverInstances(call, (all, passes) => Value.Of((double)all.Count(passes)), ValueKind.Number),
        "any" => OverInstances(call, (all, passes) => Value.Of(all.Any(passes)), ValueKind.Truth),
        "all" => OverInstances(call, (all, passes) => Value.Of(all.All(passes)), ValueKind.Truth),
        "matches" => Matches(call, scope),
        _ => OnTexts(call, scope, TextFunctions.Find(call)),
    };

    private Compiled OverInstances(
        CallNode call, Func<IEnumerable<Instance>, Func<Instance, bool>, Value> gather, ValueKind kind)
    {
        TextFunctions.RequireArguments(call, 1);
        Func<Subject, Value> passes = Truth(call.Arguments[0], FilterOf.Instances, $"'{call.Function}'");
        return new Compiled(kind, subject =>
            gather(subject.Sample.Instances, i => passes(subject with { Instance = i }).IsTrue));
    }

    private Compiled OnTexts(CallNode call, FilterOf scope, Func<string, string, bool> holds)
    {
        TextFunctions.RequireArguments(call, 2);
        Func<Subject, Value> text = TextOf(call.Arguments[0], scope, $"'{call.Function}'");
        Func<Subject, Value> part = TextOf(call.Arguments[1], scope, $"'{call.Function}'");
        return new Compiled(ValueKind.Truth, subject => Value.Of(
            text(subject) is { IsNull: false } whole && part(subject) is { IsNull: false } sought &&
            holds(whole.Text, sought.Text)));
    }

    private Compiled Matches(CallNode call, FilterOf scope)
    {
        TextFunctions.RequireArguments(call, 2);
        Func<Subject, Value> text = TextOf(call.Arguments[0], scope, "'matches'");
        Regex expression = TextFunctions.Expression(call.Arguments[1]);
        return new Compiled(ValueKind.Truth, subject =>
            Value.Of(text(subject) is { IsNull: false } whole && expression.IsMatch(whole.Text)));
    }
}
