using System.Text;
using SegPipeline.Detection;
using SegPipeline.Engine;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Detection;

/// <summary>What writers write is recognised by the readers that mirror them.</summary>
public sealed class DetectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, int, string> Written => new()
    {
        { "coco", 1, "write.coco: { file: annotations/all.json, images: copy }" },
        { "coco_panoptic", 1, "write.coco_panoptic: { file: annotations/all.json, images: copy }" },
        { "label_maps", 1, "write.label_maps: { images: copy }" },
        { "voc", 1, "write.voc: { set: train, images: copy }" },
        { "triplets", 1, "write.triplets: { role: gt, names: part, images: copy, taxonomy: classes.csv }" },
        { "kaggle_masks", 1, "write.kaggle_masks: { images: copy }" },
        { "kaggle_rle", 1, "write.kaggle_rle: { file: train.csv, class_column: ClassId }" },
        { "parquet", 1, "write.parquet: {}" },
        { "ytvis", 4, "write.ytvis: { file: train.json, frames: copy }" },
        { "palette", 4, "write.palette: { frames: copy }" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_release_is_told_by_what_wrote_it(string format, int frames, string writer)
    {
        string release = await WriteAsync(frames, writer);
        DetectedDataset found = Assert.Single(DatasetDetection.Detect(release).Candidates);
        Assert.Equal(format, found.Format);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_dataset_is_told_without_a_manifest(string format, int frames, string writer)
    {
        string release = await WriteAsync(frames, writer);
        File.Delete(Path.Combine(release, "MANIFEST.json"));
        Assert.Equal(format, DatasetDetection.Detect(release).Best().Format);
    }

    [Fact]
    public void Every_reader_recognises_its_datasets_but_the_one_whose_datasets_lie_nowhere()
    {
        string[] silent =
        [
            .. StageCatalog.Default.Stages.Where(s => s.Kind == StageKind.Reader && s.Recognise is null)
                .Select(s => s.Name),
        ];
        Assert.Equal(["read.synthetic"], silent);
    }

    [Fact]
    public void Every_reader_with_a_mirror_is_held_against_what_that_writes()
    {
        string[] names = [.. StageCatalog.Default.Stages.Select(s => s.Name)];
        var mirrored = names.Where(n => n.StartsWith("read.", StringComparison.Ordinal))
            .Select(DetectedDatasets.Short).Where(n => names.Contains("write." + n, StringComparer.Ordinal));
        Assert.Equal(mirrored.Order(StringComparer.Ordinal),
            Written.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_at_all_is_told_as_such()
    {
        BadDataException fault = Assert.Throws<BadDataException>(() => DatasetDetection.Detect(_folder["none"]));
        Assert.Equal("DATASET_MISSING", fault.Problems[0].Code);
    }

    [Fact]
    public void An_empty_folder_says_what_was_looked_for()
    {
        Directory.CreateDirectory(_folder["empty"]);
        BadDataException fault = Assert.Throws<BadDataException>(
            () => DatasetDetection.Detect(_folder["empty"]).Chosen());
        Assert.Contains("looked for annotation files", fault.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("found nothing in it", fault.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_that_nothing_reads_says_what_wrote_it()
    {
        Directory.CreateDirectory(_folder["yolo"]);
        File.WriteAllText(_folder["yolo/MANIFEST.json"],
            """{"segpipe_manifest": 1, "stages": [{"name": "out", "stage": "write.yolo"}]}""");
        BadDataException fault = Assert.Throws<BadDataException>(
            () => DatasetDetection.Detect(_folder["yolo"]).Chosen());
        Assert.Contains("written by write.yolo, which nothing reads", fault.Problems[0].Message,
            StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string, string> Obstacles => new()
    {
        { "annotations/a.json.gz", [0x1F, 0x8B, 8, 0], "'annotations/a.json.gz' is a file that gzip packed", "unpack" },
        { "a.json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")], "'a.json' is text in UTF-16", "UTF-8" },
        { "a.json", [.. "{\"images\": [}"u8], "'a.json' is no JSON: it cannot be read beyond byte 12", "correct" },
        { "a.json", [.. "{\"shapes\": [], \"imagePath\": 1}"u8], "the members 'shapes', 'imagePath'", "COCO" },
        { "labels/train/a.txt", [.. "0 0.1 0.2 0.3 0.4 0.5 0.6\n"u8], "as YOLO has them, which nothing", "COCO" },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void What_would_be_a_dataset_if_it_were_written_otherwise_is_told_with_how(
        string name, byte[] content, string message, string remedy)
    {
        _folder.WriteBytes("d/" + name, content);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(
            () => DatasetDetection.Detect(_folder["d"]).Chosen()).Problems);
        Assert.Equal("UNKNOWN_DATASET", problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_first_annotation_has_what_is_no_JSON_is_told_by_its_images()
    {
        File.WriteAllText(_folder["a.json"], """
            {"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [{"id": 1, "score": NaN, "image_id": 1}]}
            """);
        Assert.Equal("coco", DatasetDetection.Detect(_folder["a.json"]).Chosen().Format);
    }

    [Fact]
    public void Label_images_in_colours_are_told_by_their_pictures_and_need_a_table_of_colours()
    {
        _folder.WritePhoto("images/a.jpg", 4, 4);
        _folder.WritePhoto("masks/a.png", 4, 4);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(
            () => DatasetDetection.Detect(_folder.Path).Chosen()).Problems);
        Assert.Equal("INCOMPLETE_DATASET", problem.Code);
        Assert.Contains("taxonomy=FILE", problem.Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["class_dict.csv"], "name,r,g,b\nroad,0,0,0\ncar,128,0,0\n");
        Assert.Equal("label_maps", DatasetDetection.Detect(_folder.Path).Chosen().Format);
    }

    [Fact]
    public void Two_formats_in_one_folder_are_chosen_between_by_name()
    {
        File.WriteAllText(_folder["a.json"], """{"images": [], "annotations": [{"image_id": 1, "bbox": []}]}""");
        File.WriteAllText(_folder["b.json"], """{"videos": [{"id": 1, "file_names": ["v/0.jpg"]}]}""");
        DetectedDatasets found = DatasetDetection.Detect(_folder.Path);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => found.Chosen()).Problems);
        Assert.Equal("choose one with --format coco", problem.Remedy);
        Assert.Equal("ytvis", found.OfFormat("read.ytvis").Chosen().Format);
        Assert.Contains("expected a dataset of the format voc",
            Assert.Throws<BadDataException>(() => found.OfFormat("voc")).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_rows_shorter_than_its_header_is_still_told()
    {
        File.WriteAllText(_folder["train.csv"], "ImageId,class,EncodedPixels\na.jpg,1\nb.jpg,1,1 2 5 1\n");
        Assert.Equal("kaggle_rle", DatasetDetection.Detect(_folder["train.csv"]).Best().Format);
    }

    [Theory]
    [InlineData("[{\"a\": \"b\"}, {}, [\"c\"]]")]
    [InlineData("{\"images\": [{\"file_name\": \"\\ud800\"}]}")]
    [InlineData("{\"\\ud800\": [{\"id\": 1}]}")]
    public void A_file_with_odd_records_or_half_characters_is_no_fault(string text)
    {
        File.WriteAllText(_folder["a.json"], text);
        Assert.Null(Record.Exception(() => DatasetDetection.Detect(_folder["a.json"])));
    }

    [Fact]
    public void A_large_file_is_told_by_its_beginning()
    {
        string path = _folder["large.json"];
        using (var file = new StreamWriter(path))
        {
            file.Write("{\"annotations\": [{\"image_id\": 1, \"segmentation\": [[");
            for (int i = 0; i < 1_000_000; i++) file.Write("1.5,");
            file.Write("1]]}], \"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}]}");
        }
        File.WriteAllText(_folder["a.jpg"], "");
        var reader = (CocoReader)DatasetDetection.Detect(path).Chosen().Reader!;
        Assert.Equal(_folder.Path, reader.Images?.FullPath);
    }

    [Fact]
    public void A_pipeline_file_is_what_comes_to_its_writers()
    {
        string file = _folder["p.yaml"];
        File.WriteAllText(file, """
            segpipe: 1
            name: p
            stages:
              scenes:  { read.synthetic: { count: 3 } }
              unused:  { from: scenes, drop_empty: {} }
              kept:    { from: scenes, drop_crowds: {} }
              one:     { from: kept, write.coco: { file: a.json } }
              two:     { from: unused, write.jsonl: { file: b.jsonl } }
            release: { to: out }
            """);
        IReadOnlyList<DetectedDataset> found = DatasetDetection.Detect(file).Candidates;
        Assert.Equal(["pipeline", "pipeline"], found.Select(f => f.Format));
        Assert.Equal(["scenes", "kept"], found[0].Nodes.Select(n => n.Name));
        Assert.Equal(new PortRef(1, 0), found[0].Output);
    }

    [Fact]
    public void A_pipeline_file_that_is_wrong_says_where()
    {
        File.WriteAllText(_folder["p.yaml"], "segpipe: 1\nname: p\nstages: { a: { read.synthetik: {} } }\n");
        Problem problem = Assert.Throws<BadDataException>(() => DatasetDetection.Detect(_folder["p.yaml"]))
            .Problems[0];
        Assert.Equal(3, problem.Line);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> WriteAsync(int frames, string writer)
    {
        string file = _folder["write.yaml"], release = _folder["release"];
        await File.WriteAllTextAsync(file, $$"""
            segpipe: 1
            name: write
            stages:
              scenes: { read.synthetic: { count: 6, width: 64, height: 48, frames: {{frames}}, crowds: 0 } }
              flat:   { flatten: {} }
              out:    { {{writer}} }
            release: { to: release }
            """);
        CliRun run = await CliRun.InAsync(_folder.Path, "run", file, "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        return release;
    }
}
