using System.Text.RegularExpressions;
using SegPipeline.Cli;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>What the documentation shows is what there is: pipelines, stages, command lines, links.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages => new(Documentation.Pages());

    [Fact]
    [Trait("Category", "Generated")]
    public void The_tables_of_the_README_are_fresh()
    {
        string readme = Sources.Read("README.md");
        string fresh = With(readme, "stages", StageTable.Markdown(StageCatalog.Default));
        Regenerate("README.md", readme, With(fresh, "pipelines", PipelineTable()));
    }

    [Fact]
    [Trait("Category", "Generated")]
    public void The_reference_of_stages_is_fresh()
    {
        string page = Sources.Read("docs/stages.md");
        Regenerate("docs/stages.md", page, With(page, "reference", StageReference.Markdown(StageCatalog.Default)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_YAML_on_a_page_checks_clean(string page)
    {
        foreach (CodeBlock block in Documentation.BlocksOf(page, "yaml"))
            Assert.True(Documentation.FaultsOf(block.Text) is [], $"{page}, line {block.Line}: " +
                string.Join("\n", Documentation.FaultsOf(block.Text)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_line_on_a_page_is_one_that_segpipe_takes(string page)
    {
        foreach (CodeBlock block in Documentation.BlocksOf(page, "sh"))
            foreach (string[] words in ShellLines.Of(block.Text))
                Assert.True(Segpipe.FaultsOf(words) is [], $"{page}, line {block.Line}: segpipe " +
                    $"{string.Join(' ', words)}: {string.Join(' ', Segpipe.FaultsOf(words))}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_on_a_page_leads_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(SharedData.Root, page))!;
        foreach (Match link in Link().Matches(Documentation.WithoutCode(Sources.Read(page))))
        {
            string[] target = link.Groups[1].Value.Split('#');
            if (target[0].Contains("://", StringComparison.Ordinal)) continue;
            string path = Path.GetFullPath(Path.Combine(folder, target[0]));
            if (target[0].Length == 0) path = Path.Combine(SharedData.Root, page);
            Assert.True(Path.Exists(path), $"{page}: {link.Value} leads nowhere");
            if (target.Length == 2)
                Assert.True(Documentation.AnchorsOf(path).Contains(target[1]), $"{page}: no heading for {link.Value}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_make_target_that_a_page_names_exists(string page)
    {
        string makefile = Sources.Read("Makefile");
        var targets = MakeTarget().Matches(Sources.Read(page)).Select(m => m.Groups[1].Value);
        Assert.All(targets, t => Assert.Contains($"\n{t}:", makefile, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_of_the_documentation_is_in_its_index()
    {
        string index = Sources.Read("docs/README.md");
        Assert.All(Directory.GetFiles(Path.Combine(SharedData.Root, "docs"), "*.md").Select(f => Path.GetFileName(f)),
            page => Assert.True(page == "README.md" || index.Contains($"({page})", StringComparison.Ordinal), page));
    }

    [Theory]
    [InlineData("segpipe: 1\nname: a\nstages:\n  in: { read.coco: { annotatons: x } }\n")]
    [InlineData("in: { read.coco: { annotatons: x } }")]
    [InlineData("{ sample: { cout: 3 } }")]
    [InlineData("in: { read.cocoo: { annotations: x } }")]
    [InlineData("stages:\n  in: { read.cocoo: { annotations: x } }\n")]
    [InlineData("a: [")]
    public void Wrong_YAML_is_found_out(string yaml) => Assert.NotEmpty(Documentation.FaultsOf(yaml));

    [Theory]
    [InlineData("segpipe runn a.yaml", 1)]
    [InlineData("make x && segpipe run a.yaml \\\n  --set a=b --work 3", 1)]
    [InlineData("(cd x; artifacts/segpipe verify out) # segpipe nothing", 1)]
    [InlineData("cat x | dotnet y", 0)]
    public void Command_lines_are_found_wherever_they_stand(string shell, int count)
    {
        string[][] lines = [.. ShellLines.Of(shell)];
        Assert.Equal(count, lines.Length);
        if (shell.Contains("verify", StringComparison.Ordinal)) Assert.Empty(Segpipe.FaultsOf(lines[0]));
        else Assert.All(lines, words => Assert.NotEmpty(Segpipe.FaultsOf(words)));
    }

    private static void Regenerate(string page, string text, string fresh)
    {
        bool regenerates = Environment.GetEnvironmentVariable("SEGPIPELINE_REGENERATE") == "1";
        if (regenerates) File.WriteAllText(Path.Combine(SharedData.Root, page), fresh);
        Assert.True(fresh == text || regenerates, page + " is out of date: run 'make docs'");
    }

    /// <summary>The text with what stands between two marks written anew.</summary>
    private static string With(string page, string what, string table)
    {
        string begin = $"<!-- {what}: generated by `make docs` -->\n";
        int first = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int last = page.IndexOf($"<!-- /{what} -->", StringComparison.Ordinal);
        return page[..first] + table + page[last..];
    }

    private static string PipelineTable() => "| pipeline | what it makes |\n|---|---|\n" + string.Concat(
        Directory.GetFiles(Path.Combine(SharedData.Root, "pipelines"), "*.yaml")
            .OrderBy(file => file, StringComparer.Ordinal)
            .Select(file => $"| [`{Path.GetFileName(file)}`](pipelines/{Path.GetFileName(file)}) | " +
                $"{DocOf(File.ReadAllText(file))} |\n"));

    private static string DocOf(string pipeline) => PipelineDoc().Match(pipeline) is { Success: true } doc
        ? doc.Groups[1].Value.Trim('"')
        : throw new InvalidDataException("a shipped pipeline has no 'doc'");

    [GeneratedRegex("^doc: (.+)$", RegexOptions.Multiline)]
    private static partial Regex PipelineDoc();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:^|`)make ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex MakeTarget();
}
