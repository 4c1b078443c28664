using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>Gives a stage its name in YAML, e.g. <c>[Stage("sample")]</c>. The catalog finds stages by it.</summary>
/// <param name="name">Name in YAML, lower case with underscores and dots.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StageAttribute(string name) : Attribute
{
    /// <summary>Name in YAML.</summary>
    public string Name => name;

    /// <summary>The name that a stage has in YAML; its type's name when it has no attribute.</summary>
    public static string NameOf(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var attribute = (StageAttribute?)GetCustomAttribute(stage.GetType(), typeof(StageAttribute));
        return attribute?.Name ?? stage.GetType().Name;
    }
}

/// <summary>
/// A node of the graph as its YAML describes it. A stage is one sealed record: its <c>init</c> properties are its YAML
/// keys in snake case, their initialisers the defaults, <c>required</c> the required ones,
/// <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/> the ranges, the <c>summary</c> the help and the
/// <c>example</c> a snippet that a test binds. The record keeps no fields: it is the description, a run's state lives
/// in what the record opens.
/// </summary>
public abstract record Stage
{
    /// <summary>Rules across keys, as sentences without a full stop; empty when all is well.</summary>
    public virtual IEnumerable<string> Check() => [];

    /// <summary>Names of the ports that samples leave by; the first is the default. Writers have none.</summary>
    public virtual IReadOnlyList<string> OutputPorts => [DefaultPort];

    /// <summary>The only kind of samples that the stage takes; null when it takes both. A stage that says so is checked
    /// before any data is opened.</summary>
    public virtual SampleKind? InputKind => null;

    /// <summary>The kind of samples that leave the stage, as far as its keys tell; null when only the data
    /// can.</summary>
    /// <param name="input">The kind that comes in by its first input; null when that is not known.</param>
    public virtual SampleKind? OutputKind(SampleKind? input) => input;

    /// <summary>The other stages that keys name, to be checked once all stages are known.</summary>
    public virtual IEnumerable<StageMention> Mentions => [];

    /// <summary>Name of the port of a stage that has only one.</summary>
    public const string DefaultPort = "out";
}

/// <summary>A key of a stage that names another stage.</summary>
/// <param name="Key">The key, as in YAML.</param>
/// <param name="Stage">The name it gives.</param>
/// <param name="Fault">Says of the stage of that name why it cannot be meant, as the rest of a sentence that begins
/// with its name; null when it can.</param>
public sealed record StageMention(string Key, string Stage, Func<Stage, string?> Fault);

/// <summary>What a stage may know of the run it is in.</summary>
/// <param name="StageName">Its name in the pipeline file.</param>
/// <param name="Seed">The pipeline's seed.</param>
public sealed record StageContext(string StageName, long Seed)
{
    /// <summary>
    /// Tells the user something that is worth a look but not an error, once per sentence; kept in the manifest.
    /// Only for what is the same in every run: never timing, never machine.
    /// </summary>
    public Action<string> Warn { get; init; } = _ => { };
}
