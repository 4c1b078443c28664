using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Conditions;

/// <summary>A part of a condition, ready to be worked out.</summary>
/// <param name="Kind">What kind of value it gives.</param>
/// <param name="Evaluate">Gives the value.</param>
internal sealed record Compiled(ValueKind Kind, Func<Subject, Value> Evaluate);

/// <summary>The fields that conditions know by name; every other name is a member of the record.</summary>
internal sealed class Fields
{
    /// <summary>Before the fields of a sample, in a condition on its instances.</summary>
    private const string SamplePrefix = "sample.";

    private readonly Dictionary<string, Compiled> _ofSample;
    private readonly Dictionary<string, Compiled> _ofInstance;

    /// <summary>The fields of a dataset with given categories.</summary>
    public Fields(Taxonomy taxonomy)
    {
        _ofSample = OfSample();
        _ofInstance = OfInstance(taxonomy);
    }

    /// <summary>A sentence on a name that is no field but differs little from one; null for any other name.</summary>
    public string? Doubt(string name, FilterOf scope)
    {
        var (fields, bare) = Locate(name, scope);
        return !fields.ContainsKey(bare) && DidYouMean.Hint(bare, fields.Keys) is { } hint
            ? $"'{name}' is read as a member of the record; {hint}"
            : null;
    }

    /// <summary>The field or member of a name.</summary>
    public Compiled Find(string name, FilterOf scope)
    {
        var (fields, bare) = Locate(name, scope);
        if (fields.TryGetValue(bare, out Compiled? field)) return field;
        bool isOfSample = fields == _ofSample;
        return new Compiled(ValueKind.Unknown, subject =>
        {
            Value value = isOfSample ? Members.Read(subject.Sample, bare) : Members.Read(subject, bare);
            if (value.IsNull) subject.Output.Count(Tally.Note, $"without '{name}'", 1);
            return value;
        });
    }

    private (Dictionary<string, Compiled> Fields, string Bare) Locate(string name, FilterOf scope)
    {
        bool isPrefixed = name.StartsWith(SamplePrefix, StringComparison.Ordinal);
        return (isPrefixed || scope == FilterOf.Samples ? _ofSample : _ofInstance,
            isPrefixed ? name[SamplePrefix.Length..] : name);
    }

    private static Dictionary<string, Compiled> OfSample() => new(StringComparer.Ordinal)
    {
        ["key"] = Text(s => s.Sample.Key),
        ["id"] = new(ValueKind.Unknown, s => OfId(s.Sample.Id)),
        ["name"] = Text(s => s.Sample.Frames.IsEmpty ? null : s.Sample.Frame.Name),
        ["width"] = Number(s => Size(s.Sample, frame => frame.WidthPx)),
        ["height"] = Number(s => Size(s.Sample, frame => frame.HeightPx)),
        ["frames"] = Number(s => s.Sample.Frames.Length),
        ["instances"] = Number(s => s.Sample.Instances.Length),
    };

    private static Dictionary<string, Compiled> OfInstance(Taxonomy taxonomy)
    {
        var categories = new Dictionary<RecordId, Category>();
        foreach (Category category in taxonomy.Categories) categories.TryAdd(category.Id, category);
        Category? CategoryOf(Instance i) => i.CategoryId is { } id ? categories.GetValueOrDefault(id) : null;
        return new Dictionary<string, Compiled>(StringComparer.Ordinal)
        {
            ["id"] = new(ValueKind.Unknown, s => OfId(s.Instance!.Id)),
            ["category_id"] = new(ValueKind.Unknown, s => OfId(s.Instance!.CategoryId)),
            ["category"] = Text(s => CategoryOf(s.Instance!)?.Name?.Trim()),
            ["supercategory"] = Text(s => CategoryOf(s.Instance!)?.Supercategory?.Trim()),
            ["iscrowd"] = Truth(s => s.Instance!.IsCrowd == true),
            ["has_mask"] = Truth(s => s.Instance!.Segmentations is { IsDefault: false } a && a.Any(x => x.HasMask)),
            ["score"] = Number(s => s.Instance!.Score),
            ["area"] = Number(s => Measured.AreaPx(s.Instance!, s.Sample)),
            ["bbox.x"] = Number(s => Measured.Box(s.Instance!, s.Sample)?.X),
            ["bbox.y"] = Number(s => Measured.Box(s.Instance!, s.Sample)?.Y),
            ["bbox.width"] = Number(s => Measured.Box(s.Instance!, s.Sample)?.Width),
            ["bbox.height"] = Number(s => Measured.Box(s.Instance!, s.Sample)?.Height),
        };
    }

    private static Compiled Text(Func<Subject, string?> get) => new(ValueKind.Text, s => Value.Of(get(s)));

    private static Compiled Number(Func<Subject, double?> get) => new(ValueKind.Number, s => Value.Of(get(s)));

    private static Compiled Truth(Func<Subject, bool> get) => new(ValueKind.Truth, s => Value.Of(get(s)));

    private static double? Size(Sample sample, Func<Frame, int> sizePx) =>
        sample.Frames.IsEmpty || sizePx(sample.Frame) == 0 ? null : sizePx(sample.Frame);

    // A whole number that a double holds exactly is a number, every other id is text.
    private static Value OfId(RecordId? id) => id switch
    {
        null => Value.Null,
        { IsInteger: true, Number: >= -(1L << 53) and <= 1L << 53 } i => Value.Of((double)i.Number),
        { } other => Members.OfJson(other.JsonText, "") is { Kind: ValueKind.Text } text
            ? text
            : Value.Of(other.JsonText),
    };
}
