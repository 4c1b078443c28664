using System.Text.RegularExpressions;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>A block of code on a page.</summary>
internal sealed record CodeBlock(int Line, string Text);

/// <summary>The pages that people read: the README and those below <c>docs</c>.</summary>
internal static partial class Documentation
{
    private static readonly string[] Sections =
        ["chunks", "citation", "creators", "define", "description", "homepage", "include", "keywords", "license",
        "params", "published", "publisher", "release", "seed", "tests", "title", "version"];

    /// <summary>Their paths, relative to the root.</summary>
    public static IEnumerable<string> Pages() =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(SharedData.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SharedData.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The blocks in a language.</summary>
    public static IEnumerable<CodeBlock> BlocksOf(string page, string language)
    {
        string text = Sources.Read(page);
        return Block().Matches(text)
            .Where(m => m.Groups[1].Value == language)
            .Select(m => new CodeBlock(text[..m.Index].Count(c => c == '\n') + 1, m.Groups[2].Value));
    }

    /// <summary>A page without its code.</summary>
    public static string WithoutCode(string text) => Inline().Replace(Block().Replace(text, ""), "");

    /// <summary>The anchors of a page's headings.</summary>
    public static IEnumerable<string> AnchorsOf(string path) => Heading()
        .Matches(Block().Replace(File.ReadAllText(path), ""))
        .Select(m => string.Concat(m.Groups[1].Value.ToLowerInvariant()
            .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'));

    /// <summary>What is wrong with YAML: a pipeline as a whole, stages one by one.</summary>
    public static string[] FaultsOf(string yaml)
    {
        var problems = new ProblemList("page.yaml");
        YamlNode? root = YamlReader.Read(yaml, "page.yaml", problems);
        if (root is not YamlMap map) return [.. Texts(problems), "the text is no map"];
        if (map.Find("segpipe") is not null)
            return Texts(PipelineFile.Parse(yaml, "page.yaml", new LoadOptions { Environment = _ => null }).Problems);
        if (problems.Count == 0 && !IsForOthers(map)) Bind(map, problems);
        return Texts(problems);
    }

    // Manifests for Kubernetes and schedules are no pipelines: their own tests read them.
    private static bool IsForOthers(YamlMap map) =>
        map.Find("apiVersion") is not null || map.Find("schedules") is not null;

    private static void Bind(YamlMap map, ProblemList problems)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Key.Text == "stages" && entry.Value is YamlMap stages) Bind(stages, problems);
            else if (StageCatalog.Default.Find(entry.Key.Text) is not null) Bind(entry, problems);
            else if (entry.Value is YamlMap named && StageKeyOf(named) is { } use) Bind(use, problems);
            else if (!Sections.Contains(entry.Key.Text))
                problems.Add(entry.Key.Place, $"'{entry.Key.Text}' is neither a stage nor a part of a pipeline");
        }
    }

    private static void Bind(YamlEntry use, ProblemList problems)
    {
        var scope = new BindScope(use.Key.Text, problems, new PathScope("page.yaml"));
        StageCatalog.Default.Find(use.Key.Text)!.Shape.Bind(use.Value, use.Key.Place, scope);
    }

    private static YamlEntry? StageKeyOf(YamlMap stage) =>
        stage.Entries.FirstOrDefault(e => StageCatalog.Default.Find(e.Key.Text) is not null);

    private static string[] Texts(ProblemList problems) => Texts(problems.Sorted());

    private static string[] Texts(IReadOnlyList<ConfigProblem> problems) => [.. problems.Select(p => p.ToString())];

    [GeneratedRegex(@"^```([a-z]*)[^\n]*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Inline();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
