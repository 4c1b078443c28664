using SegPipeline.Formats.Triplets;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Triplets;

public sealed class TripletsReaderTests
{
    [Fact]
    public void The_truth_leaves_by_the_first_port_and_the_segmentation_by_the_other()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_2", gt: "VV0", seg: "V00");
        TripletFolder.Add(folder, "cat_10", gt: "VVV", seg: "0VV");
        TripletsReader reader = TripletFolder.Reader(folder);
        Assert.Equal(["out", "seg"], reader.OutputPorts);
        Assert.Equal(["cat_10 cat_10_im.jpg 8:3", "cat_2 cat_2_im.jpg 8:2"], reader.Port(0));
        Assert.Equal(["cat_10 cat_10_im.jpg 8:2", "cat_2 cat_2_im.jpg 8:1"], reader.Port(1));
    }

    [Theory]
    [InlineData("car_1", 7)]
    [InlineData("Scarf-Person3", 15)]
    [InlineData("2007_bus-and-train", 19)]
    [InlineData("motorBIKE_bicycle", 14)]
    public void The_class_of_BIG_is_the_longest_that_is_a_word_of_the_name(string name, int label)
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, name, gt: "V");
        Assert.Equal([$"{name} {name}_im.jpg {label}:1"], TripletFolder.Reader(folder).Port(0));
    }

    [Fact]
    public void A_name_without_a_class_is_bad_unless_there_is_one_category()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "oscar_carpet", gt: "V");
        Assert.Equal("big, oscar_carpet: expected the name of a class as a word of the name, found none; " +
            "set category: object, or name a file with the classes as 'taxonomy' [NO_CLASS]",
            TripletFolder.Reader(folder).Fault());
        Assert.Equal(["oscar_carpet oscar_carpet_im.jpg 1:1"],
            (TripletFolder.Reader(folder) with { Category = "object" }).Port(0));
    }

    [Fact]
    public void Relabelled_PASCAL_has_the_class_in_two_digits()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "2007_000032_01", gt: "V0");
        TripletFolder.Add(folder, "2007_000032_15", gt: "0V");
        Assert.Equal(["2007_000032_01 2007_000032_01_im.jpg 1:1", "2007_000032_15 2007_000032_15_im.jpg 15:1"],
            TripletFolder.Reader(folder).Port(0));
    }

    [Fact]
    public void A_photo_can_be_one_sample_with_the_key_that_VOC_has()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "2007_000032_01", gt: "V0", seg: "V0");
        TripletFolder.Add(folder, "2007_000032_15", gt: "0V");
        TripletsReader reader = TripletFolder.Reader(folder) with { Samples = TripletSamples.Photos };
        Assert.Equal(["2007_000032.jpg 2007_000032_01_im.jpg 1:1 15:1"], reader.Port(0));
        Assert.Equal(["2007_000032.jpg 2007_000032_01_im.jpg 1:1"], reader.Port(1));
    }

    [Fact]
    public void A_class_that_the_taxonomy_lacks_is_bad()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "2007_000032_77", gt: "V0");
        Assert.Equal("big, 2007_000032_77: expected a class of the taxonomy, found 77; " +
            "name a file with the classes as 'taxonomy', or set category: object [UNKNOWN_CLASS]",
            TripletFolder.Reader(folder).Fault());
    }

    [Fact]
    public void Parts_of_ADE20K_share_their_picture_and_class_0_is_the_rest()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "ADE_val_1_0.1", gt: "V0", seg: "VV", photo: "ADE_val_1");
        TripletFolder.Add(folder, "ADE_val_1_12.3", gt: "0V", seg: "00", photo: "ADE_val_1");
        TripletsReader reader = TripletFolder.Reader(folder);
        Assert.Equal(["ADE_val_1_0.1 ADE_val_1_im.jpg 0:1", "ADE_val_1_12.3 ADE_val_1_im.jpg 12:1"], reader.Port(0));
        using OpenDataset named = (reader with { Taxonomy = InputPath.Of(folder.Write("c.csv", "12,person\n")) })
            .Open(StageHarness.Context);
        Assert.Equal(["0 rest", "12 person"], named.Info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}"));
    }

    [Fact]
    public void A_folder_of_two_layouts_needs_to_be_told_which_it_has()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_1", gt: "V");
        TripletFolder.Add(folder, "dog_12.3", gt: "V");
        Assert.Equal("big: expected names of one layout, found 'cat_1' and 'dog_12.3'; " +
            "set layout: big, pascal or ade_split [LAYOUT]", TripletFolder.Reader(folder).Fault());
        Assert.Equal(["cat_1 cat_1_im.jpg 8:1", "dog_12.3 dog_12.3_im.jpg 12:1"],
            (TripletFolder.Reader(folder) with { Layout = TripletLayout.Big }).Port(0));
        Assert.Equal("big, cat_1: expected a name that ends in class and part, ADE_val_00000001_12.3; " +
            "set the layout that the folder has [LAYOUT]",
            (TripletFolder.Reader(folder) with { Layout = TripletLayout.AdeSplit }).Fault());
    }

    [Fact]
    public void What_is_missing_is_told_and_has_no_sample_at_its_port()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_1", gt: "V0");
        TripletFolder.Add(folder, "cat_2", seg: "V0");
        folder.WriteGrey("cat_3_gt.png", "VV");
        folder.WritePhoto("cat_4_im.png", 2, 1);
        folder.WriteGrey("cat_5.png", "VV");
        var warnings = new List<string>();
        TripletsReader reader = TripletFolder.Reader(folder);
        Assert.Equal(["cat_1 cat_1_im.jpg 8:1", "cat_3  8:2"], reader.Port(0, warnings.Add));
        Assert.Equal(["cat_2 cat_2_im.jpg 8:1"], reader.Port(1));
        string name = Path.GetFileName(folder.Path);
        Assert.Equal([
            $"1 of 3 objects in '{name}' without a true mask; the first is 'cat_2'",
            $"2 of 3 objects in '{name}' without a mask _seg; the first is 'cat_1'",
            $"1 of 3 objects in '{name}' without a picture; the first is 'cat_3'",
            $"passed over 1 picture in '{name}' without a mask; the first is 'cat_4_im.png'",
            $"passed over 1 file in '{name}', neither pictures (_im) nor PNG masks (_gt, _seg); " +
                "the first is 'cat_5.png'"], warnings);
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.False(dataset.HasEvery(0) || dataset.HasEvery(1));
    }

    [Fact]
    public void Files_of_different_size_are_all_named()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_1", gt: "V0", seg: "V00");
        folder.WritePhoto("cat_1_im.jpg", 2, 2);
        Assert.Equal("big, cat_1: expected picture and masks of one size, found 'cat_1_im.jpg' 2x2, " +
            "'cat_1_gt.png' 2x1, 'cat_1_seg.png' 3x1 (width x height); correct the one that is wrong; " +
            "a mask is never resized silently [FRAME_SIZE]", TripletFolder.Reader(folder).Fault());
    }

    [Fact]
    public void A_soft_mask_is_cut_at_the_threshold_and_a_dark_one_is_warned_of()
    {
        using var folder = new TempFolder();
        byte[] soft = [0, 127, 128, 129, 255], dark = [0, 0, 1, 1, 1];
        folder.WriteBytes("cat_1_gt.png", PngWriter.EncodeGrey(new(soft, 1, 5), PngCompression.Fastest));
        folder.WriteBytes("cat_1_seg.png", PngWriter.EncodeGrey(new(dark, 1, 5), PngCompression.Fastest));
        var warnings = new List<string>();
        TripletsReader reader = TripletFolder.Reader(folder);
        Assert.Equal(["cat_1  8:2"], reader.Port(0, warnings.Add));
        Assert.Equal($"some masks in '{Path.GetFileName(folder.Path)}' have levels between 0 and 255; " +
            "pixels above 128 are of the object", warnings[^1]);
        Assert.Equal(["cat_1  8:0"], reader.Port(1, warnings.Add));
        Assert.Contains("big/cat_1_seg.png: no pixel is above 128, the lightest is 1, so the mask is empty; " +
            "set threshold: 0 when every pixel but 0 is of the object", warnings);
        Assert.Equal(["cat_1  8:3"], (reader with { Threshold = 0 }).Port(1));
    }

    [Fact]
    public void A_mask_of_one_bit_is_black_and_white()
    {
        using var folder = new TempFolder();
        byte[] bits = [0, 1, 1];
        folder.WriteBytes("cat_1_gt.png", PngWriter.EncodeGrey(new(bits, 1, 3), PngCompression.Fastest, bitDepth: 1));
        var warnings = new List<string>();
        Assert.Equal(["cat_1  8:2"], TripletFolder.Reader(folder).Port(0, warnings.Add));
        Assert.DoesNotContain(warnings, w => w.Contains("levels", StringComparison.Ordinal));
    }

    [Fact]
    public void Refined_masks_are_read_by_their_suffix()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_1", gt: "V0", seg: "V0");
        folder.WriteGrey("cat_1_mask.png", "VV");
        Assert.Equal(["cat_1 cat_1_im.jpg 8:2"], (TripletFolder.Reader(folder) with { SegSuffix = "_mask" }).Port(1));
    }

    [Fact]
    public void Two_pictures_of_one_object_and_a_folder_without_masks_are_bad()
    {
        using var folder = new TempFolder();
        folder.WritePhoto("cat_1_im.jpg", 1, 1);
        Assert.Equal("big: expected masks NAME_gt.png or NAME_seg.png, found 1 other pictures; " +
            "name the folder that holds them, or set gt_suffix and seg_suffix [NO_TRIPLETS]",
            TripletFolder.Reader(folder).Fault());
        folder.WritePhoto("cat_1_im.png", 1, 1);
        Assert.Equal("big, cat_1: expected one file, found 'cat_1_im.jpg' and 'cat_1_im.png'; remove one of them " +
            "[DUPLICATE_IMAGE]", TripletFolder.Reader(folder).Fault());
    }

    [Fact]
    public void A_damaged_mask_is_named()
    {
        using var folder = new TempFolder();
        TripletFolder.Add(folder, "cat_1", gt: "V0V0V0V0");
        byte[] bytes = File.ReadAllBytes(folder["cat_1_gt.png"]);
        File.WriteAllBytes(folder["cat_1_gt.png"], bytes[..^20]);
        Assert.StartsWith("big/cat_1_gt.png", TripletFolder.Reader(folder).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_found()
    {
        using var folder = new TempFolder();
        TripletsReader reader = TripletFolder.Reader(folder);
        Assert.Equal(["'image_suffix', 'gt_suffix' and 'seg_suffix' must differ, and none may be empty"],
            (reader with { SegSuffix = "_gt" }).Check());
        Assert.Equal(["'category' and 'taxonomy' exclude each other"],
            (reader with { Category = "object", Taxonomy = reader.Root }).Check());
    }

    [RealDataFact]
    public void Real_masks_have_the_pixels_above_128()
    {
        var warnings = new List<string>();
        string root = Path.Combine(SharedData.Data!, "big-style", "stas-im-seg");
        var reader = new TripletsReader { Root = InputPath.Of(root), Category = "object" };
        Assert.Empty(reader.Port(0, warnings.Add));
        Assert.Equal([
            "Private_00000000 Private_00000000_im.jpg 1:3992", "Private_00000026 Private_00000026_im.jpg 1:7991",
            "Private_00000052 Private_00000052_im.jpg 1:47231"], reader.Port(1));
        Assert.Equal(
            ["3 of 3 objects in 'stas-im-seg' without a true mask; the first is 'Private_00000000'"], warnings);
    }

    [RealDataFact]
    public void A_real_soft_mask_of_colours_is_cut_by_its_luma()
    {
        using var folder = new TempFolder();
        string source = Path.Combine(SharedData.Data!, "big-style", "cascadepsp-test");
        foreach (string name in (string[])["aeroplane", "motorbike"])
        {
            File.Copy($"{source}/{name}.jpg", folder[$"{name}_im.jpg"]);
            File.Copy($"{source}/{name}.png", folder[$"{name}_seg.png"]);
        }
        var warnings = new List<string>();
        string[] samples = TripletFolder.Reader(folder).Port(1, warnings.Add);
        Assert.Equal("aeroplane aeroplane_im.jpg 1:521937", samples[0]);
        Assert.Equal("motorbike motorbike_im.jpg 14:100419", samples[1]);
        Assert.Contains(warnings, w => w.EndsWith("pixels above 128 are of the object", StringComparison.Ordinal));
    }
}
