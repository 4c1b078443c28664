using System.Globalization;
using System.Text.Json;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.LabelImages;

public sealed class ColorLabelsTests
{
    [Fact]
    public void An_id_is_red_and_256_green_and_65536_blue()
    {
        using PngImage rgb = Read(colorType: 2, [1, 0, 0, 0, 1, 0, 0, 0, 1, 255, 255, 255]);
        Assert.Equal([1, 256, 65536, 0xFFFFFF], ColorLabels.ToIds(rgb).Pixels.Values.ToArray());
        using PngImage rgba = Read(colorType: 6, [1, 2, 0, 9, 0, 0, 0, 0, 3, 0, 0, 255, 4, 0, 0, 1]);
        Assert.Equal([513, 0, 3, 4], ColorLabels.ToIds(rgba).Pixels.Values.ToArray());
    }

    [Fact]
    public void Colours_of_a_palette_become_its_indices_and_of_equal_colours_the_first()
    {
        var palette = new Palette([0, 0, 0, 9, 9, 9, 128, 0, 0, 9, 9, 9]);
        using PngImage image = Read(colorType: 2, [9, 9, 9, 128, 0, 0, 128, 0, 0, 0, 0, 0]);
        Assert.Equal([1, 2, 2, 0], ColorLabels.ToIndices(image, palette).Pixels.Values.ToArray());
    }

    [Fact]
    public void A_colour_outside_the_palette_is_an_error_and_named()
    {
        using PngImage image = Read(colorType: 2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
        PngFormatException e = Assert.Throws<PngFormatException>(() => ColorLabels.ToIndices(image, Palette.Voc));
        Assert.Equal(PngFault.Color, e.Code);
        Assert.Contains("pixel (1, 1) has colour (1, 2, 3)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grey_images_have_no_colours()
    {
        using PngImage image = Read(colorType: 0, [1, 2, 3, 4]);
        Assert.Throws<InvalidOperationException>(() => ColorLabels.ToIds(image));
    }

    [RealDataFact]
    public void Segments_of_panoptic_images_encode_to_the_published_strings()
    {
        string folder = Path.Combine(SharedData.Data!, "ade-panoptic", "coco-panoptic");
        using JsonDocument detection =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "panoptic_coco_detection_format.json")));
        var published = detection.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(a => (Image: a.GetProperty("image_id").GetInt64(),
                Counts: a.GetProperty("segmentation").GetProperty("counts").GetString()!))
            .ToHashSet();
        Assert.Equal(50, published.Count);
        var encoded = new HashSet<(long, string)>();
        foreach (string path in Directory.GetFiles(Path.Combine(folder, "panoptic_examples"), "*.png"))
        {
            using PngImage image = PngReader.Read(File.ReadAllBytes(path));
            long id = long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            foreach (LabelRegion segment in
                LabelRegions.Of(ColorLabels.ToIds(image).Pixels, LabelRoles.BackgroundOnly).Objects)
                encoded.Add((id, segment.Mask.ToCocoString()));
        }
        Assert.Equal(published, encoded);
    }

    private static PngImage Read(int colorType, ushort[] samples) =>
        PngReader.Read(NaivePng.Write(new NaivePicture(2, 2, colorType, 8, false, samples, []), _ => 0));
}
