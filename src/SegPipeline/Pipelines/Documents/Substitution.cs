using System.Text;
using System.Text.RegularExpressions;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>
/// Puts the values of parameters in the place of <c>$name</c> and <c>${name}</c>. A value that is nothing but a
/// reference keeps the parameter's type; within other text its text is put in. <c>$$</c> is a dollar sign.
/// </summary>
/// <param name="parameters">The parameters by name; null for one that is declared but has no usable value.</param>
/// <param name="problems">Takes references to what is not there.</param>
internal sealed class Substitution(IReadOnlyDictionary<string, Parameter?> parameters, ProblemList problems)
{
    private const string EnvironmentPrefix = "env:";

    private static readonly Regex Reference =
        new(@"\$(?:\$|\{(?<name>[^{}]*)\}|(?<name>[A-Za-z_]\w*))", RegexOptions.CultureInvariant);

    private static readonly Regex NeedsEscape = new(@"\$(?=[\$\{A-Za-z_])", RegexOptions.CultureInvariant);

    /// <summary>Reads the environment; null where it may not be read.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>True when declarations could not be read, so that what is not there is not missed.</summary>
    public bool MayLackParameters { get; init; }

    /// <summary>True to leave references to the environment in the template, without reading it.</summary>
    public bool KeepsEnvironment { get; init; }

    /// <summary>The text that is read back as a literal: dollar signs doubled where they would begin a
    /// reference.</summary>
    public static string Escape(string literal) => NeedsEscape.Replace(literal, "$$$$");

    /// <summary>True when a reference to the environment stands in the text.</summary>
    public static bool ReadsEnvironment(string text) =>
        Reference.Matches(text).Any(m => IsEnvironment(m.Groups["name"].Value));

    /// <summary>The same, with more parameters, which hide those of the same name.</summary>
    public Substitution With(IReadOnlyDictionary<string, Parameter?> more)
    {
        var all = new Dictionary<string, Parameter?>(parameters, StringComparer.Ordinal);
        foreach ((string name, Parameter? parameter) in more) all[name] = parameter;
        return new Substitution(all, problems) { MayLackParameters = MayLackParameters };
    }

    /// <summary>A tree with all references replaced; keys stay as they are.</summary>
    public YamlNode Apply(YamlNode node) => node switch
    {
        YamlScalar { Form: ScalarForm.Text } scalar when scalar.Text.Contains('$', StringComparison.Ordinal) =>
            ApplyTo(scalar),
        YamlSequence sequence => sequence with { Items = [.. sequence.Items.Select(Apply)] },
        YamlMap map => map with { Entries = [.. map.Entries.Select(e => e with { Value = Apply(e.Value) })] },
        _ => node,
    };

    private YamlNode ApplyTo(YamlScalar scalar)
    {
        MatchCollection references = Reference.Matches(scalar.Text);
        if (references.Count == 1 && references[0].Length == scalar.Text.Length && NamesOne(references[0]))
            return Find(references[0], scalar);
        var text = new StringBuilder();
        var template = new StringBuilder();
        bool templated = false;
        int end = 0;
        foreach (Match reference in references)
        {
            string literal = scalar.Text[end..reference.Index];
            end = reference.Index + reference.Length;
            text.Append(literal);
            template.Append(Escape(literal));
            if (!NamesOne(reference))
            {
                text.Append('$');
                template.Append("$$");
                continue;
            }
            if (Find(reference, scalar) is not YamlScalar value) return new YamlUnreadable(scalar.Place);
            if (value.Form == ScalarForm.Null) return value;
            text.Append(value.Text);
            template.Append(value.Template ?? Escape(value.Text));
            templated |= value.Template is not null;
        }
        text.Append(scalar.Text.AsSpan(end));
        template.Append(Escape(scalar.Text[end..]));
        return YamlScalar.OfText(scalar.Place, text.ToString()) with
        {
            Template = templated ? template.ToString() : null,
        };
    }

    private static bool IsEnvironment(string name) => name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal);

    private static bool NamesOne(Match reference) => reference.Groups["name"].Success;

    private YamlNode Find(Match reference, YamlScalar scalar)
    {
        string name = reference.Groups["name"].Value;
        SourcePlace place = scalar.IsVerbatim
            ? scalar.Place with { Column = scalar.Place.Column + reference.Index }
            : scalar.Place;
        if (IsEnvironment(name))
            return FromEnvironment(name[EnvironmentPrefix.Length..], place, scalar);
        if (!parameters.TryGetValue(name, out Parameter? parameter))
        {
            if (MayLackParameters) return new YamlUnreadable(place);
            problems.Add(place, $"there is no parameter '{name}'",
                DidYouMean.HintOrList(name, [.. parameters.Keys]) ?? "write '$$' for a dollar sign");
            return new YamlUnreadable(place);
        }
        if (parameter is null) return new YamlUnreadable(place);
        return parameter.Value with
        {
            Place = scalar.Place,
            Text = parameter.TextIn(scalar.Place.File),
            IsVerbatim = false,
        };
    }

    private YamlNode FromEnvironment(string variable, SourcePlace place, YamlScalar scalar)
    {
        if (KeepsEnvironment)
            return YamlScalar.OfText(scalar.Place, "") with { Template = $"${{{EnvironmentPrefix}{variable}}}" };
        if (Environment is null)
        {
            problems.Add(place, "the environment is read only under params",
                $"declare a parameter, e.g. {{ string: ${{env:{variable}}} }}, and refer to that");
            return new YamlUnreadable(place);
        }
        return Environment(variable) is { Length: > 0 } value
            ? YamlScalar.OfPlain(scalar.Place, value)
            : YamlScalar.OfPlain(scalar.Place, "null");
    }
}
