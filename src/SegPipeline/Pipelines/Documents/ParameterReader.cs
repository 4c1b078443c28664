using System.Globalization;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>Reads declarations of parameters, <c>size: { int: 1000, min: 1 }</c>, and finds their values.</summary>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="what">What one is called in messages: <c>parameter</c>, or <c>argument</c> of a macro.</param>
internal sealed class ParameterReader(ProblemList problems, string what)
{
    private static readonly string[] Kinds = [.. Enum.GetNames<ParameterKind>().Select(SnakeCase.Of)];
    private static readonly string[] Options = ["default", "min", "max", "doc"];
    private readonly Dictionary<string, Parameter?> _parameters = new(StringComparer.Ordinal);

    /// <summary>Reads the environment, which is what parameters of a pipeline may do; null for arguments.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>Where a missing value is reported; null for the declaration.</summary>
    public SourcePlace? Blame { get; init; }

    /// <summary>What has been read; null for one whose declaration or value is no use.</summary>
    public IReadOnlyDictionary<string, Parameter?> Parameters => _parameters;

    /// <summary>Reads one declaration. It may refer to those read before it.</summary>
    /// <param name="entry">The name and what stands behind it.</param>
    /// <param name="given">A value from outside the file, with the folder its path is relative to.</param>
    public void Read(YamlEntry entry, GivenValue? given)
    {
        string name = entry.Key.Text;
        if (!IsName(name))
            problems.Add(entry.Key.Place, $"'{name}' cannot be the name of a {what}",
                "use letters, digits and underscores");
        else if (_parameters.TryGetValue(name, out Parameter? first))
            problems.Add(entry.Key.Place, $"the {what} '{name}' is declared twice",
                first is null ? null : $"it is first declared at {first.Declaration.Place}");
        else
            _parameters.Add(name, entry.Value is YamlUnreadable ? null : ReadNew(entry, given));
    }

    private Parameter? ReadNew(YamlEntry entry, GivenValue? given)
    {
        string name = entry.Key.Text;
        if (entry.Value is not YamlMap map)
        {
            problems.Add(entry.Value.Place,
                $"the {what} '{name}' must be a map such as {{ int: 1000 }}, found {Found.Describe(entry.Value)}");
            return null;
        }
        if (!TryFindKind(name, map, entry.Key.Place, out ParameterKind kind, out YamlNode? value)) return null;
        YamlNode? standard = map.Find("default")?.Value;
        string? doc = Doc(name, map.Find("doc")?.Value);
        ValueShape? shape = ShapeOf(name, kind, value, map);
        if (kind == ParameterKind.Choice) value = null;
        if (shape is null) return null;
        Candidate?[] candidates = [Candidate.Of(standard, Substituted), Candidate.Of(value, Substituted)];
        var declaration = new ParameterDeclaration(kind, Kept(value), Kept(standard), doc, entry.Key.Place);
        return Choose(name, declaration, shape, candidates, given);
    }

    private Parameter? Choose(
        string name, ParameterDeclaration declaration, ValueShape shape, Candidate?[] inside, GivenValue? given)
    {
        Candidate? outside = given is null ? null : new Candidate(AsText(given, declaration.Kind), given.Folder);
        Parameter? chosen = null;
        bool good = true;
        foreach (Candidate? candidate in inside.Append(outside))
        {
            if (candidate is null || candidate.Node is YamlScalar { Form: ScalarForm.Null }) continue;
            chosen = Convert(name, declaration, shape, candidate);
            good &= chosen is not null;
        }
        if (good && chosen is null)
            problems.Add(Blame ?? declaration.Place, $"the {what} '{name}' has no value", Environment is null
                ? "give it where the macro is used"
                : $"give it with --set {name}=..., or write a default");
        return good ? chosen : null;
    }

    private Parameter? Convert(string name, ParameterDeclaration declaration, ValueShape shape, Candidate candidate)
    {
        YamlNode node = AsText(new GivenValue(candidate.Node, candidate.Folder), declaration.Kind);
        BindScope scope = ScopeOf($"the {what} '{name}'", declaration.Place);
        if (shape.Bind(node, scope)?.Resolved is not YamlScalar bound) return null;
        if (declaration.Kind == ParameterKind.Path && !PathScope.IsPath(bound.Text))
        {
            problems.Add(node.Place, $"the {what} '{name}' must be a path, found {Found.Describe(node)}");
            return null;
        }
        string? template = declaration.Kind == ParameterKind.Path && Environment is not null
            ? $"${{{name}}}"
            : bound.Template;
        string folder = candidate.Folder ?? PathScope.FolderOf(node.Place.File);
        return new Parameter(name, declaration.Kind, bound with { Template = template }, folder, declaration);
    }

    // What comes from outside the file is text, whatever it looks like, where text is wanted.
    private static YamlNode AsText(GivenValue given, ParameterKind kind) =>
        given is { Folder: not null, Node: YamlScalar scalar } &&
        kind is ParameterKind.Path or ParameterKind.String or ParameterKind.Choice
            ? scalar with { Form = ScalarForm.Text }
            : given.Node;

    private YamlNode Substituted(YamlNode node) =>
        new Substitution(_parameters, problems) { Environment = Environment }.Apply(node);

    // What is wrong with it has been reported when it was evaluated.
    private YamlScalar? Kept(YamlNode? node) => node is null or YamlScalar { Form: ScalarForm.Null } ? null
        : new Substitution(_parameters, new ProblemList("")) { KeepsEnvironment = true }.Apply(node) as YamlScalar;

    private bool TryFindKind(
        string name, YamlMap map, SourcePlace place, out ParameterKind kind, out YamlNode? value)
    {
        kind = default;
        value = null;
        YamlEntry[] kinds = [.. map.Entries.Where(e => Kinds.Contains(e.Key.Text, StringComparer.Ordinal))];
        YamlEntry[] unknown = [.. map.Entries.Except(kinds).Where(e => !Options.Contains(e.Key.Text))];
        foreach (YamlEntry entry in unknown)
            problems.Add(entry.Key.Place, $"unknown key '{entry.Key.Text}' in the {what} '{name}'",
                DidYouMean.HintOrList(entry.Key.Text, [.. Kinds, .. Options]));
        if (kinds.Length == 0 && unknown.Length == 0)
            problems.Add(place, $"the {what} '{name}' does not say its type", "one of " + string.Join(", ", Kinds));
        foreach (YamlEntry entry in kinds.Skip(1))
            problems.Add(entry.Key.Place,
                $"the {what} '{name}' has two types, {kinds[0].Key.Text} and {entry.Key.Text}");
        if (kinds.Length != 1 || unknown.Length > 0) return false;
        kind = (ParameterKind)Array.IndexOf(Kinds, kinds[0].Key.Text);
        value = kinds[0].Value;
        return true;
    }

    private ValueShape? ShapeOf(string name, ParameterKind kind, YamlNode? value, YamlMap map)
    {
        double? least = Bound(name, map.Find("min"), kind), most = Bound(name, map.Find("max"), kind);
        var range = new NumberRange(least ?? double.NegativeInfinity, most ?? double.PositiveInfinity);
        return kind switch
        {
            ParameterKind.Int => new WholeShape(typeof(long), range),
            ParameterKind.Number => new NumberShape(range),
            ParameterKind.Bool => new BoolShape(),
            ParameterKind.Choice => Choice(name, value!),
            _ => new TextShape(),
        };
    }

    private ChoiceShape? Choice(string name, YamlNode value)
    {
        if (value is YamlSequence { Items.Length: > 0 } list && list.Items.All(i => i is YamlScalar))
            return new ChoiceShape([.. list.Items.Select(i => ((YamlScalar)i).Text)]);
        problems.Add(value.Place,
            $"the choices of the {what} '{name}' must be a list of words, found {Found.Describe(value)}",
            "e.g. { choice: [small, large], default: small }");
        return null;
    }

    private string? Doc(string name, YamlNode? node) => node is null ? null
        : (string?)new TextShape().Bind(node, ScopeOf($"'doc' of the {what} '{name}'", node.Place))?.Value;

    private BindScope ScopeOf(string named, SourcePlace place) => new(named, problems, new PathScope(place.File));

    private double? Bound(string name, YamlEntry? entry, ParameterKind kind)
    {
        if (entry is null) return null;
        if (kind is not (ParameterKind.Int or ParameterKind.Number))
            problems.Add(entry.Key.Place, $"'{entry.Key.Text}' is for numbers, and the {what} '{name}' is none");
        else if (entry.Value is YamlScalar { Form: ScalarForm.Whole or ScalarForm.Fraction } number)
            return CoreSchema.ToNumber(number.Text);
        else
            problems.Add(entry.Value.Place,
                $"'{entry.Key.Text}' of the {what} '{name}' must be a number, found {Found.Describe(entry.Value)}");
        return null;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private sealed record Candidate(YamlNode Node, string? Folder)
    {
        // What comes from the environment is relative to the working directory, as on every command line.
        public static Candidate? Of(YamlNode? written, Func<YamlNode, YamlNode> substitute) => written is null ? null
            : new Candidate(substitute(written), written is YamlScalar scalar &&
                Substitution.ReadsEnvironment(scalar.Text) ? System.Environment.CurrentDirectory : null);
    }
}

/// <summary>A value for a parameter from outside its declaration.</summary>
/// <param name="Node">The value.</param>
/// <param name="Folder">The folder its path is relative to; null for that of the file it stands in.</param>
internal sealed record GivenValue(YamlNode Node, string? Folder);
