using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class ParameterTests
{
    private const string Stages = """

        stages:
          a: { read.test: { root: $data/x.json, more: [$data, "${data}/y"] } }
          b: { pass: { count: $count, label: "n-$count-$$5-$label", ratio: $ratio, shade: $shade } }
          c: { write.test: {} }
        release: { to: out/$label }
        """;

    private const string Params = """
        segpipe: 1
        name: test
        params:
          data:  { path: ${env:DATA}, default: ../d }
          count: { int: 10, min: 1, max: 50, doc: how many }
          ratio: { number: 1 }
          label: { string: "007" }
          deep:  { bool: true }
          shade: { choice: [light, dark_grey], default: light }
        """;

    private static LoadOptions With(params (string Name, string Value)[] set) =>
        Options with { Set = set.ToDictionary(s => s.Name, s => s.Value) };

    private static T Stage<T>(LoadedPipeline loaded, string name) =>
        Assert.IsAssignableFrom<T>(loaded.Graph!.Nodes.Single(n => n.Name == name).Stage);

    private static LoadedPipeline LoadGood(string yaml, LoadOptions? options = null)
    {
        LoadedPipeline loaded = Load(yaml, options);
        Assert.Empty(loaded.Problems);
        return loaded;
    }

    [Fact]
    public void A_value_that_is_only_a_reference_keeps_its_type_and_text_takes_text()
    {
        Pass pass = Stage<Pass>(LoadGood(Params + Stages), "b");
        Assert.Equal((10, "n-10-$5-007", 1.0, Shade.Light), (pass.Count, pass.Label, pass.Ratio, pass.Shade));
    }

    [Fact]
    public void A_path_is_relative_to_the_file_and_may_be_continued()
    {
        ReadTest reader = Stage<ReadTest>(LoadGood(Params + Stages), "a");
        Assert.Equal("../d/x.json", reader.Root.Text);
        Assert.Equal(Path.GetFullPath("../d/y"), reader.More[1].FullPath);
    }

    [Fact]
    public void Set_overrides_by_name_with_the_type_of_the_declaration()
    {
        LoadedPipeline loaded = LoadGood(Params + Stages,
            With(("count", "20"), ("label", "true"), ("shade", "dark_grey"), ("data", "/abs")));
        Pass pass = Stage<Pass>(loaded, "b");
        Assert.Equal((20, "n-20-$5-true", Shade.DarkGrey), (pass.Count, pass.Label, pass.Shade));
        Assert.Equal("/abs/x.json", Stage<ReadTest>(loaded, "a").Root.FullPath);
        Assert.Equal(Path.GetFullPath("out/true"), loaded.ReleaseFolder);
    }

    [Theory]
    [InlineData("cuont", "5",
        "p.yaml:4:3: error: --set names a parameter 'cuont' that is not there; did you mean 'count'?")]
    [InlineData("count", "x", "p.yaml:5:3: error: the parameter 'count' must be a whole number, found the text 'x'")]
    [InlineData("count", "99", "p.yaml:5:3: error: the parameter 'count' must be at least 1 and at most 50, found 99")]
    [InlineData("deep", "yes", "p.yaml:8:3: error: the parameter 'deep' must be true or false, found the text 'yes'; " +
        "write true")]
    [InlineData("shade", "lihgt", "p.yaml:9:3: error: the parameter 'shade' must be one of light, dark_grey, " +
        "found the text 'lihgt'; did you mean 'light'?")]
    public void A_bad_value_from_the_command_line_is_reported_where_the_parameter_is_declared(
        string name, string value, string expected) =>
        Assert.Equal([expected], ProblemsOf(Params + Stages, With((name, value))));

    [Fact]
    public void The_environment_is_read_under_params_and_recorded()
    {
        LoadOptions options = Options with { Environment = n => n == "DATA" ? "/env" : null };
        LoadedPipeline loaded = LoadGood(Params + Stages, options);
        Assert.Equal("/env/x.json", Stage<ReadTest>(loaded, "a").Root.Text);
        Assert.Equal("/env", loaded.EnvironmentRead["DATA"]);
        Assert.Equal(("data", "/env", "${env:DATA}"),
            (loaded.Parameters[0].Name, loaded.Parameters[0].Value, loaded.Parameters[0].Recorded));
        Assert.Equal("how many", loaded.Parameters[1].Doc);
        Assert.Null(LoadGood(Params + Stages).EnvironmentRead["DATA"]);
    }

    [Fact]
    public void A_default_may_refer_to_the_parameters_above_it()
    {
        LoadedPipeline loaded = LoadGood("""
            segpipe: 1
            name: test
            params:
              year: { int: 2017 }
              data: { path: ../coco }
              file: { path: $data/val$year.json }
            stages:
              a: { read.test: { root: $file }, drop: out }
            """);
        Assert.Equal("../coco/val2017.json", Stage<ReadTest>(loaded, "a").Root.Text);
    }

    [Theory]
    [InlineData("x: { int: a }", "4:13: error: the parameter 'x' must be a whole number, found the text 'a'")]
    [InlineData("x: { int: 5, max: 3 }", "4:13: error: the parameter 'x' must be at most 3, found 5")]
    [InlineData("x: { int: 5, max: b }",
        "4:21: error: 'max' of the parameter 'x' must be a number, found the text 'b'")]
    [InlineData("x: { string: a, min: 3 }", "4:19: error: 'min' is for numbers, and the parameter 'x' is none")]
    [InlineData("x: { itn: 5 }", "4:8: error: unknown key 'itn' in the parameter 'x'; did you mean 'int'?")]
    [InlineData("x: { doc: none }", "4:3: error: the parameter 'x' does not say its type; " +
        "one of path, int, number, string, bool, choice")]
    [InlineData("x: { int: 5, bool: true }", "4:16: error: the parameter 'x' has two types, int and bool")]
    [InlineData("x: 5", "4:6: error: the parameter 'x' must be a map such as { int: 1000 }, found 5")]
    [InlineData("x: { choice: small }", "4:16: error: the choices of the parameter 'x' must be a list of words, " +
        "found the text 'small'; e.g. { choice: [small, large], default: small }")]
    [InlineData("x: { choice: [a, b], default: c }", "4:33: error: the parameter 'x' must be one of a, b, " +
        "found the text 'c'")]
    [InlineData("x: { path: }",
        "4:3: error: the parameter 'x' has no value; give it with --set x=..., or write a default")]
    [InlineData("x: { path: ${env:NOPE} }", "4:3: error: the parameter 'x' has no value; " +
        "give it with --set x=..., or write a default")]
    [InlineData("x-y: { int: 1 }", "4:3: error: 'x-y' cannot be the name of a parameter; " +
        "use letters, digits and underscores")]
    [InlineData("x: { string: $y }\n  y: { int: 1 }", "4:16: error: there is no parameter 'y'; " +
        "write '$$' for a dollar sign")]
    public void A_declaration_that_is_no_use_is_reported(string declaration, string expected) => Assert.Equal(
        ["p.yaml:" + expected],
        ProblemsOf($"segpipe: 1\nname: t\nparams:\n  {declaration}\n" +
            "stages:\n  a: { read.test: { root: x }, drop: out }\n"));

    [Theory]
    [InlineData("root: $nope", "5:27: error: there is no parameter 'nope'; write '$$' for a dollar sign")]
    [InlineData("root: a/b$nope/c", "5:30: error: there is no parameter 'nope'; write '$$' for a dollar sign")]
    [InlineData("root: ${env:HOME}", "5:27: error: the environment is read only under params; " +
        "declare a parameter, e.g. { string: ${env:HOME} }, and refer to that")]
    public void A_reference_to_nothing_is_reported_where_it_stands(string key, string expected) => Assert.Equal(
        ["p.yaml:" + expected], ProblemsOf(Pipeline($"a: {{ read.test: {{ {key} }}, drop: out }}")));

    [Theory]
    [InlineData("parms:\n  x: { int: 3 }\nstages:\n  a: { read.test: { root: $x }, drop: out }",
        "3:1: error: unknown key 'parms' in the pipeline; did you mean 'params'?")]
    [InlineData("params: [x]\nstages:\n  a: { read.test: { root: $x }, drop: out }",
        "3:9: error: 'params' must be a map, found a list")]
    [InlineData("params: { x: { int: 3 }\nstages:\n  a: { read.test: { root: $x }, drop: out }",
        "3:9: error: this '{' is never closed; add the missing '}'")]
    [InlineData("include: gone/x.yaml\nstages:\n  a: { use.tidy: { root: $x }, drop: out }",
        "3:10: error: the file cannot be opened: Could not find a part of the path 'gone/x.yaml'.")]
    [InlineData("define: { tidy: { stages: 5 } }\nstages:\n  a: { use.tidy: {}, drop: out }",
        "3:27: error: 'stages' of the macro 'tidy' must be a map, found 5")]
    [InlineData("params: { x: { path: \"a\\0b\" } }\nstages:\n  a: { read.test: { root: $x }, drop: out }",
        "3:22: error: the parameter 'x' must be a path, found the text 'a\\u0000b'")]
    [InlineData("release: { to: \"\" }\nstages:\n  a: { read.test: { root: x }, drop: out }",
        "3:16: error: 'to' of 'release' must be a path")]
    public void What_could_not_be_read_is_not_missed_a_second_time(string rest, string expected) => Assert.Equal(
        ["p.yaml:" + expected],
        ProblemsOf("segpipe: 1\nname: t\n" + rest).Select(p =>
            p.Replace(Environment.CurrentDirectory + "/", "", StringComparison.Ordinal)));

    [Fact]
    public void A_broken_parameter_makes_no_noise_where_it_is_used() => Assert.Equal(
        ["p.yaml:4:15: error: the parameter 'x' must be a whole number, found the text 'a'"],
        ProblemsOf("""
            segpipe: 1
            name: t
            params:
              x: { int:   a }
            stages:
              a: { read.test: { root: r } }
              b: { pass: { count: $x, label: l$x } }
              c: { write.test: {} }
            release: { to: out }
            """));
}
