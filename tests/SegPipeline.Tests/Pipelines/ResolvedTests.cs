using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class ResolvedTests
{
    private const string Source = """
        # a comment
        segpipe: 1
        name: test-$count
        seed: 5
        license: "CC0-1.0"
        citation: |
          two
          lines with $$x$$ and # and : in it
        params:
          data:  { path: "${env:DATA}", default: ../d }
          sub:   { path: $data/sub }
          count: { int: 3 }
        define:
          tidy:
            args: { root: { path: }, label: { string: "no: it's" } }
            stages:
              s: { read.test: { root: $root/a } }
              t: { doc: why, pass: { label: $label, parts: { b: 1, a: 2 } } }
        x-defaults: &d { count: $count, ratio: 0.50 }
        stages:
          r: { on_error: { reject: { most: 5 } }, use.tidy: { root: $sub }, concurrency: 2 }
          p: { pass: { <<: *d, shade: dark_grey } }
          q: { from: [p], part: {}, drop: rest }
          z: { from: q, write.test: { file: $count.json } }
          e: { from: errors, write.rejects: {} }
        release: { to: out/$count }
        """;

    private static LoadedPipeline LoadGood(string yaml, string? data = null)
    {
        LoadedPipeline loaded = Load(yaml, Options with { Environment = n => n == "DATA" ? data : null });
        Assert.Empty(loaded.Problems);
        return loaded;
    }

    [Fact]
    public void The_resolved_pipeline_says_everything_and_nothing_of_the_machine() => Assert.Equal("""
        segpipe: 1
        name: test-3
        seed: 5
        license: CC0-1.0
        citation: "two\nlines with $$x$ and # and : in it\n"
        params:
          data:
            path: "${env:DATA}"
            default: ../d
          sub:
            path: "${data}/sub"
        stages:
          r/s:
            on_error:
              reject:
                most: 5
                percent: null
            read.test:
              root: "${sub}/a"
              more: []
              clips: false
          r:
            from: [r/s]
            on_error:
              reject:
                most: 5
                percent: null
            pass:
              count: 10
              label: "no: it's"
              shade: light
              ratio: 0.5
              parts:
                b: 1
                a: 2
          p:
            from: [r]
            pass:
              count: 3
              label: null
              shade: dark_grey
              ratio: 0.5
              parts: {}
          q:
            from: [p]
            part:
              ports: ["yes", rest]
            drop: [rest]
          z:
            from: [q]
            write.test:
              file: 3.json
          e:
            from: [errors]
            write.rejects: {}
        chunks:
          samples: 32
          bytes: 8388608
        release:
          to: out/3
          report: true

        """, LoadGood(Source, "/some/where").ResolvedYaml);

    [Fact]
    public void The_resolved_pipeline_loads_to_the_same_graph_text_and_digest()
    {
        LoadedPipeline first = LoadGood(Source, "/some/where");
        LoadedPipeline second = LoadGood(first.ResolvedYaml, "/some/where");
        Assert.Equal(first.ResolvedYaml, second.ResolvedYaml);
        Assert.Equal(first.ConfigDigest, second.ConfigDigest);
        Assert.Equal(
            ((ReadTest)first.Graph!.Nodes[0].Stage).Root, ((ReadTest)second.Graph!.Nodes[0].Stage).Root);
        Assert.Equal(first.Graph!.Nodes.Select(n => string.Join(',', n.Inputs)),
            second.Graph!.Nodes.Select(n => string.Join(',', n.Inputs)));
    }

    [Fact]
    public void The_digest_does_not_see_comments_layout_key_order_docs_or_where_data_lies()
    {
        string other = LoadGood("""
            stages:
              e: { from: errors, write.rejects: }
              z:
                write.test: { file: 3.json }
                from: [q]
              p: { from: r, pass: { ratio: 0.5, shade: dark_grey, count: 0x3 } }
              q: { drop: [rest], part: {}, from: p }
              r/s: { on_error: { reject: { most: 5 } }, read.test: { clips: false, root: $sub/a } }
              r:
                from: r/s
                on_error: { reject: { most: 5 } }
                pass: { parts: { b: 1, a: 2 }, label: "no: it's" }
            license: CC0-1.0
            citation: "two\nlines with $$x$$ and # and : in it\n"
            seed: 5
            params: { sub: { path: /elsewhere, doc: any } }
            name: test-3
            segpipe: 1
            release: { to: /else/where }
            """).ConfigDigest;
        Assert.Equal(LoadGood(Source, "/x").ConfigDigest, other);
        Assert.Equal(LoadGood(Source).ConfigDigest, other);
        Assert.Matches("^[0-9a-f]{64}$", other);
    }

    [Theory]
    [InlineData("seed: 5", "seed: 6")]
    [InlineData("ratio: 0.50", "ratio: 0.51")]
    [InlineData("{ b: 1, a: 2 }", "{ a: 2, b: 1 }")]
    [InlineData("root: $root/a", "root: $root/b")]
    [InlineData("on_error: { reject: { most: 5 } }", "on_error: { reject: { most: 6 } }")]
    [InlineData("int: 3", "int: 4")]
    [InlineData("CC0-1.0", "CC0-1")]
    [InlineData("drop: rest", "drop: rest }\n  u: { from: p, write.test: { file: b.json }")]
    public void The_digest_sees_what_can_change_a_result(string old, string changed) =>
        Assert.NotEqual(LoadGood(Source).ConfigDigest,
            LoadGood(Source.Replace(old, changed, StringComparison.Ordinal)).ConfigDigest);

    [Fact]
    public void Stages_stand_in_an_order_in_which_each_comes_after_its_inputs_else_in_that_of_the_file()
    {
        LoadedPipeline loaded = LoadGood(Pipeline("""
            late:  { from: b, write.test: {} }
            b:     { from: a, pass: {} }
            other: { read.test: { root: x } }
            a:     { from: other, pass: {} }
            """));
        Assert.Equal(["other", "a", "b", "late"], loaded.Graph!.Nodes.Select(n => n.Name));
        Assert.Equal(new PortRef(2, 0), Assert.Single(loaded.Graph!.Nodes[3].Inputs));
    }

    [Fact]
    public void Options_of_a_stage_reach_the_graph()
    {
        GraphNode node = LoadGood(Pipeline("""
            a: { read.test: { root: x } }
            b:
              doc: why
              concurrency: 3
              on_error: { reject: { most: 7, percent: 1.5 } }
              pass: {}
              drop: [out, errors]
            """) + "chunks: { samples: 5, bytes: 1000 }\n").Graph!.Nodes[1];
        Assert.Equal(("why", 3, ErrorPolicy.Reject), (node.Doc, node.Concurrency, node.OnError));
        Assert.Equal(new RejectBudget(7, 1.5), node.RejectBudget);
    }

    [Fact]
    public void Missing_inputs_are_found_by_a_step_of_its_own_with_a_hint()
    {
        using var folder = new TempFolder();
        folder.Write("data/val.json", "");
        string path = folder.Write("p.yaml", Pipeline("""
            a: { read.test: { root: data/vall.json, more: [data/*.json, data/*.csv, gone/x] }, drop: out }
            """));
        LoadedPipeline loaded = PipelineFile.Load(path, Options);
        Assert.Empty(loaded.Problems);
        Assert.Equal(
        [
            "5:27: there is no file or folder 'data/vall.json'; did you mean 'val.json'?",
            $"5:63: nothing fits the pattern 'data/*.csv'; looked for {folder["data/*.csv"]}",
            $"5:75: there is no file or folder 'gone/x'; the folder {folder["gone"]} does not exist",
        ], loaded.CheckInputs().Select(p => $"{p.Line}:{p.Column}: {p.Message}; {p.Hint}"));
    }

    [Theory]
    [InlineData("", "p.yaml:1:1: error: the file is empty; begin it with 'segpipe: 1'")]
    [InlineData("- a\n", "p.yaml:1:1: error: a pipeline file must be a map (segpipe, name, stages, ...), found a list")]
    [InlineData("segpipe: 1\nname: t\n", "p.yaml:1:1: error: the pipeline has no stages; " +
        "add a reader under 'stages', e.g. photos: { read.synthetic: { count: 10 } }")]
    [InlineData("segpipe: 1\nname: t\nstages: [a]\n", "p.yaml:3:9: error: 'stages' must be a map, found a list")]
    [InlineData("segpipe: 1\nname: a/b\nstages: { a: { read.test: { root: x }, drop: out } }\n",
        "p.yaml:2:7: error: 'a/b' cannot be the name of a pipeline; " +
        "use letters, digits, dots, hyphens and underscores")]
    [InlineData("segpipe: 1\nname: t\nstages: { a: { read.test: { root: x } }, b: { write.test: {} } }\n",
        "p.yaml:1:1: error: the pipeline writes files and does not say where; " +
        "add a section, e.g. release: { to: ../releases/name }")]
    public void A_file_that_is_no_pipeline_is_reported(string text, string expected) =>
        Assert.Equal([expected], ProblemsOf(text));

    [Fact]
    public void Every_fault_of_the_header_is_told_at_once() => Assert.Equal(
    [
        "p.yaml:2:7: error: 'a/b' cannot be the name of a pipeline; " +
            "use letters, digits, dots, hyphens and underscores",
        "p.yaml:3:7: error: 'seed' of the pipeline must be a whole number, found the text 'soon'",
        "p.yaml:4:12: error: 'published' must be a day, found 'today'; write it as 2026-11-28",
    ], ProblemsOf("segpipe: 1\nname: a/b\nseed: soon\npublished: today\n" +
        "stages: { a: { read.test: { root: x }, drop: out } }\n"));

    [Fact]
    public void A_file_that_cannot_be_opened_is_a_problem_and_not_an_exception()
    {
        using var folder = new TempFolder();
        Assert.Equal("the file cannot be opened: Could not find file '" + folder["gone.yaml"] + "'.",
            Assert.Single(PipelineFile.Load(folder["gone.yaml"], Options).Problems).Message);
        Assert.Single(PipelineFile.Load(folder.Path, Options).Problems);
        File.WriteAllBytes(folder["latin.yaml"], [0x61, 0x3A, 0x20, 0xE9, 0x0A]);
        Assert.Equal("the file is not UTF-8 text",
            Assert.Single(PipelineFile.Load(folder["latin.yaml"], Options).Problems).Message);
        Assert.Single(PipelineFile.Load("a\0b", Options).Problems);
    }
}
