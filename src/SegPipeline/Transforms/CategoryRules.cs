using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Conditions;

namespace SegPipeline.Transforms;

/// <summary>The rules of a category map, by what they name on their left side.</summary>
internal sealed class CategoryRules
{
    private readonly MapBy _by;
    private readonly OrderedDictionary<string, (string Written, string Target)> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private CategoryRules(MapBy by) => _by = by;

    /// <summary>Names of the new categories, in the order of the rules, each as often as it occurs.</summary>
    public ImmutableArray<string> Targets => [.. _rules.Values.Select(rule => rule.Target)];

    /// <summary>New names by id, where the left side names ids.</summary>
    public IEnumerable<(RecordId Id, string Name)> ById =>
        _by == MapBy.Id ? _rules.Values.Select(rule => (IdOf(rule.Written), rule.Target)) : [];

    /// <summary>Takes the rules of a stage, from its key and its file.</summary>
    /// <exception cref="BadDataException">The file cannot be read, two rules contradict each other, or they name
    /// categories of a dataset that lists none.</exception>
    public static CategoryRules Read(MapCategories stage, Taxonomy taxonomy)
    {
        if (!taxonomy.IsDeclared && stage.By != MapBy.Id)
            throw new BadDataException(new Problem("CATEGORIES_UNDECLARED",
                "the dataset has no list of categories, so the rules name nothing")
            { Remedy = "write 'by: id'" });
        var rules = new CategoryRules(stage.By);
        foreach (var (written, target) in stage.Map) rules.Add(written, target, file: null);
        if (stage.File is not null)
            foreach (var (written, target) in CategoryMapFile.Read(stage.File)) rules.Add(written, target, stage.File);
        return rules;
    }

    /// <summary>Name of the new category of a category; null when no rule names it.</summary>
    public string? TargetOf(Category category)
    {
        if (KeyOf(category) is not { } key || !_rules.TryGetValue(key, out var rule)) return null;
        _used.Add(key);
        return rule.Target;
    }

    /// <summary>Sentences about the rules that no category was found for, after all were looked up.</summary>
    public IReadOnlyList<string> Unused() => [.. _rules.Where(rule => !_used.Contains(rule.Key))
        .Select(rule => $"the rule '{rule.Value.Written}: {rule.Value.Target}' is not used: no category is so named")];

    /// <summary>The problem that a category has no rule.</summary>
    public Problem NoRuleFor(Category category)
    {
        string shown = category.Name is null ? category.Id.JsonText : $"{category.Id} '{category.Name}'";
        string[] written = [.. _rules.Values.Select(rule => rule.Written)];
        string? near = category.Name is null ? null : DidYouMean.Closest(category.Name.Trim(), written);
        return new Problem("CATEGORY_UNMATCHED", $"there is no rule for category {shown}")
        {
            Remedy = near is null ? "add a rule, or set 'unmatched'" : $"the rule for '{near}' is near to it",
        };
    }

    private void Add(string written, string target, InputPath? file)
    {
        string key = Normalised(written);
        target = target.Trim();
        if (!_rules.TryAdd(key, (written, target)) && _rules[key].Target != target)
            throw new BadDataException(new Problem("CATEGORY_RULES",
                $"'{written}' becomes '{_rules[key].Target}' by one rule and '{target}' by another")
            {
                File = file?.Text,
                Remedy = "remove one of them",
            });
    }

    private string? KeyOf(Category category) => _by switch
    {
        MapBy.Id => Normalised(category.Id.JsonText.Trim('"')),
        MapBy.Synset => SynsetOf(category),
        _ => category.Name is null ? null : Normalised(category.Name),
    };

    private string Normalised(string text) => _by switch
    {
        MapBy.Id => IdOf(text).JsonText,
        MapBy.NameInAnyCase => text.Trim().ToUpperInvariant(),
        _ => text.Trim(),
    };

    private static RecordId IdOf(string text)
    {
        RecordId id = RecordId.FromJson(text);
        return id.IsInteger ? new RecordId(id.Number) : RecordId.FromString(text);
    }

    private static string? SynsetOf(Category category) => category.SourceRecord is { } record &&
        Members.OfJson(Encoding.UTF8.GetString(record.Load()), "synset") is { Kind: ValueKind.Text } synset
            ? synset.Text
            : null;
}
