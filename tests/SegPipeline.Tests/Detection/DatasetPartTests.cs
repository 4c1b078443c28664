using SegPipeline.Detection;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Formats.Parquet;
using SegPipeline.Formats.Triplets;
using SegPipeline.Formats.Voc;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Detection;

/// <summary>A part of a dataset is found by its name, however the format tells it.</summary>
public sealed class DatasetPartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("annotations/instances_train2017.json", "annotations/instances_val2017.json", "val")]
    [InlineData("train/_annotations.coco.json", "valid/_annotations.coco.json", "val")]
    [InlineData("train/_annotations.coco.json", "valid/_annotations.coco.json", "valid")]
    [InlineData("instances-base.json", "instances-novel.json", "novel")]
    public void A_file_is_chosen_by_the_part_that_its_name_tells(string first, string second, string split)
    {
        foreach (string file in (string[])[first, second])
            _folder.Write(file,
                """{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"image_id":1,"bbox":[]}]}""");
        DetectedDatasets found = DatasetDetection.Detect(_folder.Path);
        Problem problem = Assert.Throws<BadDataException>(() => found.Chosen()).Problems[0];
        Assert.Equal("AMBIGUOUS_DATASET", problem.Code);
        if (first.Contains("train", StringComparison.Ordinal))
            Assert.StartsWith("choose one with --split train, or name one of them", problem.Remedy,
                StringComparison.Ordinal);
        var reader = (CocoReader)found.OfSplit(split).Chosen().Reader!;
        Assert.Equal(_folder[second], reader.Annotations.FullPath);
    }

    [Fact]
    public void A_part_that_several_files_are_of_is_not_proposed_and_several_parts_at_once_are_refused()
    {
        foreach (string file in (string[])["a_val.json", "b_val.json", "a_train.json"])
            _folder.Write(file,
                """{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"image_id":1,"bbox":[]}]}""");
        Assert.StartsWith("choose one with --split train,",
            RemedyOf(() => DatasetDetection.Detect(_folder.Path).Chosen()), StringComparison.Ordinal);
        File.Delete(_folder["a_train.json"]);
        Assert.StartsWith("name one of them, e.g. '",
            RemedyOf(() => DatasetDetection.Detect(_folder.Path).Chosen()), StringComparison.Ordinal);
        Assert.Equal("choose one; only 'segpipe convert' takes several",
            RemedyOf(() => DatasetDetection.Detect(_folder.Path).OfSplit("train,val")));

        static string RemedyOf(Action look) => Assert.Throws<BadDataException>(look).Problems[0].Remedy!;
    }

    [Theory]
    [InlineData("voc", "SegmentationClass/a.png", "ImageSets/Segmentation")]
    [InlineData("palette", "Annotations/v/00000.png", "ImageSets/2017")]
    public void Lists_whose_names_differ_only_in_the_case_of_their_end_are_one_part(
        string format, string mask, string lists)
    {
        _folder.WriteGrey(mask, "0V");
        foreach (string end in (string[])[".txt", ".TXT"]) _folder.Write($"{lists}/val{end}", "a\n");
        IReadOnlyList<DetectedDataset> found = DatasetDetection.Detect(_folder.Path).Candidates;
        Assert.Equal(["val"], found.First(c => c.Format == format).Splits.Keys);
    }

    [Fact]
    public void Masks_beside_no_truth_are_what_a_folder_of_triplets_is_about()
    {
        _folder.WriteGrey("dog_seg.png", "0V");
        _folder.WritePhoto("dog_im.jpg", 2, 1);
        Reader reader = DatasetDetection.Detect(_folder.Path).Chosen().Reader!;
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.Single(dataset.Read(0).Instances);
        _folder.WriteGrey("dog_gt.png", "00");
        Assert.Equal("_gt", ((TripletsReader)DatasetDetection.Detect(_folder.Path).Chosen().Reader!).GtSuffix);
    }

    [Theory]
    [InlineData("voc")]
    [InlineData("label_maps")]
    [InlineData("palette")]
    [InlineData("parquet")]
    public async Task A_dataset_that_tells_its_parts_is_read_in_part(string format)
    {
        CliRun written = await CliRun.InAsync(_folder.Path, "new", "p.yaml", "--task", "generate", "--count", "10",
            "--to", ConvertibleDatasets.IsVideo(format) ? "ytvis" : "coco");
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "run", "p.yaml", "--quiet")).ExitCode);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "new", "s.yaml", "releases/p", "--task", "split",
            "--to", format, "--parts", "train=0.7,val=0.3")).ExitCode);
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "s.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);

        DetectedDatasets found = DatasetDetection.Detect(_folder["releases/s"]);
        Reader reader = found.OfSplit("validation").Chosen().Reader!;
        Assert.Equal("val", reader switch
        {
            VocReader voc => voc.Set,
            LabelMapsReader maps => Path.GetFileName(maps.Labels.FullPath),
            PaletteReader palette => Path.GetFileNameWithoutExtension(palette.SequencesFile!.FullPath),
            var other => ((ParquetReader)other).Split,
        });
        Assert.Equal(3, Samples(reader));
        Assert.True(Samples(found.Chosen().Reader!) > Samples(found.OfSplit("train").Chosen().Reader!));
        Problem problem = Assert.Throws<BadDataException>(() => found.OfSplit("test")).Problems[0];
        Assert.Equal("UNKNOWN_SPLIT", problem.Code);
        Assert.Contains("found train, val", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_is_converted_by_its_name()
    {
        foreach (string split in (string[])["train", "val"])
            _folder.Write($"annotations/instances_{split}.json", $$"""
                {"images":[{"id":1,"file_name":"{{split}}.jpg","width":9,"height":9}],"annotations":[{"id":1,
                "image_id":1,"category_id":1,"bbox":[1,1,4,4],"area":16,"segmentation":[[1,1,5,1,5,5,1,5]]}],
                "categories":[{"id":1,"name":"cat"}]}
                """);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", ".", "out-yolo", "--split", "val", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_folder["out-yolo/labels/val/val.txt"]));
        CliRun inspected = await CliRun.InAsync(_folder.Path, "inspect", ".", "--split", "nowhere");
        Assert.Equal(65, inspected.ExitCode);
        Assert.Contains("there is no part 'nowhere' in it; found train, val", inspected.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yolo", "labels/train/1.txt", "labels/val/2.txt")]
    [InlineData("coco", "annotations/instances_train.json", "annotations/instances_val.json")]
    [InlineData("voc", "ImageSets/Segmentation/train.txt", "ImageSets/Segmentation/val.txt")]
    [InlineData("parquet", "data/train-00000-of-00001.parquet", "data/val-00000-of-00001.parquet")]
    public async Task Several_parts_are_converted_into_one_release_and_stay_apart(
        string format, string train, string val)
    {
        WriteCoco("train", 1, "cat");
        WriteCoco("val", 2, "cat");
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", ".", "out", "--to", format, "--split", "train,val",
            "--quiet", "--save-pipeline", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (string file in (string[])[train, val]) Assert.True(File.Exists(_folder["out/" + file]), file);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "verify", "out")).ExitCode);
        CliRun again = await CliRun.InAsync(_folder.Path, "run", "p.yaml", "--quiet", "--to", "again");
        Assert.True(again.ExitCode == 0, again.Error);
        if (format == "yolo")
            Assert.Contains("val: images/val", File.ReadAllText(_folder["out/data.yaml"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("val")]
    public async Task The_photos_of_each_part_come_along_where_they_are(string withPhotos)
    {
        WriteCoco("train", 1, "cat");
        WriteCoco("val", 2, "cat");
        string photo = withPhotos == "train" ? "1.jpg" : "2.jpg";
        _folder.WritePhoto($"annotations/{photo}", 9, 9);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", ".", "out-yolo", "--split", "train,val", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal([_folder[$"out-yolo/images/{withPhotos}/{photo}"]],
            Directory.GetFiles(_folder["out-yolo"], "*.jpg", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Parts_whose_categories_differ_are_not_converted_together()
    {
        WriteCoco("train", 1, "cat");
        WriteCoco("val", 2, "dog");
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", ".", "out-yolo", "--split", "train,val");
        Assert.Equal((65, ""), (run.ExitCode, run.Out));
        Assert.Contains("category 1 is 'cat' in the images of train and 'dog' in those of val", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_parts_are_told_of_none_is_to_be_chosen()
    {
        _folder.Write("a.json", """{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"image_id":1}]}""");
        Problem problem = Assert.Throws<BadDataException>(
            () => DatasetDetection.Detect(_folder.Path).OfSplit("val")).Problems[0];
        Assert.Equal("leave --split out, or name the file of the part", problem.Remedy);
    }

    [Fact]
    public async Task A_part_without_a_name_is_a_fault_of_the_command_line()
    {
        WriteCoco("train", 1, "cat");
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", ".", "out-yolo", "--split", "train,");
        Assert.Equal(2, run.ExitCode);
    }

    private void WriteCoco(string split, int image, string category) =>
        _folder.Write($"annotations/instances_{split}.json", $$"""
            {"images":[{"id":{{image}},"file_name":"{{image}}.jpg","width":9,"height":9}],"annotations":[{"id":1,
            "image_id":{{image}},"category_id":1,"bbox":[1,1,4,4],"area":16,"segmentation":[[1,1,5,1,5,5,1,5]]}],
            "categories":[{"id":1,"name":"{{category}}"}]}
            """);

    private static int Samples(Reader reader)
    {
        using OpenDataset opened = reader.Open(new StageContext("d", 0));
        return opened.Plan.Count;
    }
}
