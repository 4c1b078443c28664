using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>The example of a stage, put to use.</summary>
internal static class StageExample
{
    /// <summary>
    /// Binds the example: the text is what would stand in a pipeline, e.g. <c>{ sample: { count: 1000 } }</c> or
    /// <c>chosen: { sample: { count: 1000 } }</c>.
    /// </summary>
    /// <returns>The stage; null when there is no example or it has problems.</returns>
    public static Stage? Bind(StageEntry entry, ProblemList problems)
    {
        if (entry.Example is not { } example) return null;
        YamlNode? root = YamlReader.Read(example, entry.Name, problems);
        if (FindStageKey(root, entry.Name) is not { } use)
        {
            problems.Add(new SourcePlace(entry.Name, 1, 1), $"the example does not use {entry.Name}");
            return null;
        }
        var scope = new BindScope(entry.Name, problems, new PathScope("example.yaml"));
        return (Stage?)entry.Shape.Bind(use.Value, use.Key.Place, scope)?.Value;
    }

    /// <summary>The ports of the stage in its example, or of the contract where there is none.</summary>
    public static IReadOnlyList<string> PortsOf(StageEntry entry) =>
        Bind(entry, new ProblemList(entry.Name))?.OutputPorts ??
        (entry.Kind == StageKind.Writer ? [] : [Stage.DefaultPort]);

    // The stage itself, or a stage with its name in the pipeline before it.
    private static YamlEntry? FindStageKey(YamlNode? root, string name) =>
        root is not YamlMap map ? null
        : map.Find(name) is { } use ? use
        : map.Entries.Select(e => (e.Value as YamlMap)?.Find(name)).FirstOrDefault(e => e is not null);
}
