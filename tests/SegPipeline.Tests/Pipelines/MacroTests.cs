using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class MacroTests
{
    private const string Definition = """
        segpipe: 1
        name: test
        release: { to: out }
        define:
          tidy:
            doc: two passes and a part
            args:
              count: { int: 3, max: 9 }
              label: { string: }
            stages:
              first:  { pass: { count: $count } }
              second: { pass: { label: $label } }
              last:   { from: second, part: {}, drop: rest }

        """;

    private static string[] Shown(PipelineGraph graph) => [.. graph.Nodes.Select(n =>
        $"{n.Name} <- {string.Join(", ", n.Inputs.Select(i => i.IsErrors ? "errors" : graph.Nodes[i.Node].Name))}")];

    [Fact]
    public void A_macro_stands_for_its_chain_and_the_last_of_it_bears_the_name_of_the_use()
    {
        LoadedPipeline loaded = Load(Definition + """
            stages:
              a: { read.test: { root: x } }
              b: { read.test: { root: y } }
              c: { from: a, use.tidy: { label: l } }
              d: { from: [b, c], write.test: {} }
            """);
        Assert.Empty(loaded.Problems);
        Assert.Equal(
            ["a <- ", "b <- ", "c/first <- a", "c/second <- c/first", "c <- c/second", "d <- b, c"],
            Shown(loaded.Graph!));
        Assert.Equal(3, Assert.IsType<Pass>(loaded.Graph!.Nodes[2].Stage).Count);
        Assert.Equal("l", Assert.IsType<Pass>(loaded.Graph!.Nodes[3].Stage).Label);
    }

    [Fact]
    public void A_macro_may_use_another_and_pass_on_its_options()
    {
        LoadedPipeline loaded = Load(Definition + """
              outer:
                stages:
                  tidied: { use.tidy: { label: x, count: 4 } }
                  end:    { pass: {} }
            stages:
              a: { read.test: { root: x } }
              b: { on_error: reject, use.outer: {}, drop: errors }
              c: { write.test: {} }
            """);
        Assert.Empty(loaded.Problems);
        Assert.Equal(
            ["a <- ", "b/tidied/first <- a", "b/tidied/second <- b/tidied/first", "b/tidied <- b/tidied/second",
             "b <- b/tidied", "c <- b"],
            Shown(loaded.Graph!));
        Assert.All(loaded.Graph!.Nodes[1..5], n => Assert.Equal(ErrorPolicy.Reject, n.OnError));
    }

    [Fact]
    public void Rejects_of_a_macro_are_missed_once() => Assert.Equal(
    [
        "p.yaml:16:18: error: nothing takes the samples that 'b' rejects; " +
        "add a stage with 'from: errors' (write.jsonl), or write 'drop: errors' here",
    ], ProblemsOf(Definition + """
        stages:
          a: { read.test: { root: x } }
          b: { on_error: reject, use.tidy: { label: x } }
          c: { write.test: {} }
        """));

    [Theory]
    [InlineData("use.tidy: { labl: x }", "16:20: error: unknown key 'labl' in use.tidy; did you mean 'label'?|" +
        "16:8: error: the argument 'label' has no value; give it where the macro is used")]
    [InlineData("use.tidy: {}", "16:8: error: the argument 'label' has no value; give it where the macro is used")]
    [InlineData("use.tidy: { label: x, count: 10 }", "16:37: error: the argument 'count' must be at most 9, found 10")]
    [InlineData("use.tdiy: {}", "16:8: error: there is no macro 'tdiy'; did you mean 'tidy'?")]
    [InlineData("use.tidy: [x]", "16:18: error: use.tidy must have a map of arguments, found a list")]
    public void A_use_that_does_not_fit_is_reported(string use, string expected) => Assert.Equal(
        expected.Split('|').Select(e => "p.yaml:" + e).OrderBy(e => e, StringComparer.Ordinal),
        ProblemsOf(Definition + $$"""
            stages:
              a: { read.test: { root: x } }
              b: { {{use}} }
              c: { write.test: {} }
            """).OrderBy(e => e, StringComparer.Ordinal));

    [Fact]
    public void A_macro_that_uses_itself_is_reported() => Assert.Equal(
        ["p.yaml:8:20: error: the macro 'x' uses itself; x uses y uses x"],
        ProblemsOf("""
            segpipe: 1
            name: test
            release: { to: out }
            define:
              x:
                stages: { i: { use.y: {} } }
              y:
                stages: { j: { use.x: {} } }
            stages:
              a: { read.test: { root: x } }
              b: { use.x: {} }
              c: { write.test: {} }
            """));

    [Fact]
    public void Macros_that_double_at_every_level_are_cut_off()
    {
        string levels = string.Concat(Enumerable.Range(1, 30).Select(i =>
            $"  m{i}:\n    stages: {{ i: {{ use.m{i - 1}: {{}} }}, j: {{ use.m{i - 1}: {{}} }} }}\n"));
        string[] problems = ProblemsOf(
            "segpipe: 1\nname: test\nrelease: { to: out }\ndefine:\n  m0:\n    stages: { i: { pass: {} } }\n" + levels +
            "stages:\n  a: { read.test: { root: x } }\n  b: { use.m30: {} }\n  c: { write.test: {} }\n");
        Assert.Contains("more than 10000 stages", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_within_a_macro_is_reported_once_however_often_it_is_used() => Assert.Equal(
        ["p.yaml:6:28: error: unknown key 'cuont' in pass; did you mean 'count'?"],
        ProblemsOf("""
            segpipe: 1
            name: test
            release: { to: out }
            define:
              x:
                stages: { i: { pass: { cuont: 3 } } }
            stages:
              a: { read.test: { root: x } }
              b: { use.x: {} }
              c: { use.x: {} }
              d: { write.test: {} }
            """));

    [Fact]
    public void Included_files_bring_parameters_and_macros_with_paths_of_their_own()
    {
        using var folder = new TempFolder();
        folder.Write("lib/common.yaml", """
            params: { data: { path: files } }
            define: { source: { stages: { s: { read.test: { root: $data/a, more: b.json } } } } }
            """);
        string path = folder.Write("pipes/p.yaml", """
            segpipe: 1
            name: test
            include: ../lib/common.yaml
            release: { to: out }
            stages:
              a: { use.source: {} }
              b: { from: a, pass: { label: $data } }
              c: { write.test: {} }
            """);
        LoadedPipeline loaded = PipelineFile.Load(path, Options);
        Assert.Empty(loaded.Problems);
        ReadTest reader = Assert.IsType<ReadTest>(loaded.Graph!.Nodes[0].Stage);
        Assert.Equal(folder["lib/files/a"], reader.Root.FullPath);
        Assert.Equal(folder["lib/b.json"], reader.More[0].FullPath);
        Assert.Equal("../lib/b.json", reader.More[0].Text);
        Assert.Equal("../lib/files", Assert.IsType<Pass>(loaded.Graph!.Nodes[1].Stage).Label);
        Assert.Equal(folder["pipes/out"], loaded.ReleaseFolder);
    }

    [Fact]
    public void Includes_that_lead_nowhere_in_a_circle_or_hold_stages_are_reported()
    {
        using var folder = new TempFolder();
        folder.Write("a.yaml", "include: [b.yaml]\nstages: {}\nparms: {}\n");
        folder.Write("b.yaml", "include: [a.yaml, p.yaml]\nparams: { x: { int: y } }\n");
        string path = folder.Write("p.yaml", """
            segpipe: 1
            name: test
            include: [a.yaml, b.yaml, 5, gone.yaml]
            stages: { a: { read.test: { root: r }, drop: out } }
            """);
        Assert.Equal(
        [
            "p.yaml:3:27: error: 'include' must be a path or a list of paths, found 5",
            $"p.yaml:3:30: error: the file cannot be opened: Could not find file '{folder["gone.yaml"]}'.",
            "a.yaml:2:1: error: an included file cannot have 'stages', only params and define",
            "a.yaml:3:1: error: unknown key 'parms' in the pipeline; did you mean 'params'?",
            "b.yaml:1:11: error: the file 'a.yaml' includes itself",
            "b.yaml:1:19: error: the file 'p.yaml' includes itself",
            "b.yaml:2:21: error: the parameter 'x' must be a whole number, found the text 'y'",
        ], PipelineFile.Load(path, Options).Problems.Select(p =>
            p.ToString()[(Path.GetDirectoryName(path)!.Length + 1)..]));
    }
}
