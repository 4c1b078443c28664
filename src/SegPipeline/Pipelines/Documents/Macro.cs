using System.Collections.Immutable;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>
/// A named chain of stages, from <c>define</c>. Its first stage takes what the stage that uses it takes, its last one
/// gives what that stage gives; the ones between are called <c>use/name</c>.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Declarations of its arguments.</param>
/// <param name="Stages">Its stages, at least one.</param>
/// <param name="Parameters">Puts in the parameters of the pipeline, which it may refer to.</param>
internal sealed record Macro(
    string Name,
    ImmutableArray<YamlEntry> Arguments,
    ImmutableArray<YamlEntry> Stages,
    Substitution Parameters)
{
    private static readonly string[] Keys = ["doc", "args", "stages"];

    /// <summary>Reads a definition; null when it is no use.</summary>
    public static Macro? Read(YamlEntry entry, Substitution parameters, ProblemList problems)
    {
        string name = entry.Key.Text;
        if (entry.Value is not YamlMap map)
        {
            if (entry.Value is not YamlUnreadable)
                problems.Add(entry.Value.Place, $"the macro '{name}' must be a map (args, stages), " +
                    $"found {Found.Describe(entry.Value)}");
            return null;
        }
        foreach (YamlEntry unknown in map.Entries.Where(e => !Keys.Contains(e.Key.Text)))
            problems.Add(unknown.Key.Place, $"unknown key '{unknown.Key.Text}' in the macro '{name}'",
                DidYouMean.HintOrList(unknown.Key.Text, Keys));
        ImmutableArray<YamlEntry>? arguments = MapOf(map.Find("args"), $"'args' of the macro '{name}'", problems);
        ImmutableArray<YamlEntry>? stages = MapOf(map.Find("stages"), $"'stages' of the macro '{name}'", problems);
        if (stages is [] && map.Find("stages")?.Value is not YamlUnreadable)
            problems.Add(entry.Key.Place, $"the macro '{name}' has no stages");
        return arguments is not null && stages is { Length: > 0 } chain
            ? new Macro(name, arguments.Value, chain, parameters)
            : null;
    }

    /// <summary>Puts a use of the macro together; null when its arguments are no use.</summary>
    /// <param name="draft">The stage that uses it.</param>
    /// <param name="use">The key and the arguments.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public MacroUse? Open(StageDraft draft, YamlEntry use, ProblemList problems)
    {
        YamlMap? given = use.Value is YamlScalar { Form: ScalarForm.Null }
            ? new YamlMap(use.Value.Place, [])
            : use.Value as YamlMap;
        if (given is null)
        {
            if (use.Value is not YamlUnreadable)
                problems.Add(use.Value.Place, $"{use.Key.Text} must have a map of arguments, " +
                    $"found {Found.Describe(use.Value)}");
            return null;
        }
        string[] known = [.. Arguments.Select(a => a.Key.Text)];
        YamlEntry[] unknown = [.. given.Entries.Where(e => !known.Contains(e.Key.Text, StringComparer.Ordinal))];
        foreach (YamlEntry entry in unknown)
            problems.Add(entry.Key.Place, $"unknown key '{entry.Key.Text}' in {use.Key.Text}",
                DidYouMean.HintOrList(entry.Key.Text, known));
        Substitution? arguments = Evaluate(given, use, problems);
        return unknown.Length > 0 || arguments is null ? null : new MacroUse(this, draft, arguments);
    }

    private Substitution? Evaluate(YamlMap given, YamlEntry use, ProblemList problems)
    {
        var reader = new ParameterReader(problems, "argument") { Blame = use.Key.Place };
        foreach (YamlEntry argument in Arguments)
        {
            YamlEntry? value = given.Find(argument.Key.Text);
            reader.Read(argument, value is null ? null : new GivenValue(value.Value, Folder: null));
        }
        return reader.Parameters.Values.Contains(null) ? null : Parameters.With(reader.Parameters);
    }

    private static ImmutableArray<YamlEntry>? MapOf(YamlEntry? entry, string what, ProblemList problems)
    {
        if (entry?.Value is null or YamlScalar { Form: ScalarForm.Null }) return [];
        if (entry.Value is YamlMap map) return map.Entries;
        if (entry.Value is not YamlUnreadable)
            problems.Add(entry.Value.Place, $"{what} must be a map, found {Found.Describe(entry.Value)}");
        return null;
    }
}

/// <summary>One use of a macro: <c>clean: { use.cleaning: { min_area: 32 } }</c>.</summary>
internal sealed class MacroUse
{
    private const string Prefix = "use.";

    /// <summary>Puts a use together.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="draft">The stage that uses it.</param>
    /// <param name="arguments">Puts its arguments, and the parameters of the pipeline, into its stages.</param>
    public MacroUse(Macro macro, StageDraft draft, Substitution arguments)
    {
        Stages = macro.Stages;
        Draft = draft;
        Arguments = arguments;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry stage in Stages[..^1]) names[stage.Key.Text] = $"{draft.Name}/{stage.Key.Text}";
        names[Stages[^1].Key.Text] = draft.Name;
        Names = names;
    }

    /// <summary>The stages of the macro.</summary>
    public ImmutableArray<YamlEntry> Stages { get; }

    /// <summary>The stage that uses it.</summary>
    public StageDraft Draft { get; }

    /// <summary>Puts the arguments in.</summary>
    public Substitution Arguments { get; }

    /// <summary>The names that its stages can take from: as written, to the full name.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>The macro that a key names, <c>use.cleaning</c>; null when it is no such key.</summary>
    public static string? NameIn(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : null;

    /// <summary>The key that uses a macro.</summary>
    public static string KeyOf(string macro) => Prefix + macro;

    /// <summary>Gives the first stage of the macro the input of the stage that uses it.</summary>
    public StageDraft WithInput(StageDraft first, ProblemList problems)
    {
        if (!first.IsReader)
        {
            return first with
            {
                From = Draft.From,
                IsFromUnreadable = first.IsFromUnreadable || Draft.IsFromUnreadable,
                // What is written where the macro is used means the names that are known there.
                Names = Draft.From is null ? first.Names : Draft.Names,
            };
        }
        if (Draft.From is [var input, ..])
            problems.Add(input.Place, $"'{Draft.Name}' begins with a reader, which takes no input", "remove 'from'");
        return first;
    }
}
