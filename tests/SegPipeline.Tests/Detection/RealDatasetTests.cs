using SegPipeline.Detection;
using SegPipeline.Engine;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Formats.Voc;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Detection;

public sealed class RealDatasetTests
{
    public static TheoryData<string, string> Readable => new()
    {
        { "coco/coco-tiny-160/annotations/instances_train2017.json", "coco" },
        { "coco/coco-val2014-100-gt-and-results", "coco" },
        { "coco/coco-val2014-100-gt-and-results/instances_val2014_fakesegm100_results.json", "coco" },
        { "coco/coco-mini-json/annotations/captions_val2017.json", "coco" },
        { "coco/coco-4class-35crowd/annotations/instances_val2017.json", "coco" },
        { "coco/lvis-val-100", "coco" },
        { "coco/taco/annotations.json", "coco" },
        { "coco/coco-laptop-bbox-only", "coco" },
        { "coco/coco-1img-crlf/stuff_examples.json", "coco" },
        { "coco/labelme-voc2011", "coco" },
        { "coco/pulmonary-embolism-304/annotations/instances_val.json", "coco" },
        { "coco/airbus-ships/annotations/instances_ships_train2020.json", "coco" },
        { "ytvis/ovis-3f", "ytvis" },
        { "ytvis/ytvis2019-0043f083b5/cocovid_ann.json", "coco" },
        { "video-palette/davis", "palette" },
        { "video-palette/davis/Annotations/480p", "palette" },
        { "video-palette/davis2017-osvos", "palette" },
        { "video-palette/davis2017-rvos-multi", "palette" },
        { "video-palette/labelme-video", "label_maps" },
        { "voc-palette/voc2012-100", "voc" },
        { "voc-palette/labelme-voc2011", "voc" },
        { "kaggle/dsb2018", "kaggle_masks" },
        { "kaggle/dsb2018/stage1_train", "kaggle_masks" },
        { "kaggle/sign-language-digits", "kaggle_classes" },
        { "big-style/stas-im-seg", "triplets" },
        { "ade-panoptic/sceneparsing/sampleData", "label_maps" },
        { "ade-panoptic/coco-panoptic/panoptic_examples.json", "coco_panoptic" },
        { "ade-panoptic/coco-panoptic/panoptic_coco_detection_format.json", "coco" },
    };

    [RealDataTheory]
    [MemberData(nameof(Readable))]
    public void Every_public_dataset_is_told_and_its_plan_opens(string path, string format)
    {
        DetectedDataset found = DatasetDetection.Detect(PathOf(path)).Chosen();
        Assert.Equal(format, found.Format);
        Assert.Empty(found.Reader!.Check());
        using PipelinePlan plan = PipelinePlan.Open(new PipelineGraph("look", 0, found.Nodes));
        Assert.NotEmpty(found.Why);
    }

    [RealDataTheory]
    [InlineData("kaggle/tgs-salt-rle-csv/train.csv", "height=PIXELS")]
    [InlineData("kaggle/severstal-rle-csv", "height=PIXELS")]
    [InlineData("coco-results/cocoapi/instances_val2014_fakesegm100_results.json", "ground_truth=FILE")]
    [InlineData("ytvis/ytvis2019-0043f083b5/ytvis_results.json", "ground_truth=FILE")]
    public void What_cannot_be_read_without_more_says_what_is_needed(string path, string needed)
    {
        DetectedDatasets found = DatasetDetection.Detect(PathOf(path));
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => found.Chosen()).Problems);
        Assert.Equal("INCOMPLETE_DATASET", problem.Code);
        Assert.Contains(needed, problem.Message, StringComparison.Ordinal);
    }

    [RealDataTheory]
    [InlineData("coco/coco-tiny-160", "instances_train2017.json")]
    [InlineData("coco/airbus-ships", "instances_val2014.json")]
    public void Several_files_are_listed_and_none_is_guessed(string path, string named)
    {
        DetectedDatasets found = DatasetDetection.Detect(PathOf(path));
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => found.Chosen()).Problems);
        Assert.Equal("AMBIGUOUS_DATASET", problem.Code);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.Contains("name one of them, e.g. '", problem.Remedy, StringComparison.Ordinal);
    }

    [RealDataTheory]
    [InlineData("kaggle/carvana-csv/metadata.csv")]
    [InlineData("kaggle/carvana-csv/train_masks.csv")]
    [InlineData("kaggle/tgs-salt-rle-csv/depths.csv")]
    [InlineData("coco/lvis-val-100/coco_to_synset.json")]
    [InlineData("ade-panoptic/coco-panoptic/panoptic_coco_categories.json")]
    [InlineData("coco/taco/LICENSE")]
    public void What_is_no_dataset_is_not_taken_for_one(string path)
    {
        DetectedDatasets found = DatasetDetection.Detect(PathOf(path));
        Assert.Empty(found.Candidates);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => found.Chosen()).Problems);
        Assert.Equal("UNKNOWN_DATASET", problem.Code);
        Assert.Contains(path.EndsWith(".json", StringComparison.Ordinal) ? "the members" : "looked at",
            problem.Message, StringComparison.Ordinal);
    }

    [RealDataFact]
    public void The_photos_of_a_coco_file_are_found_beside_its_folder()
    {
        var reader = (CocoReader)DatasetDetection
            .Detect(PathOf("coco/coco-tiny-160/annotations/instances_val2017.json")).Chosen().Reader!;
        Assert.Equal(PathOf("coco/coco-tiny-160/val2017"), reader.Images?.FullPath);
    }

    [RealDataFact]
    public void Photos_in_a_folder_of_another_name_are_found()
    {
        var reader = (CocoReader)DatasetDetection
            .Detect(PathOf("coco/airbus-ships/annotations/instances_val2014.json")).Chosen().Reader!;
        Assert.Equal(PathOf("coco/airbus-ships/test_v2_pick"), reader.Images?.FullPath);
    }

    [RealDataFact]
    public void The_frames_of_davis_are_those_of_its_resolution()
    {
        var reader = (PaletteReader)DatasetDetection.Detect(PathOf("video-palette/davis")).Chosen().Reader!;
        Assert.Equal(PathOf("video-palette/davis/JPEGImages/480p"), reader.Frames?.FullPath);
    }

    [RealDataFact]
    public void Pascal_without_object_masks_is_read_by_classes()
    {
        var reader = (VocReader)DatasetDetection.Detect(PathOf("voc-palette/voc2012-100")).Chosen().Reader!;
        Assert.Equal((VocInstances.Classes, "SegmentationClassAug"), (reader.Of, reader.ClassesDir));
    }

    private static string PathOf(string path) => Path.Combine(SharedData.Data!, path);
}
