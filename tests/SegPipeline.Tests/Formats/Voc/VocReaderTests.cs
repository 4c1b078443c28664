using SegPipeline.Formats.Voc;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Voc;

public sealed class VocReaderTests
{
    [Fact]
    public void An_object_has_the_class_of_its_pixels_and_255_is_void()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "2007_000032", classes: "15V/110", objects: "12V/110");
        Sample image = Assert.Single(VocFolder.Reader(folder).ReadAll());
        Assert.Equal("2007_000032.jpg", image.Key);
        Assert.Equal(["1 1 3", "2 5 1"], image.Instances.Select(VocFolder.Text));
        Assert.Equal(1, image.Frame.Void!.ToMask(2, 3)!.AreaPx);
        Assert.Equal(folder["JPEGImages/2007_000032.jpg"], image.Frame.Photo!.FilePath);
    }

    [Fact]
    public void Of_classes_an_instance_is_all_pixels_of_a_class()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "15V/110");
        VocReader reader = VocFolder.Reader(folder) with { Of = VocInstances.Classes };
        Assert.Equal(["- 1 3", "- 5 1"], reader.ReadAll()[0].Instances.Select(VocFolder.Text));
    }

    [Fact]
    public void Names_in_a_set_can_have_blanks_or_a_mark_behind_them()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "my cat", classes: "1");
        VocFolder.Add(folder, "b", classes: "1");
        folder.WriteBytes("ImageSets/Segmentation/val.txt", "my cat\nb  -1\n"u8.ToArray());
        VocReader reader = VocFolder.Reader(folder) with { Of = VocInstances.Classes, Set = "val" };
        Assert.Equal(["my cat.jpg", "b.jpg"], reader.ReadAll().Select(s => s.Key));
    }

    [Fact]
    public void A_set_without_a_name_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1");
        folder.WriteBytes("ImageSets/Segmentation/val.txt", "\n \n"u8.ToArray());
        VocReader reader = VocFolder.Reader(folder) with { Of = VocInstances.Classes, Set = "val" };
        Assert.Equal("voc/ImageSets/Segmentation/val.txt: expected the name of an image on every line, found none " +
            "[EMPTY_SET]", reader.Fault());
    }

    [Fact]
    public void The_classes_are_those_of_VOC()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1", objects: "1");
        using OpenDataset dataset = VocFolder.Reader(folder).Open(StageHarness.Context);
        Assert.Equal(20, dataset.Info.Taxonomy.Categories.Length);
        Assert.Equal("person", dataset.Info.Taxonomy.Find(new RecordId(15))!.Name);
    }

    [Theory]
    [InlineData("label,name\n1,cat\n2,a, b\n", "1 cat|2 a, b")]
    [InlineData("_background_\ncat\ndog\n", "1 cat|2 dog")]
    public void Other_classes_come_from_a_file(string text, string classes)
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1", objects: "1");
        VocReader reader = VocFolder.Reader(folder) with { Taxonomy = InputPath.Of(folder.Write("c.txt", text)) };
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.Equal(classes, string.Join('|', dataset.Info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}")));
    }

    [Fact]
    public void A_list_of_classes_that_names_a_label_twice_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1", objects: "1");
        VocReader reader = VocFolder.Reader(folder) with
        {
            Taxonomy = new InputPath("c.txt", folder.Write("c.txt", "1,cat\n1,dog\n")),
        };
        Assert.Equal("c.txt:2: expected a label from 0 to 254 that no other line has, a comma and a name, found " +
            "'1,dog' [TAXONOMY]", reader.Fault());
    }

    [Fact]
    public void A_class_that_the_list_lacks_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "19", objects: "12");
        VocReader reader = VocFolder.Reader(folder) with
        {
            Taxonomy = InputPath.Of(folder.Write("c.txt", "1,cat\n")),
        };
        Assert.Equal("voc/SegmentationClass/a.png: expected labels of the classes, 0 or 255, found 9; " +
            "name a file with the classes as 'taxonomy' [UNKNOWN_CLASS]", reader.Fault());
    }

    [Fact]
    public void An_object_of_two_classes_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "00/15", objects: "00/33");
        Assert.Equal("voc/SegmentationObject/a.png: expected all pixels of object 3 to be of class 1, found class 5 " +
            "at pixel (1, 1); correct the class or the object mask, or set of: classes [OBJECT_CLASS]",
            VocFolder.Reader(folder).Fault());
    }

    [Fact]
    public void An_object_without_a_class_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "0V", objects: "33");
        Assert.Equal("voc/SegmentationObject/a.png: expected all pixels of object 3 to be of one class, found only " +
            "background and void; correct the class or the object mask, or set of: classes [OBJECT_CLASS]",
            VocFolder.Reader(folder).Fault());
    }

    [Fact]
    public void Pixels_with_a_class_and_without_an_object_are_warned_of()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "112", objects: "110");
        var warnings = new List<string>();
        Assert.Single(VocFolder.Reader(folder).ReadAll(warnings.Add)[0].Instances);
        Assert.Equal(["voc/SegmentationObject/a.png: 1 pixel with a class but of no object"], warnings);
    }

    [Fact]
    public void A_set_chooses_the_images_and_their_order()
    {
        using var folder = new TempFolder();
        foreach (string stem in (string[])["a", "b", "c"]) VocFolder.Add(folder, stem, classes: "1", objects: "1");
        folder.Write("ImageSets/Segmentation/val.txt", "c\na  1\n\nc\n");
        Assert.Equal(["c.jpg", "a.jpg"],
            (VocFolder.Reader(folder) with { Set = "val" }).ReadAll().Select(s => s.Key));
    }

    [Fact]
    public void Without_a_set_every_mask_is_read_and_pictures_without_one_are_warned_of()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "b", classes: "1", objects: "1");
        folder.WritePhoto("JPEGImages/a.jpg", 1, 1);
        var warnings = new List<string>();
        Assert.Equal(["b.jpg"], VocFolder.Reader(folder).ReadAll(warnings.Add).Select(s => s.Key));
        Assert.Equal(["passed over 1 picture of 'voc/JPEGImages' without a mask; the first is 'a'"], warnings);
    }

    [Fact]
    public void An_image_of_a_set_that_lacks_its_mask_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1", objects: "1");
        folder.Write("ImageSets/Segmentation/val.txt", "x\n");
        Assert.Equal("voc, image x: expected a mask in SegmentationClass, found none; add it, or take the image out " +
            "of the set [FILE_MISSING]", (VocFolder.Reader(folder) with { Set = "val" }).Fault());
    }

    [Fact]
    public void A_set_that_is_not_there_is_told_by_its_file()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "1", objects: "1");
        Assert.StartsWith("voc/ImageSets/Segmentation/val.txt: the file cannot be read",
            (VocFolder.Reader(folder) with { Set = "val" }).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_than_its_picture_is_bad()
    {
        using var folder = new TempFolder();
        VocFolder.Add(folder, "a", classes: "11", objects: "11");
        folder.WritePhoto("JPEGImages/a.jpg", 3, 1);
        Assert.Equal("voc/SegmentationClass/a.png: its picture is 3x1 (width x height), this is 2x1; correct the " +
            "mask; it is never resized silently [FRAME_SIZE]", VocFolder.Reader(folder).Fault());
    }

    [RealDataFact]
    public void Real_VOC_images_are_read_and_three_pictures_without_a_mask_are_told_of()
    {
        var warnings = new List<string>();
        string root = Path.Combine(SharedData.Data!, "voc-palette", "voc2012-100");
        Sample[] images = new VocReader
        {
            Root = InputPath.Of(root),
            ClassesDir = "SegmentationClassAug",
            Of = VocInstances.Classes,
        }.ReadAll(warnings.Add);
        Assert.Equal(41, images.Length);
        Assert.Equal(71, images.Sum(i => i.Instances.Length));
        Assert.Contains(warnings, w => w.StartsWith("passed over 3 pictures of", StringComparison.Ordinal));
    }
}
