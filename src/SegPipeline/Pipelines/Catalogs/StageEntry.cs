using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>What the engine may do with a stage.</summary>
public enum StageKind
{
    /// <summary>Reads a dataset.</summary>
    Reader,

    /// <summary>Changes samples one by one.</summary>
    Transform,

    /// <summary>Decides about samples having seen them all.</summary>
    Selector,

    /// <summary>Makes one sample of several.</summary>
    Grouping,

    /// <summary>Brings samples of several inputs together.</summary>
    Join,

    /// <summary>Writes samples.</summary>
    Writer,
}

/// <summary>A stage as users see it: everything that help, docs and editors show.</summary>
public sealed class StageEntry
{
    private readonly Lazy<IReadOnlyList<StageKey>> _keys;
    private readonly Lazy<IReadOnlyList<string>> _ports;

    internal StageEntry(string name, Type type)
    {
        Name = name;
        Type = type;
        Kind = KindOf(type);
        Shape = new RecordShape(type);
        _keys = new(() => [.. Shape.Keys.Select(StageKey.Of)]);
        _ports = new(() => StageExample.PortsOf(this));
        Recognise = type.GetMethod(nameof(IRecognisable.Recognise), [typeof(PathLook)]) is { IsStatic: true } method &&
            type.IsAssignableTo(typeof(IRecognisable))
            ? method.CreateDelegate<Func<PathLook, IEnumerable<Recognition>>>()
            : null;
    }

    /// <summary>Name in YAML, e.g. <c>read.coco</c>.</summary>
    public string Name { get; }

    /// <summary>Its kind.</summary>
    public StageKind Kind { get; }

    /// <summary>The record that describes it.</summary>
    public Type Type { get; }

    /// <summary>What it does, in one or two sentences; empty where the documentation file is missing.</summary>
    public string Summary => XmlDocs.For(Type.Assembly).SummaryOf(Type);

    /// <summary>A snippet of YAML that works: what stands behind the name of a stage; null when there is
    /// none.</summary>
    public string? Example => XmlDocs.For(Type.Assembly).ExampleOf(Type);

    /// <summary>Its keys.</summary>
    public IReadOnlyList<StageKey> Keys => _keys.Value;

    /// <summary>Its output ports, as the example has them when they depend on its keys; none for a writer.</summary>
    public IReadOnlyList<string> Ports => _ports.Value;

    /// <summary>What a reader makes of a path (<see cref="IRecognisable"/>); null of a stage that recognises
    /// nothing.</summary>
    public Func<PathLook, IEnumerable<Recognition>>? Recognise { get; }

    internal RecordShape Shape { get; }

    private static StageKind KindOf(Type type) =>
        type.IsSubclassOf(typeof(Reader)) ? StageKind.Reader
        : type.IsSubclassOf(typeof(Transform)) ? StageKind.Transform
        : type.IsSubclassOf(typeof(Selector)) ? StageKind.Selector
        : type.IsSubclassOf(typeof(Grouping)) ? StageKind.Grouping
        : type.IsSubclassOf(typeof(Join)) ? StageKind.Join
        : type.IsSubclassOf(typeof(Writer)) ? StageKind.Writer
        : throw new NotSupportedException($"{type} is none of the kinds of stage");
}

/// <summary>A key of a stage as users see it.</summary>
/// <param name="Name">Name in YAML.</param>
/// <param name="Type">What it may hold, in the words of messages: <c>a whole number</c>.</param>
/// <param name="IsRequired">True when it must be given.</param>
/// <param name="Default">The default as JSON; null when there is none.</param>
/// <param name="Range">Bounds of a number in words, <c>at least 1</c>; empty without bounds.</param>
/// <param name="Summary">What it is for; empty where the documentation file is missing.</param>
/// <param name="AllowedWords">The words it takes, with what each means; empty when any text or number will do.</param>
public sealed record StageKey(
    string Name,
    string Type,
    bool IsRequired,
    string? Default,
    string Range,
    string Summary,
    IReadOnlyList<(string Word, string Summary)> AllowedWords)
{
    internal static StageKey Of(KeyShape key)
    {
        XmlDocs docs = XmlDocs.For(key.Property.DeclaringType!.Assembly);
        JsonNode? standard = key.DefaultJson();
        return new StageKey(key.Name, key.Shape.Title, key.IsRequired, standard?.ToJsonString(),
            key.Shape.Range.ToString(), docs.SummaryOf(key.Property), WordShape.WordsIn(key.Property.PropertyType));
    }
}
