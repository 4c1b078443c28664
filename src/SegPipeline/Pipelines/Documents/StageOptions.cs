using System.ComponentModel.DataAnnotations;
using SegPipeline.Engine;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Documents;

/// <summary>What stands beside the stage key in a stage.</summary>
internal sealed record StageOptions
{
    /// <summary>
    /// Where its samples come from: a stage, a port as `name.port`, or a list of them; `errors` is the port of all
    /// rejected samples. The stage above, when not given.
    /// </summary>
    public IReadOnlyList<Located<string>>? From { get; init; }

    /// <summary>
    /// What happens to a sample that the stage finds bad: `fail` ends the run, `reject` sends it to the `errors` port,
    /// `{ reject: { most: 100, percent: 1 } }` does so up to a bound.
    /// </summary>
    public YamlNode? OnError { get; init; }

    /// <summary>Most chunks that may be inside the stage at once.</summary>
    [Range(1, int.MaxValue)]
    public int? Concurrency { get; init; }

    /// <summary>What the stage is for.</summary>
    public string? Doc { get; init; }

    /// <summary>Ports whose samples nobody needs; every other port must be taken by some stage.</summary>
    public IReadOnlyList<Located<string>> Drop { get; init; } = [];

    /// <summary>The shape of the options.</summary>
    public static RecordShape Shape { get; } = new(typeof(StageOptions));
}

/// <summary>The bounds of <c>on_error: { reject: ... }</c>.</summary>
internal sealed record RejectBounds
{
    /// <summary>Most samples that may be rejected.</summary>
    [Range(0, long.MaxValue)]
    public long? Most { get; init; }

    /// <summary>Most samples that may be rejected, in percent of those that came in.</summary>
    [Range(0.0, 100.0)]
    public double? Percent { get; init; }
}

/// <summary>What <c>on_error</c> says.</summary>
/// <param name="Policy">Fail or reject.</param>
/// <param name="Budget">Bounds of rejecting; null for none.</param>
/// <param name="Place">Where it says so.</param>
internal sealed record ErrorRule(ErrorPolicy Policy, RejectBudget? Budget, SourcePlace Place)
{
    private const string Reject = "reject";
    private static readonly RecordShape BoundsShape = new(typeof(RejectBounds));

    /// <summary>Reads <c>on_error</c>; null when it is not there or is no use.</summary>
    public static ErrorRule? Read(YamlNode? node, BindScope scope)
    {
        scope = scope with { What = $"'on_error' of {scope.What}" };
        switch (node)
        {
            case null or YamlUnreadable:
                return null;
            case YamlScalar { Text: Reject }:
                return new ErrorRule(ErrorPolicy.Reject, null, node.Place);
            case YamlScalar { Text: "fail" }:
                return new ErrorRule(ErrorPolicy.Fail, null, node.Place);
            case YamlMap { Entries: [{ Key.Text: Reject } only] }:
                scope = scope with { What = $"'{Reject}' of {scope.What}" };
                if (BoundsShape.Bind(only.Value, node.Place, scope)?.Value is not RejectBounds bounds) return null;
                bool bounded = bounds.Most is not null || bounds.Percent is not null;
                return new ErrorRule(
                    ErrorPolicy.Reject, bounded ? new RejectBudget(bounds.Most, bounds.Percent) : null, node.Place);
            default:
                scope.Problems.Add(node.Place, $"{scope.What} must be fail or reject, found {Found.Describe(node)}",
                    node is YamlScalar scalar ? Stages.DidYouMean.Hint(scalar.Text, ["fail", Reject]) : null);
                return null;
        }
    }

    /// <summary>The rule as YAML.</summary>
    public YamlNode Resolved() => Budget is null
        ? YamlScalar.OfText(default, Policy == ErrorPolicy.Reject ? Reject : "fail")
        : new YamlMap(default, [new YamlEntry(YamlScalar.OfText(default, Reject),
            BoundsShape.Write(new RejectBounds { Most = Budget.Most, Percent = Budget.Percent }))]);
}
