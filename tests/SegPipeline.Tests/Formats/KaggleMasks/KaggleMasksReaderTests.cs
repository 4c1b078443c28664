using SegPipeline.Formats.KaggleMasks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleMasks;

public sealed class KaggleMasksReaderTests
{
    [Fact]
    public void Every_mask_in_the_folder_of_an_image_is_an_object_of_it()
    {
        using var folder = new TempFolder();
        Add(folder, "b", "V00", "0VV");
        Add(folder, "ab", "00V");
        Sample[] images = ReadAll(folder);
        Assert.Equal(["ab", "b"], images.Select(i => i.Key));
        Assert.Equal(["b/images/b.png"], images[1].Frames.Select(f => f.Name));
        Assert.Equal(["1 \"0\" 1", "1 \"1\" 2"], images[1].Instances.Select(Text));
        Assert.Equal(["1 \"0\" 1"], images[0].Instances.Select(Text));
    }

    [Fact]
    public void What_is_odd_about_masks_is_kept_and_told()
    {
        using var folder = new TempFolder();
        Add(folder, "a", "VVVV/V00V/V00V/VVVV", "VVVV/V00V/V00V/VVVV", "0000/0000/0000/0000", "V000/0000/0000/0000");
        Add(folder, "b", "VVVVV/V000V/V000V/VVVVV");
        var warnings = new List<string>();
        Assert.Equal([12, 12, 0, 1],
            ReadAll(folder, warnings.Add)[0].Instances.Select(i => ((MaskSegmentation)i.Segmentation).Mask.AreaPx));
        Assert.Equal(["masks of 'a' are kept as they are: 1 has the pixels of an earlier one, they share 13 pixels, " +
            "1 has no pixel"], warnings);
    }

    [Fact]
    public void A_mask_whose_hole_is_larger_than_it_is_is_told_of_as_an_outline()
    {
        using var folder = new TempFolder();
        string hollow = "V" + new string('0', 8) + "V";
        string full = new('V', 10);
        Add(folder, "a", string.Join('/', [full, .. Enumerable.Repeat(hollow, 8), full]));
        var warnings = new List<string>();
        ReadAll(folder, warnings.Add);
        Assert.Equal(["masks of 'a' are kept as they are: 1 is only an outline"], warnings);
    }

    [Fact]
    public void Images_without_masks_and_files_elsewhere_are_counted()
    {
        using var folder = new TempFolder();
        Add(folder, "a", "V");
        Add(folder, "test");
        folder.WritePhoto("a/images/other.png", 1, 1);
        folder.WriteGrey("loose.png", "V");
        folder.WriteBytes("a/masks/0.jpg", [1]);
        var warnings = new List<string>();
        Assert.Equal([1, 0], ReadAll(folder, warnings.Add).Select(i => i.Instances.Length));
        string name = Path.GetFileName(folder.Path);
        Assert.Equal([$"1 of 2 images in '{name}' without masks; the first is 'test'",
            $"passed over 3 pictures in '{name}', neither ID/images/ID nor PNGs in ID/masks"], warnings);
    }

    [Fact]
    public void A_picture_is_found_by_its_whole_name_only()
    {
        using var folder = new TempFolder();
        folder.WriteGrey("ab/masks/x.png", "V");
        folder.WritePhoto("ab/images/xab.png", 1, 1);
        Assert.Equal("dsb/ab: expected one picture images/ab.png, found 'xab.png'; " +
            "name the picture after its folder, or take the folder away [PICTURE]", Fault(folder));
        folder.WritePhoto("ab/images/ab.png", 1, 1);
        folder.WritePhoto("ab/images/ab.jpg", 1, 1);
        Assert.Equal("dsb/ab: expected one picture images/ab.png, found 'ab.jpg', 'ab.png'; " +
            "name the picture after its folder, or take the folder away [PICTURE]", Fault(folder));
    }

    [Fact]
    public void A_mask_of_another_size_and_a_folder_of_something_else_are_bad()
    {
        using var folder = new TempFolder();
        folder.WriteGrey("x.png", "V");
        Assert.Equal("dsb: expected folders ID/images and ID/masks, found 1 file in none; " +
            "name the folder whose folders are the images, e.g. stage1_train [NO_MASK_FOLDERS]", Fault(folder));
        Add(folder, "a", "VV");
        folder.WriteGrey("a/masks/0.png", "VVV");
        Assert.Equal("dsb/a/masks/0.png: its picture is 2x1 (width x height), this is 3x1; correct the mask; " +
            "it is never resized silently [FRAME_SIZE]", Fault(folder));
    }

    [RealDataFact]
    public void Real_nuclei_are_read_with_their_pixels()
    {
        var warnings = new List<string>();
        string root = Path.Combine(SharedData.Data!, "kaggle", "dsb2018", "stage1_train");
        using OpenDataset dataset = new KaggleMasksReader { Root = InputPath.Of(root) }
            .Open(StageHarness.Context with { Warn = warnings.Add });
        Sample[] images = [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
        Assert.Equal((16, 561), (images.Length, images.Sum(i => i.Instances.Length)));
        Assert.Equal(295025, images.Sum(i => i.Instances.Sum(o => ((MaskSegmentation)o.Segmentation).Mask.AreaPx)));
        Assert.Empty(warnings);
    }

    private static void Add(TempFolder folder, string id, params string[] masks)
    {
        string[] rows = (masks.FirstOrDefault() ?? "0").Split('/');
        folder.WritePhoto($"{id}/images/{id}.png", rows[0].Length, rows.Length);
        for (int i = 0; i < masks.Length; i++) folder.WriteGrey($"{id}/masks/{i}.png", masks[i]);
    }

    private static Sample[] ReadAll(TempFolder folder, Action<string>? warn = null)
    {
        using OpenDataset dataset = new KaggleMasksReader { Root = new InputPath("dsb", folder.Path) }
            .Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    private static string Fault(TempFolder folder) =>
        Assert.Single(Assert.Throws<BadDataException>(() => ReadAll(folder)).Problems).ToString();

    private static string Text(Instance instance) => $"{instance.CategoryId} {instance.MemberText("mask_name")} " +
        $"{((MaskSegmentation)instance.Segmentation).Mask.AreaPx}";
}
