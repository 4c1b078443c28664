using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Conditions;

namespace SegPipeline.Transforms;

/// <summary>What a condition is on.</summary>
public enum FilterOf
{
    /// <summary>Each instance by itself.</summary>
    Instances,

    /// <summary>Each sample as a whole.</summary>
    Samples,
}

/// <summary>Keeps the instances, or the samples, for which a condition holds, and drops the others.</summary>
/// <example>large: { filter: { where: "area &gt;= 32 * 32 and category in ['cat', 'dog']" } }</example>
[Stage("filter")]
public sealed record Filter : Transform
{
    /// <summary>
    /// The condition. Of an instance it knows <c>area</c>, <c>bbox.x</c>, <c>bbox.y</c>, <c>bbox.width</c>,
    /// <c>bbox.height</c> (as the source wrote them, or else of the mask; of a video the mean area, the first box),
    /// <c>category</c> and <c>supercategory</c> (names), <c>category_id</c>, <c>id</c>, <c>iscrowd</c>, <c>score</c>,
    /// <c>has_mask</c>; of its sample <c>sample.width</c> and so on. Of a sample it knows <c>key</c>, <c>id</c>,
    /// <c>name</c> (of the first file), <c>width</c>, <c>height</c>, <c>frames</c>, <c>instances</c> (numbers of them),
    /// and <c>count(...)</c>, <c>any(...)</c>, <c>all(...)</c> with a condition on its instances. Any other name is a
    /// member of the record, e.g. <c>isfake</c> or <c>attributes.occluded</c>. Operators: <c>== != &lt; &lt;= &gt;
    /// &gt;= + - * / %</c>, <c>and</c>, <c>or</c>, <c>not</c>, <c>in [..]</c>, <c>not in [..]</c>; functions on texts:
    /// <c>starts_with</c>, <c>ends_with</c>, <c>contains</c>, <c>matches</c> (a regular expression). What is missing is
    /// null: every comparison with it is false, except <c>== null</c>.
    /// </summary>
    public required Condition Where { get; init; }

    /// <summary>What the condition is on.</summary>
    public FilterOf Of { get; init; }

    /// <summary>Of instances: whether a sample that has none behind this stage goes on; if not, it is
    /// dropped.</summary>
    public bool KeepEmpty { get; init; } = true;

    /// <summary>Under which word the ledger counts what is dropped.</summary>
    public string Reason { get; init; } = "filtered out";

    /// <inheritdoc/>
    public override bool KeepsSamples => Of == FilterOf.Instances && KeepEmpty;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Of == FilterOf.Samples && !KeepEmpty) yield return "'keep_empty' needs 'of: instances'";
        if (Fault() is { } fault) yield return $"'where' {fault}";
    }

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        var compiler = new ConditionCompiler(new Fields(input.Taxonomy));
        Func<Subject, bool> passes = compiler.Compile(Where, Of);
        foreach (string doubt in compiler.Doubts) context.Warn(doubt);
        if (Of == FilterOf.Instances)
            return (sample, output) =>
                sample.KeepInstances(i => passes(new Subject(sample, i, output)), Reason, KeepEmpty, output);
        return (sample, output) =>
        {
            if (passes(new Subject(sample, null, output))) output.Emit(sample);
            else output.DropSample(Reason);
        };
    }

    private string? Fault()
    {
        try
        {
            new ConditionCompiler(new Fields(Taxonomy.Undeclared)).Compile(Where, Of);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
