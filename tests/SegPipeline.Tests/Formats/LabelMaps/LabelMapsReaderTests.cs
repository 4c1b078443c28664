using SegPipeline.Formats.LabelMaps;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.LabelMaps;

public sealed class LabelMapsReaderTests
{
    [Fact]
    public void All_pixels_of_a_label_are_one_instance_and_0_is_void()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "b", "1101/0221");
        Sample image = Assert.Single(LabelMapFiles.Reader(folder).ReadAll());
        Assert.Equal("b.jpg", image.Key);
        Assert.Equal("1: 4, 2: 2", image.Text());
        Assert.Equal(2, image.VoidPx());
        Assert.Equal(folder["images/b.jpg"], image.Frame.Photo!.FilePath);
        Assert.Null(image.Frame.Palette);
    }

    [Fact]
    public void Folders_within_stay_in_the_names_and_images_come_in_ordinal_order()
    {
        using var folder = new TempFolder();
        foreach (string stem in (string[])["validation/a", "training/b10", "training/b9"])
            LabelMapFiles.Add(folder, stem, "1");
        Assert.Equal(["training/b10.jpg", "training/b9.jpg", "validation/a.jpg"],
            LabelMapFiles.Reader(folder).ReadAll().Select(s => s.Key));
    }

    [Theory]
    [InlineData("auto", "none", "1: 1, 2: 1", 1)]
    [InlineData("none", "0", "1: 1, 2: 1", 0)]
    [InlineData("0,2", "none", "1: 1", 2)]
    [InlineData("2", "0", "1: 1", 1)]
    public void Void_and_background_are_what_the_stage_says(string voids, string background, string text, long voidPx)
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "a", "012");
        LabelMapsReader reader = LabelMapFiles.Reader(folder) with
        {
            Void = [.. voids.Split(',').Select(MapLabel.Parse)],
            Background = MapLabel.Parse(background),
        };
        Sample image = reader.ReadAll()[0];
        Assert.Equal(text, image.Text());
        Assert.Equal(voidPx, image.VoidPx());
    }

    [Fact]
    public void Label_0_is_a_category_where_the_taxonomy_has_it()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "a", "0011");
        Sample image = LabelMapFiles.Reader(folder, "label,name\n0,sky\n1,road\n").ReadAll()[0];
        Assert.Equal("0: 2, 1: 2", image.Text());
        Assert.Equal(0, image.VoidPx());
    }

    [Fact]
    public void A_label_that_the_taxonomy_lacks_is_bad_and_its_first_pixel_is_told()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "val/a", "1111/1V1V");
        Assert.Equal("labels/val/a.png: expected labels of the taxonomy, found 255, 2 pixels, first at (1, 1); add " +
            "it to the taxonomy, or set void: 255, background or label_offset [UNKNOWN_LABEL]",
            LabelMapFiles.Reader(folder).Fault());
    }

    [Fact]
    public void Predictions_that_count_from_0_are_read_with_an_offset()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "a", "0122");
        Sample image = (LabelMapFiles.Reader(folder) with { LabelOffset = 1 }).ReadAll()[0];
        Assert.Equal("1: 1, 2: 1, 3: 2", image.Text());
        Assert.Equal(0, image.VoidPx());
    }

    [Fact]
    public void Without_a_taxonomy_every_label_is_a_category()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "a", "079V");
        LabelMapsReader reader = LabelMapFiles.Reader(folder, taxonomy: null);
        Assert.Equal("7: 1, 9: 1, 255: 1", reader.ReadAll()[0].Text());
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.False(dataset.Info.Taxonomy.IsDeclared);
    }

    [Fact]
    public void Labels_of_16_bits_are_read()
    {
        using var folder = new TempFolder();
        ushort[] labels = [0, 300, 65535, 300];
        folder.WriteBytes("labels/a.png", PngWriter.EncodeGrey16(
            new RowMajorPixels<ushort>(labels, 2, 2), PngCompression.Fastest));
        LabelMapsReader reader = LabelMapFiles.Reader(folder, "Idx,Name\n300,lamp\n65535,rest\n");
        Assert.Equal("300: 2, 65535: 1", reader.ReadAll()[0].Text());
    }

    [Fact]
    public void Of_an_indexed_image_the_index_counts_and_the_palette_is_kept()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("labels/a.png", "0123");
        Sample image = LabelMapFiles.Reader(folder).ReadAll()[0];
        Assert.Equal("1: 1, 2: 1, 3: 1", image.Text());
        Assert.Equal(Palette.Voc, image.Frame.Palette);
    }

    [Theory]
    [InlineData("name,r,g,b\nSky,128,128,128\nBuilding,128,0,0\nVoid,0,0,0\n", "0: 1, 1: 2")]
    [InlineData("Idx;Color;Name\n7;128 128 128;Sky\n9;(128, 0, 0);Building\n2;0 0 0;Void\n", "7: 1, 9: 2")]
    public void Colours_are_labels_by_the_table_of_the_taxonomy(string taxonomy, string text)
    {
        using var folder = new TempFolder();
        byte[] rgb = [128, 128, 128, 128, 0, 0, 0, 0, 0, 128, 0, 0];
        folder.WriteBytes("labels/a.png", PngWriter.EncodePhoto(rgb, 1, 4, PngCompression.Fastest));
        Sample image = (LabelMapFiles.Reader(folder, taxonomy) with { Void = [MapLabel.Of(2)] }).ReadAll()[0];
        Assert.Equal(text, image.Text());
        Assert.Equal(1, image.VoidPx());
        Assert.Null(image.Frame.Palette);
    }

    [Fact]
    public void A_colour_that_the_table_lacks_is_bad()
    {
        using var folder = new TempFolder();
        folder.WriteBytes("labels/a.png", PngWriter.EncodePhoto([1, 2, 3], 1, 1, PngCompression.Fastest));
        Assert.Equal("labels/a.png: pixel (0, 0) has colour (1, 2, 3), which is not in the palette; name the palette " +
            "that the colours come from, or save the labels as an indexed PNG [PNG_COLOR]",
            LabelMapFiles.Reader(folder, "name,r,g,b\nSky,128,128,128\n").Fault());
    }

    [Fact]
    public void Colours_without_a_table_are_bad_even_where_VOC_has_them()
    {
        using var folder = new TempFolder();
        folder.WriteBytes("labels/a.png", PngWriter.EncodePhoto([128, 0, 0], 1, 1, PngCompression.Fastest));
        Assert.EndsWith("no taxonomy says which label a colour is; name a taxonomy with the columns r, g and b " +
            "[NO_COLORS]", LabelMapFiles.Reader(folder).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_of_ADE_have_their_label_in_red_and_their_number_in_green()
    {
        using var folder = new TempFolder();
        byte[] rgb = [1, 1, 0, 1, 2, 0, 3, 3, 0, 0, 0, 0];
        folder.WriteBytes("labels/a.png", PngWriter.EncodePhoto(rgb, 2, 2, PngCompression.Fastest));
        LabelMapsReader reader = LabelMapFiles.Reader(folder) with { Encoding = LabelEncoding.AdeInstances };
        Assert.Equal("1#1: 1, 1#2: 1, 3#3: 1", reader.ReadAll()[0].Text());
    }

    [Fact]
    public void Instances_of_ADE_in_a_grey_image_are_bad()
    {
        using var folder = new TempFolder();
        folder.WriteGrey("labels/a.png", "11");
        LabelMapsReader reader = LabelMapFiles.Reader(folder) with { Encoding = LabelEncoding.AdeInstances };
        Assert.Equal("labels/a.png: expected a PNG of 8-bit colours, found Grey of 8 bits; name the folder of the " +
            "colour images, whose colours are the numbers of segments [LABEL_FORMAT]", reader.Fault());
    }

    [Fact]
    public void A_label_of_the_full_ADE_is_256_times_a_tenth_of_red_plus_green()
    {
        using var folder = new TempFolder();
        // A tenth of 19 is 1, which MATLAB would round to 2.
        byte[] rgb = [19, 44, 1, 10, 44, 1, 0, 3, 2, 0, 0, 0];
        folder.WriteBytes("labels/a_seg.png", PngWriter.EncodePhoto(rgb, 2, 2, PngCompression.Fastest));
        folder.WriteGrey("labels/a_parts_1.png", "1");
        var warnings = new List<string>();
        LabelMapsReader reader = LabelMapFiles.Reader(folder, taxonomy: null) with
        {
            Encoding = LabelEncoding.AdeFull,
            LabelSuffix = "_seg",
        };
        Sample image = Assert.Single(reader.ReadAll(warnings.Add));
        Assert.Equal("a.jpg", image.Key);
        Assert.Equal("3#2: 1, 300#1: 2", image.Text());
        Assert.Equal(["passed over 1 of 2 PNGs in 'labels', whose names do not end in '_seg'"], warnings);
    }

    [Fact]
    public void A_missing_label_image_or_picture_is_bad_or_passed_over()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "b", "1");
        folder.WriteGrey("labels/c.png", "1");
        folder.WritePhoto("images/a.jpg", 1, 1);
        LabelMapsReader reader = LabelMapFiles.Reader(folder);
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.Equal(3, dataset.Plan.Count);
        string[] faults = [.. new[] { 0, 2 }.Select(
            i => Assert.Throws<BadDataException>(() => dataset.Read(i)).Problems[0].ToString())];
        Assert.Equal([
            "labels: expected a label image of 'a.jpg', found none; add it, or set unmatched: skip [FILE_MISSING]",
            "images: expected a picture of 'c.png', found none; add it, or set unmatched: skip [FILE_MISSING]"],
            faults);

        var warnings = new List<string>();
        Sample[] images = (reader with { Unmatched = Unmatched.Skip }).ReadAll(warnings.Add);
        Assert.Equal(["b.jpg"], images.Select(i => i.Key));
        Assert.Equal(["passed over 1 picture without labels; the first is 'a.jpg'",
            "passed over 1 label image without a picture; the first is 'c.png'"], warnings);
    }

    [Fact]
    public void Suffixes_of_both_names_are_left_out_when_they_are_matched()
    {
        using var folder = new TempFolder();
        folder.WriteGrey("labels/ulm/x_gtFine_labelIds.png", "1");
        folder.WritePhoto("images/ulm/x_leftImg8bit.png", 1, 1);
        LabelMapsReader reader = LabelMapFiles.Reader(folder) with
        {
            LabelSuffix = "_gtFine_labelIds",
            ImageSuffix = "_leftImg8bit",
        };
        Assert.Equal("ulm/x_leftImg8bit.png", Assert.Single(reader.ReadAll()).Key);
    }

    [Fact]
    public void A_folder_without_label_images_is_bad()
    {
        using var folder = new TempFolder();
        folder.Write("labels/readme.txt", "x");
        Assert.Equal("labels: expected PNGs, found none among 1 file; name the folder of the label images [NO_LABELS]",
            LabelMapFiles.Reader(folder).Fault());
    }

    [Fact]
    public void A_label_image_of_another_size_than_its_picture_is_bad()
    {
        using var folder = new TempFolder();
        LabelMapFiles.Add(folder, "a", "11");
        folder.WritePhoto("images/a.jpg", 3, 1);
        Assert.Equal("labels/a.png: its picture is 3x1 (width x height), this is 2x1; correct the mask; it is never " +
            "resized silently [FRAME_SIZE]", LabelMapFiles.Reader(folder).Fault());
    }

    [Theory]
    [InlineData("auto,0", "none", "'void' must be auto, none, or labels")]
    [InlineData("0", "auto", "'background' must be none or a label")]
    public void Keys_that_contradict_each_other_are_refused(string voids, string background, string fault)
    {
        using var folder = new TempFolder();
        LabelMapsReader reader = LabelMapFiles.Reader(folder) with
        {
            Void = [.. voids.Split(',').Select(MapLabel.Parse)],
            Background = MapLabel.Parse(background),
        };
        Assert.Equal([fault], reader.Check());
    }

    [RealDataFact]
    public void Real_images_of_ADE_are_read_with_the_names_of_their_classes()
    {
        Sample[] images = LabelMapFiles.AdeReader("annotations").ReadAll();
        Assert.Equal(["ADE_val_00000001.jpg", "ADE_val_00000002.jpg", "ADE_val_00000003.jpg"],
            images.Select(i => i.Key));
        using OpenDataset dataset = LabelMapFiles.AdeReader("annotations").Open(StageHarness.Context);
        Assert.Equal(150, dataset.Info.Taxonomy.Categories.Length);
        Assert.Equal("building;edifice", dataset.Info.Taxonomy.Find(new RecordId(2))!.Name);
        Assert.All(images, image => Assert.Equal(image.Frame.WidthPx * (long)image.Frame.HeightPx,
            image.VoidPx() + image.Instances.Sum(
                i => i.Segmentation.ToMask(image.Frame.HeightPx, image.Frame.WidthPx)!.AreaPx)));
    }

    [RealDataFact]
    public void A_real_raw_image_of_the_full_ADE_holds_objects()
    {
        var reader = new LabelMapsReader
        {
            Labels = InputPath.Of(Path.Combine(LabelMapFiles.Ade, "convertFromADE")),
            LabelSuffix = "_raw",
            Encoding = LabelEncoding.AdeFull,
        };
        Sample image = Assert.Single(reader.ReadAll());
        Assert.Equal((1024, 768), (image.Frame.WidthPx, image.Frame.HeightPx));
        string?[] numbers = [.. image.Instances.Select(i => i.MemberText("object_id"))];
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }
}
