using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SegPipeline.Engine;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Resolving;

/// <summary>
/// A pipeline with everything put in: parameters, macros, defaults, and where each stage takes its samples from. Only
/// parameters that name places on disk stay, as they say where data lies on one machine, not what is done with it.
/// What cannot change a result (<c>doc</c> and <c>concurrency</c> of a stage) is left out.
/// </summary>
internal static class ResolvedPipeline
{
    /// <summary>The pipeline as a tree.</summary>
    /// <param name="header">What the file says of itself, as bound.</param>
    /// <param name="sections">Other sections as bound, by name, in order.</param>
    /// <param name="places">The parameters that name places.</param>
    /// <param name="paths">Turns paths of included files into paths of the pipeline file.</param>
    /// <param name="nodes">The nodes in graph order.</param>
    /// <param name="drafts">The stages the nodes were made of.</param>
    public static YamlMap Tree(
        YamlMap header,
        IReadOnlyList<YamlEntry> sections,
        IReadOnlyList<Parameter> places,
        PathScope paths,
        ImmutableArray<GraphNode> nodes,
        ImmutableArray<StageDraft> drafts)
    {
        List<YamlEntry> entries = [.. header.Entries.Where(e => !IsUnset(e.Value))];
        if (places.Count > 0)
            entries.Add(Entry("params", new YamlMap(default, [.. places.Select(p => DeclarationOf(p, paths))])));
        entries.Add(Entry("stages", new YamlMap(default,
            [.. Enumerable.Range(0, nodes.Length).Select(i => Entry(nodes[i].Name, StageOf(nodes, i, drafts[i])))])));
        return new YamlMap(default, [.. entries, .. sections]);
    }

    /// <summary>
    /// SHA-256 over the tree in a canonical form, in hexadecimal: stages by name, no places, nothing about the release
    /// folder, and no value of a parameter that names a place.
    /// </summary>
    public static string Digest(YamlMap tree)
    {
        var canonical = new JsonObject();
        foreach (YamlEntry entry in tree.Entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal))
        {
            if (entry.Key.Text is "release" or "params") continue;
            YamlNode value = entry is { Key.Text: "stages", Value: YamlMap stages }
                ? stages with { Entries = [.. stages.Entries.OrderBy(s => s.Key.Text, StringComparer.Ordinal)] }
                : entry.Value;
            canonical[entry.Key.Text] = JsonText.Of(AsTemplates(value));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToJsonString())));
    }

    private static bool IsUnset(YamlNode value) =>
        value is YamlScalar { Form: ScalarForm.Null } or YamlSequence { Items.IsEmpty: true };

    private static YamlMap StageOf(ImmutableArray<GraphNode> nodes, int index, StageDraft draft)
    {
        var entries = new List<YamlEntry>();
        if (nodes[index].Inputs.Length > 0)
            entries.Add(Entry("from", Texts(nodes[index].Inputs.Select(port => NameOf(nodes, port)))));
        if (draft.OnError is { } rule) entries.Add(Entry("on_error", rule.Resolved()));
        entries.Add(Entry(draft.Entry!.Name, draft.Resolved!));
        string[] dropped = [.. draft.Drop.Select(d => d.Value).Distinct().Order(StringComparer.Ordinal)];
        if (dropped.Length > 0) entries.Add(Entry("drop", Texts(dropped)));
        return new YamlMap(default, [.. entries]);
    }

    private static YamlSequence Texts(IEnumerable<string> texts) =>
        new(default, [.. texts.Select(text => YamlScalar.OfText(default, text))]);

    private static string NameOf(ImmutableArray<GraphNode> nodes, PortRef port)
    {
        if (port.IsErrors) return DraftReader.ErrorsPort;
        GraphNode node = nodes[port.Node];
        return port.Port == 0 ? node.Name : $"{node.Name}.{node.Stage.OutputPorts[port.Port]}";
    }

    private static YamlEntry DeclarationOf(Parameter parameter, PathScope paths)
    {
        var entries = new List<YamlEntry> { Entry("path", Written(parameter.Declaration.Value, paths)) };
        if (parameter.Declaration.Default is { } standard) entries.Add(Entry("default", Written(standard, paths)));
        return Entry(parameter.Name, new YamlMap(default, [.. entries]));
    }

    private static YamlScalar Written(YamlScalar? path, PathScope paths) =>
        path is null ? YamlScalar.OfPlain(default, "null")
        : path.Template is not null ? YamlScalar.OfText(path)
        : YamlScalar.OfText(default, paths.Resolve(path.Text, path.Place).Text);

    private static YamlNode AsTemplates(YamlNode node) => node switch
    {
        YamlScalar { Form: ScalarForm.Text } scalar =>
            YamlScalar.OfText(default, scalar.Template ?? Substitution.Escape(scalar.Text)),
        YamlSequence sequence => sequence with { Items = [.. sequence.Items.Select(AsTemplates)] },
        YamlMap map => map with { Entries = [.. map.Entries.Select(e => e with { Value = AsTemplates(e.Value) })] },
        _ => node,
    };

    private static YamlEntry Entry(string key, YamlNode value) => new(YamlScalar.OfText(default, key), value);
}
