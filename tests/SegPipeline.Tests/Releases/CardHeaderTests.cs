using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SegPipeline.Engine;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.Images;
using SegPipeline.Formats.Parquet;
using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Releases;
using SegPipeline.Stages;
using YamlDotNet.RepresentationModel;

namespace SegPipeline.Tests.Releases;

/// <summary>What stands in front of a dataset card for Hugging Face.</summary>
public sealed class CardHeaderTests
{
    private static readonly ImmutableSortedDictionary<string, long> None =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    private static ReleaseRecord Written(params (Writer Writer, long Samples)[] writers) => TestRelease.Record with
    {
        Graph = new PipelineGraph("demo", 1, [.. writers.Select((w, i) => new GraphNode($"w{i}", w.Writer, []))]),
        Result = new RunResult(new Ledger([.. writers.Select((w, i) =>
        {
            var account = new Account(w.Samples, w.Samples, 0, None, None);
            return new LedgerEntry($"w{i}", account, account, None) { SamplesByPort = None };
        })])),
    };

    private static CocoWriter Coco(string file) => new CocoWriter { File = ReleaseName.From(file) };

    [Theory]
    [InlineData("CC-BY-4.0", "license: cc-by-4.0\n")]
    [InlineData("cc0-1.0", "license: cc0-1.0\n")]
    [InlineData("ODbL-1.0", "license: odbl\n")]
    [InlineData("Ask us", "license: other\nlicense_name: \"Ask us\"\n")]
    [InlineData("https://example.org/terms",
        "license: other\nlicense_name: \"https://example.org/terms\"\nlicense_link: \"https://example.org/terms\"\n")]
    public void The_licence_is_one_of_the_hub_or_an_other_with_its_name(string licence, string expected) =>
        Assert.StartsWith("---\n" + expected + "pretty_name:", CardHeader.Text(
            Written() with { Card = new CardText { Licence = licence } }), StringComparison.Ordinal);

    [Fact]
    public void What_nobody_said_is_left_out() =>
        Assert.Equal("---\npretty_name: \"demo\"\ntags:\n- \"segpipeline\"\n---\n\n", CardHeader.Text(Written()));

    [Theory]
    [InlineData(0, "n<1K")]
    [InlineData(999, "n<1K")]
    [InlineData(1_000, "1K<n<10K")]
    [InlineData(123_456, "100K<n<1M")]
    [InlineData(2_000_000_000_000, "n>1T")]
    public void The_size_is_the_range_of_the_hub(long samples, string size) =>
        Assert.Contains($"size_categories:\n- {size}\n", CardHeader.Text(Written((Coco("a.json"), samples))),
            StringComparison.Ordinal);

    [Fact]
    public void Parts_in_one_format_count_together_and_another_format_does_not_count_again() =>
        Assert.Contains("size_categories:\n- 1K<n<10K\n", CardHeader.Text(Written(
            (Coco("a.json"), 600), (Coco("b.json"), 600), (new ParquetWriter(), 1200))), StringComparison.Ordinal);

    [Fact]
    public void A_release_of_pictures_alone_has_no_task() =>
        Assert.DoesNotContain("task_categories", CardHeader.Text(Written((new ImagesWriter(), 5))),
            StringComparison.Ordinal);

    [Fact]
    public void The_splits_of_Parquet_files_are_named_with_their_patterns()
    {
        ReleaseRecord record = Written((new ParquetWriter(), 5));
        RecordTable Rows(string split) => new("rows", $"data/{split}-*.parquet", []) { Split = split };
        record = record with
        {
            Result = record.Result with { Tables = [("a", Rows("train")), ("b", Rows("val"))] },
        };
        YamlMappingNode header = Parsed(record);
        var config = (YamlMappingNode)Assert.Single((YamlSequenceNode)header.Children["configs"]);
        Assert.Equal("default", config.Children["config_name"]);
        Assert.Equal(["train data/train-*.parquet", "val data/val-*.parquet"],
            ((YamlSequenceNode)config.Children["data_files"]).Cast<YamlMappingNode>()
                .Select(f => $"{f.Children["split"]} {f.Children["path"]}"));
    }

    [Fact]
    public void Folders_of_tables_have_configurations_with_names_of_their_own()
    {
        ReleaseRecord record = Written((new ParquetWriter(), 5));
        record = record with
        {
            Result = record.Result with
            {
                Tables = [.. new[] { "a/b", "a-b", "a?b" }.Select(folder =>
                    ("w", new RecordTable("rows", $"{folder}/train-*.parquet", []) { Split = "train" }))],
            },
        };
        Assert.Equal(["a-b", "a-b-2", "a-b-2-2"], ((YamlSequenceNode)Parsed(record).Children["configs"])
            .Select(c => ((YamlScalarNode)((YamlMappingNode)c).Children["config_name"]).Value!));
    }

    [Fact]
    public void A_task_that_the_hub_does_not_know_is_a_tag()
    {
        string text = CardHeader.Text(Written((new TaskWriter(), 5)));
        Assert.Contains("task_categories:\n- mask-generation\nsize_categories:", text, StringComparison.Ordinal);
        Assert.Contains("- \"video-object-segmentation\"\n- \"segpipeline\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_task_of_a_stage_is_known_to_the_hub() => Assert.All(
        StageCatalog.Default.Stages.Where(s => typeof(Writer).IsAssignableFrom(s.Type)),
        s => Assert.All(((Writer)RuntimeHelpers.GetUninitializedObject(s.Type)).Tasks,
            task => Assert.True(HubTasks.Has(task), task)));

    [Fact]
    public void Any_title_and_keyword_is_YAML()
    {
        const string odd = "- \"a\": [b] # c\n---\n\u00e9\\";
        YamlMappingNode header = Parsed(Written((Coco("a.json"), 3)) with
        {
            Card = new CardText { Title = odd, Keywords = [odd], Licence = odd },
        });
        Assert.Equal(odd, header.Children["pretty_name"]);
        Assert.Equal(odd, header.Children["license_name"]);
        Assert.Equal([odd, "coco", "segpipeline"],
            ((YamlSequenceNode)header.Children["tags"]).Select(t => ((YamlScalarNode)t).Value!));
        Assert.Equal("image-segmentation", ((YamlSequenceNode)header.Children["task_categories"])[0]);
    }

    [Stage("write.task")]
    private sealed record TaskWriter : Writer
    {
        public override IReadOnlyList<string> Tasks => ["mask-generation", "video-object-segmentation"];

        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            throw new NotSupportedException();
    }

    private static YamlMappingNode Parsed(ReleaseRecord record)
    {
        string text = CardHeader.Text(record);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text[..text.LastIndexOf("---", StringComparison.Ordinal)]));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
