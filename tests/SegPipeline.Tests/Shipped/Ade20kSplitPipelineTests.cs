using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class Ade20kSplitPipelineTests
{
    private const string Pipeline = "ade20k-split.yaml";

    [Fact]
    public async Task Generated_label_maps_are_cut_into_the_parts_of_the_original()
    {
        using var folder = new TempFolder();
        folder.Write("classes.csv", GeneratedLabelMaps.Taxonomy);
        for (int i = 0; i < 24; i++)
        {
            int image = i;
            folder.WritePhoto($"data/images/validation/ADE_val_{i:D8}.jpg", 160, 120);
            GreyPngs.Write(folder, $"data/annotations/validation/ADE_val_{i:D8}.png", 160, 120,
                (x, y) => (x / 50 + y / 45 + image) % 5);
            GreyPngs.Write(folder, $"predictions/ADE_val_{i:D8}.png", 160, 120,
                (x, y) => ((x + 6) / 50 + (y + image % 9) / 45 + image) % 5);
        }
        await ShippedPipeline.SameBytesAsync(folder, Pipeline,
            [.. GeneratedLabelMaps.Arguments(folder), "--set", $"predictions={folder["predictions"]}"]);
        int parts = AssertParts(folder, folder["predictions"], folder["data/annotations/validation"]);
        Assert.True(parts > 24 * 4, $"{parts} parts");
        Assert.Equal(24, Directory.GetFiles(folder["release-1/triplets"], "*_im.jpg").Length);
        Assert.Equal("label,name,isthing\n0,rest,\n1,wall,0\n2,sky,0\n3,car,1\n4,cat,1\n",
            File.ReadAllText(folder["release-1/classes.csv"]));
    }

    [RealDataFact]
    public async Task Real_predictions_of_ADE20K_are_cut_into_the_parts_of_the_original()
    {
        using var folder = new TempFolder();
        string data = Path.Combine(SharedData.Data!, "ade-panoptic", "sceneparsing");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"data={data}/sampleData",
            "--set", "set=.", "--set", $"predictions={data}/sampleData/predictions",
            "--set", $"taxonomy={data}/objectInfo150.csv");
        int parts = AssertParts(folder, $"{data}/sampleData/predictions", $"{data}/sampleData/annotations");
        Assert.True(parts > 3, $"{parts} parts");
        Assert.Equal(3, Directory.GetFiles(folder["release-1/triplets"], "*_im.jpg").Length);
    }

    /// <summary>Holds every file of a release against the parts of the label maps it was made of.</summary>
    private static int AssertParts(TempFolder folder, string predictions, string truths)
    {
        var expected = new SortedDictionary<string, Mask>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(predictions))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            foreach (AdePart part in AdeSplit.Split(
                LabelsOf(path), LabelsOf($"{truths}/{name}.png"), AdeClosing.CascadePsp))
            {
                expected.Add($"{name}_{part.Label}.{part.Component}_seg.png", part.Seg);
                expected.Add($"{name}_{part.Label}.{part.Component}_gt.png", part.Gt);
            }
        }
        Assert.Equal(expected.Keys, Directory.EnumerateFiles(folder["release-1/triplets"], "*.png")
            .Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
        foreach ((string name, Mask mask) in expected)
        {
            var (width, height, levels) = GreyPngs.Read(folder[$"release-1/triplets/{name}"]);
            Assert.All(levels.Distinct(), level => Assert.True(level is 0 or 255));
            Assert.True(mask.Equals(Mask.FromBitmapRowMajor(height, width, levels)), name);
        }
        return expected.Count / 2;
    }

    private static Dictionary<uint, Mask> LabelsOf(string path)
    {
        var (width, height, labels) = GreyPngs.Read(path);
        return labels.Distinct().ToDictionary(label => (uint)label, label => Mask.FromBitmapRowMajor(
            height, width, Array.ConvertAll(labels, l => l == label ? (byte)1 : (byte)0)));
    }
}
