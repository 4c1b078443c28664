using System.Text.Json.Nodes;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Schemas;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Pipelines.Schemas;

public sealed class PipelineSchemaTests
{
    private static readonly string Folder = Path.Combine(SharedData.Root, "pipelines");
    private static readonly JsonObject Schema =
        JsonNode.Parse(PipelineSchema.Generate(StageCatalog.Default))!.AsObject();

    private static JsonObject TestSchema { get; } =
        JsonNode.Parse(PipelineSchema.Generate(TestStages.Catalog))!.AsObject();

    public static TheoryData<string> ShippedPipelines =>
        new(Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    private static List<string> Check(string yaml, JsonObject schema)
    {
        var problems = new ProblemList("p.yaml");
        YamlNode root = YamlReader.Read(yaml, "p.yaml", problems)!;
        Assert.Empty(problems.Sorted());
        return new SchemaValidator(schema).Check(JsonText.Of(root));
    }

    [Fact]
    [Trait("Category", "Generated")]
    public void The_schema_beside_the_pipelines_is_the_one_that_the_stages_make()
    {
        string path = Path.Combine(Folder, "pipeline.schema.json");
        string generated = PipelineSchema.Generate(StageCatalog.Default);
        if (Environment.GetEnvironmentVariable("SEGPIPELINE_REGENERATE") == "1") File.WriteAllText(path, generated);
        Assert.True(File.ReadAllText(path) == generated, $"{path} is stale: run 'make docs'");
    }

    [Theory]
    [MemberData(nameof(ShippedPipelines))]
    public void The_schema_accepts_every_shipped_pipeline(string name) =>
        Assert.Empty(Check(File.ReadAllText(Path.Combine(Folder, name)), Schema));

    [Theory]
    [InlineData("a: { pass: { count: 5, label: x, shade: light, parts: { a: 1 } } }")]
    [InlineData("a: { pass: { count: $n, shade: $s, ratio: ${r}, parts: { a: $p }, label: $l-x } }")]
    [InlineData("a: { from: [b, c.rest], on_error: { reject: { most: 3 } }, concurrency: 2, doc: d, drop: out, " +
        "pass: }")]
    [InlineData("a: { use.tidy: { any: 1 } }")]
    [InlineData("a: { read.test: { root: x, more: y } }")]
    [InlineData("a: { read.test: { root: x, more: [y, $z] } }")]
    [InlineData("<<: &x { a: { pass: {} } }")]
    public void What_loads_is_accepted(string stages) =>
        Assert.Empty(Check($"segpipe: 1\nname: t\nstages: {{ {stages} }}\n", TestSchema));

    [Theory]
    [InlineData("a: { pass: { count: 0 } }", "/stages/a/pass/count: minimum")]
    [InlineData("a: { pass: { count: five } }", "/stages/a/pass/count: pattern")]
    [InlineData("a: { pass: { cuont: 5 } }", "/stages/a/pass/cuont: false")]
    [InlineData("a: { pass: { shade: dark } }", "/stages/a/pass/shade: anyOf")]
    [InlineData("a: { pass: { label: true } }", "/stages/a/pass/label: type")]
    [InlineData("a: { psas: {} }", "/stages/a/psas: false")]
    [InlineData("a: { read.test: {} }", "/stages/a/read.test: required root")]
    [InlineData("a: { read.test: }", "/stages/a/read.test: type")]
    [InlineData("a: { on_error: rejct, pass: {} }", "/stages/a/on_error: anyOf")]
    [InlineData("a: {}", "/stages/a: minProperties")]
    public void What_does_not_load_is_refused(string stages, string expected) =>
        Assert.Equal([expected], Check($"segpipe: 1\nname: t\nstages: {{ {stages} }}\n", TestSchema));

    [Theory]
    [InlineData("name: t\nstages: {}\n", ": required segpipe")]
    [InlineData("segpipe: 2\nname: t\nstages: {}\n", "/segpipe: const")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\nstage: {}\n", "/stage: false")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\nparams: { x: { itn: 4 } }\n",
        "/params/x: oneOf|/params/x/itn: false")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\nparams: { x: { int: [] } }\n", "/params/x/int: type")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\nchunks: { samples: 0 }\n", "/chunks/samples: minimum")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\ntests: [ { name: x, given: { a: [ { kye: 1 } ] } } ]\n",
        "/tests/0/given/a/0/kye: false")]
    [InlineData("segpipe: 1\nname: t\nstages: {}\ndefine: { m: { stages: { s: { pass: 5 } } } }\n",
        "/define/m/stages/s/pass: type")]
    public void A_file_of_another_shape_is_refused(string yaml, string expected) =>
        Assert.Equal(expected.Split('|').Order(StringComparer.Ordinal),
            Check(yaml, TestSchema).Order(StringComparer.Ordinal));

    [Fact]
    public void Help_defaults_and_examples_reach_the_editor()
    {
        JsonNode stage = Schema["$defs"]!["stage-encode_rle"]!;
        Assert.StartsWith("Writes shapes as COCO run lengths", stage["description"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains("```yaml\nencoded: { encode_rle: { form: compressed } }\n```",
            stage["markdownDescription"]!.GetValue<string>(), StringComparison.Ordinal);
        JsonNode form = stage["properties"]!["form"]!;
        Assert.Equal("compressed", form["default"]!.GetValue<string>());
        Assert.Contains("- counts: As a list of counts.", form["description"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_stages_has_a_row_for_each()
    {
        string table = StageTable.Markdown(StageCatalog.Default);
        Assert.Equal(StageCatalog.Default.Stages.Count + 2, table.TrimEnd().Split('\n').Length);
        Assert.Contains("| `drop_crowds` | transform | ", table, StringComparison.Ordinal);
        Assert.All(table.TrimEnd().Split('\n'), row => Assert.Equal(5, row.Replace("\\|", "", StringComparison.Ordinal)
            .Count(c => c == '|')));
    }
}
