using SegPipeline.Cli.Converting;
using SegPipeline.Detection;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages;
using SegPipeline.Tests.Cli;

namespace SegPipeline.Tests.Conventions;

/// <summary>What conversions know of formats is what the stages say of themselves; no format is forgotten.</summary>
public sealed class ConversionRulesTests
{
    // They write lists, scores and pictures, which are no datasets to be read again.
    private static readonly string[] NoDatasets = ["images", "jsonl", "scores"];

    public static TheoryData<string> Targets => [.. ConversionTarget.All.Select(t => t.Format)];

    private static readonly string[] Readers =
        [.. StageCatalog.Default.Stages.Where(s => s.Recognise is not null).Select(s => s.Name)];

    public static TheoryData<string> Recognised => [.. Readers];

    [Fact]
    public void Every_writer_of_datasets_is_a_target()
    {
        var writers = StageCatalog.Default.Stages.Where(s => s.Kind == StageKind.Writer)
            .Select(s => s.Name["write.".Length..]);
        Assert.Equal(writers.Order(StringComparer.Ordinal),
            ConversionTarget.All.Select(t => t.Format).Concat(NoDatasets).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_format_that_is_recognised_is_converted_in_the_tests() => Assert.Equal(
        Readers.Select(DetectedDatasets.Short).Order(StringComparer.Ordinal),
        ConvertibleDatasets.Sources.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_is_what_its_writer_says_of_itself(string format)
    {
        ConversionTarget target = ConversionTarget.Find(format)!;
        StageEntry entry = StageCatalog.Default.Find("write." + format)!;
        Writer writer = Assert.IsAssignableFrom<Writer>(Bound($"write.{format}: {{ {target.Keys} }}", writes: true));
        if (writer.InputKind is { } kind) Assert.Equal(kind, target.Kind);
        StageKey? photos = entry.Keys.FirstOrDefault(
            k => k.Name is "images" or "frames" && k.AllowedWords.Count > 0);
        Assert.Equal(photos?.Name, target.PhotoKey);
        Assert.Equal(photos?.AllowedWords.Any(w => w.Word == "embed") ?? false, target.EmbedsPhotos);
        if (photos is not null && !target.EmbedsPhotos)
            Assert.Equal(PhotoChoice.Words, photos.AllowedWords.Select(w => w.Word));
    }

    [Theory]
    [MemberData(nameof(Recognised))]
    public void A_reader_that_is_told_of_photos_says_whether_it_was(string name)
    {
        StageEntry entry = StageCatalog.Default.Find(name)!;
        string required = Required(name);
        StageKey? photos = entry.Keys.FirstOrDefault(k => k.Name is "images" or "frames" && !k.IsRequired);
        var without = (Reader)Bound($"{name}: {{ {required} }}", writes: false);
        // Parquet files may have photos in them, and those that are not there do not say that they have none.
        Assert.Equal(photos is null || name == "read.parquet", without.FindsPhotos);
        if (photos is not null)
            Assert.True(((Reader)Bound($"{name}: {{ {required}, {photos.Name}: y }}", writes: false)).FindsPhotos);
    }

    [Fact]
    public void Readers_whose_objects_are_records_can_be_written_as_records_without_more()
    {
        Assert.Equal(["read.coco", "read.parquet", "read.ytvis"],
            Readers.Where(name => Objects(name) == ObjectSource.Records));
        Assert.Equal(ObjectSource.Folders, Objects("read.kaggle_classes"));
    }

    private static ObjectSource Objects(string name) =>
        ((Reader)Bound($"{name}: {{ {Required(name)} }}", writes: false)).Objects;

    // Sizes of pictures that lie nowhere have to be told.
    private static string Required(string name) => string.Join(", ", StageCatalog.Default.Find(name)!.Keys
        .Where(k => k.IsRequired).Select(k => $"{k.Name}: x.json")
        .Concat(name == "read.kaggle_rle" ? ["height: 1", "width: 1"] : []));

    private static Stage Bound(string stage, bool writes)
    {
        string name = stage[..stage.IndexOf(':', StringComparison.Ordinal)];
        string drop = string.Join(", ", StageCatalog.Default.Find(name)!.Ports.Skip(1));
        int frames = ConvertibleDatasets.IsVideo(name["write.".Length..]) ? 2 : 1;
        LoadedPipeline loaded = PipelineFile.Parse($$"""
            segpipe: 1
            name: bound
            stages:
              first: { {{(writes ? $"read.synthetic: {{ frames: {frames} }}" : $"{stage}, drop: [{drop}]")}} }
              last: { {{(writes ? stage : "write.jsonl: { file: a.jsonl }")}} }
            release: { to: out }
            """, "bound.yaml");
        Assert.Empty(loaded.Problems);
        return loaded.Graph!.Nodes[writes ? 1 : 0].Stage;
    }
}
