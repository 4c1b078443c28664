using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>A pipeline file, or one that it includes, as a map from its sections.</summary>
/// <param name="Root">The map.</param>
internal sealed record DocumentFile(YamlMap Root)
{
    /// <summary>Sections that stand there misspelt, which has been reported.</summary>
    public IReadOnlyCollection<string> Misspelt { get; private init; } = [];

    /// <summary>Sections that an included file may have; it brings parameters and macros, nothing else.</summary>
    private static readonly string[] SharedSections = ["segpipe", "doc", "include", "params", "define"];

    private static readonly string[] OwnSections = ["chunks", "stages", "release", "tests"];

    private static readonly string[] HeaderKeys = [.. new RecordShape(typeof(HeaderSection)).Keys.Select(k => k.Name)];

    /// <summary>All sections of a pipeline file.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. HeaderKeys.Union(SharedSections).Union(OwnSections)];

    /// <summary>Takes a tree for a file; null when it is none.</summary>
    /// <param name="root">The tree; null when nothing could be read, which has been reported.</param>
    /// <param name="includes">True for an included file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static DocumentFile? Of(YamlNode? root, FileRole includes, ProblemList problems)
    {
        if (root is not YamlMap map)
        {
            if (root is not (null or YamlUnreadable))
                problems.Add(root.Place, $"a pipeline file must be a map (segpipe, name, stages, ...), found " +
                    Found.Describe(root));
            return null;
        }
        var misspelt = new List<string>();
        IReadOnlyList<string> allowed = includes == FileRole.Included ? SharedSections : Sections;
        foreach (YamlEntry entry in map.Entries)
        {
            string key = entry.Key.Text;
            // x-anything is a place for anchors, as in many other YAML formats.
            bool isFree = key.StartsWith("x-", StringComparison.Ordinal);
            if (isFree || allowed.Contains(key, StringComparer.Ordinal)) continue;
            if (Sections.Contains(key, StringComparer.Ordinal))
                problems.Add(entry.Key.Place, $"an included file cannot have '{key}', only params and define");
            else
            {
                problems.Add(entry.Key.Place, $"unknown key '{key}' in the pipeline", DidYouMean.Hint(key, allowed));
                if (DidYouMean.Closest(key, allowed) is { } meant) misspelt.Add(meant);
            }
        }
        return new DocumentFile(map) { Misspelt = misspelt };
    }

    /// <summary>True when a section could not be read, or stands there misspelt, so that something may be
    /// missing.</summary>
    public bool MayLack(string section) =>
        Misspelt.Contains(section) || Root.Find(section)?.Value is not (null or YamlMap or YamlScalar);

    /// <summary>The entries of a section that is a map; none when it is not there or is no map.</summary>
    public IReadOnlyList<YamlEntry> EntriesOf(string section, ProblemList problems)
    {
        YamlNode? node = Root.Find(section)?.Value;
        if (node is YamlMap map) return map.Entries;
        if (node is not (null or YamlUnreadable or YamlScalar { Form: ScalarForm.Null }))
            problems.Add(node.Place, $"'{section}' must be a map, found {Found.Describe(node)}");
        return [];
    }
}

/// <summary>What a file is to the pipeline.</summary>
internal enum FileRole
{
    /// <summary>The pipeline file itself.</summary>
    Pipeline,

    /// <summary>A file it includes.</summary>
    Included,
}
