using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Resolving;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Pipelines.Catalogs;

public sealed class StageCatalogTests
{
    public static TheoryData<string> StageNames => new(StageCatalog.Default.Stages.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(StageNames))]
    public void The_example_of_every_stage_binds_and_passes_its_own_check(string name)
    {
        StageEntry entry = StageCatalog.Default.Find(name)!;
        var problems = new ProblemList(name);
        Stage? stage = StageExample.Bind(entry, problems);
        Assert.Empty(problems.Sorted());
        Assert.Empty(stage!.Check());
    }

    [Theory]
    [MemberData(nameof(StageNames))]
    public void Every_stage_key_and_word_is_documented(string name)
    {
        StageEntry entry = StageCatalog.Default.Find(name)!;
        Assert.NotEmpty(entry.Summary);
        Assert.All(entry.Keys, key => Assert.NotEmpty(key.Summary));
        Assert.All(entry.Keys.SelectMany(k => k.AllowedWords), word => Assert.NotEmpty(word.Summary));
    }

    [Theory]
    [MemberData(nameof(StageNames))]
    public void The_resolved_form_of_every_example_binds_to_itself(string name)
    {
        StageEntry entry = StageCatalog.Default.Find(name)!;
        var problems = new ProblemList(name);
        var scope = new BindScope(name, problems, new PathScope("p.yaml"));
        string text = YamlEmitter.Write((YamlMap)entry.Shape.Write(StageExample.Bind(entry, problems)));
        YamlNode read = text.Length == 0 ? new YamlMap(default, []) : YamlReader.Read(text, "p.yaml", problems)!;
        read = new Substitution(new Dictionary<string, Parameter?>(), problems).Apply(read);
        BoundValue? again = entry.Shape.Bind(read, default, scope);
        Assert.Empty(problems.Sorted());
        Assert.Equal(text, YamlEmitter.Write((YamlMap)again!.Resolved));
    }

    [Fact]
    public void A_stage_is_described_from_its_one_source_file()
    {
        StageEntry entry = StageCatalog.Default.Find("encode_rle")!;
        Assert.Equal(StageKind.Transform, entry.Kind);
        Assert.Equal(["out"], entry.Ports);
        Assert.StartsWith("Writes shapes as COCO run lengths", entry.Summary, StringComparison.Ordinal);
        StageKey form = entry.Keys[0];
        Assert.Equal(("form", "one of compressed, counts", false, "\"compressed\""),
            (form.Name, form.Type, form.IsRequired, form.Default));
        Assert.Equal(["compressed", "counts"], form.AllowedWords.Select(w => w.Word));
    }

    [Fact]
    public void The_closest_stage_is_found() =>
        Assert.Equal("drop_crowds", StageCatalog.Default.Closest("drop_crowd"));

    [Theory]
    [InlineData("MinArea", "min_area")]
    [InlineData("RLEColumn", "rle_column")]
    [InlineData("Top1", "top1")]
    [InlineData("FirstK", "first_k")]
    [InlineData("Of", "of")]
    public void Names_of_yaml_are_those_of_csharp_in_snake_case(string csharp, string yaml) =>
        Assert.Equal(yaml, SnakeCase.Of(csharp));
}
