using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>Reads stages: <c>chosen: { from: val, sample: { count: 1000 } }</c>.</summary>
/// <param name="catalog">The stages there are.</param>
/// <param name="macros">The macros there are; null for one whose definition is no use.</param>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="paths">Takes note of the paths.</param>
internal sealed class DraftReader(
    StageCatalog catalog, IReadOnlyDictionary<string, Macro?> macros, ProblemList problems, PathScope paths)
{
    /// <summary>Name of the port of rejected samples, which no stage may have.</summary>
    public const string ErrorsPort = "errors";

    /// <summary>Most stages of a pipeline, macros expanded.</summary>
    public const int MostStages = 10_000;

    private const int DeepestMacros = 32;
    private const string NameHint = "use letters, digits, hyphens and underscores";
    private static readonly string[] OptionNames = [.. StageOptions.Shape.Keys.Select(k => k.Name)];
    private readonly List<StageDraft> _drafts = [];
    private readonly Stack<string> _openMacros = new();

    /// <summary>True when definitions could not be read, so that a macro that is not there is not missed.</summary>
    public bool MayLackMacros { get; init; }

    /// <summary>Reads the stages of a pipeline, in the order of the file.</summary>
    public IReadOnlyList<StageDraft> Read(IReadOnlyList<YamlEntry> stages, Substitution substitution)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in stages) names.TryAdd(entry.Key.Text, entry.Key.Text);
        foreach (YamlEntry entry in stages) ReadStage(entry, substitution, names, use: null);
        foreach (StageDraft draft in _drafts) names.TryAdd(draft.Name, draft.Name);
        return _drafts;
    }

    private void ReadStage(
        YamlEntry entry, Substitution substitution, IReadOnlyDictionary<string, string> names, MacroUse? use)
    {
        if (_drafts.Count > MostStages) return;
        CheckName(entry.Key);
        string name = names[entry.Key.Text];
        var draft = new StageDraft(name, entry.Key.Place) { Names = names, IsFromUnreadable = true };
        YamlNode node = substitution.Apply(entry.Value);
        if (node is not YamlMap map)
        {
            if (node is not YamlUnreadable)
                problems.Add(entry.Value.Place, $"stage '{entry.Key.Text}' must be a map such as " +
                    $"{{ drop_crowds: {{}} }}, found {Found.Describe(node)}");
            Add(draft);
            return;
        }
        YamlEntry? stageKey = FindStageKey(entry.Key, map);
        draft = WithOptions(draft, map, use);
        if (stageKey is null) Add(draft);
        else if (MacroUse.NameIn(stageKey.Key.Text) is { } macro) Expand(macro, stageKey, draft);
        else Add(Bound(draft, stageKey));
    }

    private void Add(StageDraft draft)
    {
        bool isTooMany = _drafts.Count == MostStages;
        if (isTooMany) problems.Add(draft.Place, $"the pipeline has more than {MostStages} stages, macros expanded");
        // What comes after it is cut off, so nothing can be said of ports that nobody takes.
        _drafts.Add(draft with { IsFromUnreadable = draft.IsFromUnreadable || isTooMany });
    }

    private void CheckName(YamlScalar key)
    {
        if (key.Text == ErrorsPort)
            problems.Add(key.Place, $"no stage can be named '{ErrorsPort}', which is the port of rejected samples");
        else if (!key.Text.Split('/').All(IsName))
            problems.Add(key.Place, $"'{key.Text}' cannot be the name of a stage", NameHint);
    }

    private static bool IsName(string part) =>
        part.Length > 0 && part[0] != '-' && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private StageDraft WithOptions(StageDraft draft, YamlMap map, MacroUse? use)
    {
        var options = new YamlMap(map.Place, [.. map.Entries.Where(e => OptionNames.Contains(e.Key.Text))]);
        var scope = new BindScope($"stage '{draft.Name}'", problems, paths);
        var bound = (StageOptions?)StageOptions.Shape.Bind(options, draft.Place, scope)?.Value;
        return draft with
        {
            From = bound?.From,
            IsFromUnreadable = bound is null,
            OnError = ErrorRule.Read(bound?.OnError, scope) ?? use?.Draft.OnError,
            Concurrency = bound?.Concurrency ?? use?.Draft.Concurrency,
            Doc = bound?.Doc ?? use?.Draft.Doc,
            Drop = bound?.Drop ?? [],
        };
    }

    private YamlEntry? FindStageKey(YamlScalar name, YamlMap map)
    {
        YamlEntry[] others = [.. map.Entries.Where(e => !OptionNames.Contains(e.Key.Text))];
        YamlEntry[] known = [.. others.Where(e => catalog.Find(e.Key.Text) is not null || IsUse(e))];
        foreach (YamlEntry unknown in others.Except(known))
        {
            if (known.Length == 0)
                problems.Add(unknown.Key.Place, $"there is no stage '{unknown.Key.Text}'", HintFor(unknown.Key.Text));
            else
                problems.Add(unknown.Key.Place, $"unknown key '{unknown.Key.Text}' in stage '{name.Text}'",
                    DidYouMean.HintOrList(unknown.Key.Text, OptionNames));
        }
        foreach (YamlEntry second in known.Skip(1))
            problems.Add(second.Key.Place,
                $"stage '{name.Text}' does two things, {known[0].Key.Text} and {second.Key.Text}",
                "make two stages of it");
        if (others.Length == 0)
            problems.Add(name.Place, $"stage '{name.Text}' does not say what it does", "add one, e.g. drop_crowds: {}");
        return known.FirstOrDefault();
    }

    private static bool IsUse(YamlEntry entry) => MacroUse.NameIn(entry.Key.Text) is not null;

    private string? HintFor(string name) => DidYouMean.Hint(
        name, [.. catalog.Stages.Select(s => s.Name), .. macros.Keys.Select(MacroUse.KeyOf), .. OptionNames]);

    private StageDraft Bound(StageDraft draft, YamlEntry use)
    {
        StageEntry entry = catalog.Find(use.Key.Text)!;
        var scope = new BindScope(entry.Name, problems, paths);
        if (entry.Shape.Bind(use.Value, use.Key.Place, scope) is not { } bound) return draft with { Entry = entry };
        var stage = (Stage)bound.Value!;
        bool good = true;
        foreach (string sentence in stage.Check())
        {
            problems.Add(use.Key.Place, $"{entry.Name}: {sentence}");
            good = false;
        }
        good = good && CheckPorts(stage.OutputPorts, use.Key.Place);
        return draft with { Entry = entry, Stage = good ? stage : null, Resolved = bound.Resolved };
    }

    // Ports may be named in the file, e.g. those of split.
    private bool CheckPorts(IReadOnlyList<string> ports, SourcePlace place)
    {
        string? bad = ports.FirstOrDefault(p => !IsName(p) || p == ErrorsPort);
        string? twice = ports.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (bad is not null)
            problems.Add(place, $"'{bad}' cannot be the name of a port", NameHint);
        else if (twice is not null) problems.Add(place, $"two ports have the name '{twice}'");
        return bad is null && twice is null;
    }

    private void Expand(string name, YamlEntry use, StageDraft draft)
    {
        bool isKnown = macros.TryGetValue(name, out Macro? macro);
        if (!isKnown && !MayLackMacros)
            problems.Add(use.Key.Place, $"there is no macro '{name}'", DidYouMean.HintOrList(name, [.. macros.Keys]));
        else if (_openMacros.Contains(name))
            problems.Add(use.Key.Place, $"the macro '{name}' uses itself",
                string.Join(" uses ", _openMacros.Reverse().Append(name)));
        else if (_openMacros.Count == DeepestMacros)
            problems.Add(use.Key.Place, $"macros use each other more than {DeepestMacros} deep");
        else if (macro?.Open(draft, use, problems) is { } open)
        {
            _openMacros.Push(name);
            foreach (YamlEntry inner in open.Stages) ReadInner(inner, open);
            _openMacros.Pop();
            return;
        }
        Add(draft);
    }

    private void ReadInner(YamlEntry inner, MacroUse use)
    {
        int first = _drafts.Count;
        ReadStage(inner, use.Arguments, use.Names, use);
        if (_drafts.Count == first) return;
        bool begins = ReferenceEquals(inner, use.Stages[0]), ends = ReferenceEquals(inner, use.Stages[^1]);
        if (begins && _drafts[first].From is null) _drafts[first] = use.WithInput(_drafts[first], problems);
        if (ends) _drafts[^1] = _drafts[^1] with { Drop = [.. _drafts[^1].Drop, .. use.Draft.Drop] };
    }
}
