using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class VocRelabelMergePipelineTests
{
    private const string Pipeline = "voc-relabel-merge.yaml";
    private const byte Void = 255;

    [Fact]
    public async Task Corrected_classes_replace_the_original_ones_and_all_else_stays()
    {
        using var folder = new TempFolder();
        const int images = 60;
        for (int i = 0; i < images; i++)
            folder.WriteIndexed($"voc/SegmentationClass/{NameOf(i)}.png", "0011V/0033V/00330");
        folder.Write("voc/ImageSets/Segmentation/trainval.txt",
            string.Concat(Enumerable.Range(0, images).Select(i => NameOf(i) + "\n")));
        for (int i = 0; i < images; i += 3)
        {
            folder.WriteGrey($"fine/{NameOf(i)}_01_gt.png", "0VV0V/0VV00/00000");
            folder.WriteGrey($"fine/{NameOf(i)}_07_gt.png", "00000/00000/000VV");
        }
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, Arguments(folder));
        for (int i = 0; i < images; i++)
        {
            byte[] written = Written(folder, NameOf(i));
            Assert.Equal(i % 3 == 0
                ? LabelPngs.Labels("01101/0113V/00377")
                : LabelPngs.Labels("0011V/0033V/00330"), written);
        }
    }

    [RealDataFact]
    public async Task Real_masks_change_only_where_they_are_corrected()
    {
        using var folder = new TempFolder();
        string voc = Path.Combine(SharedData.Data!, "voc-palette", "voc2012-100");
        string[] names = [.. Directory.EnumerateFiles(voc + "/SegmentationClassAug")
            .Select(p => Path.GetFileNameWithoutExtension(p)!).Order(StringComparer.Ordinal)];
        folder.Write("voc/ImageSets/Segmentation/trainval.txt", string.Join('\n', names));
        Directory.CreateSymbolicLink(folder["voc/SegmentationClass"], voc + "/SegmentationClassAug");
        Directory.CreateSymbolicLink(folder["voc/JPEGImages"], voc + "/JPEGImages");
        for (int i = 0; i < names.Length; i += 4) Correct(folder, names[i]);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, Arguments(folder));
        long corrected = 0;
        for (int i = 0; i < names.Length; i++)
        {
            (_, _, byte[] before) = GreyPngs.Read($"{voc}/SegmentationClassAug/{names[i]}.png");
            byte[] expected = i % 4 == 0 ? Corrected(before, ClassOf(before)) : before;
            Assert.True(expected.AsSpan().SequenceEqual(Written(folder, names[i])), names[i]);
            corrected += expected.Zip(before).Count(p => p.First != p.Second);
        }
        Assert.Equal((41, true), (names.Length, corrected > 1000));
    }

    private static string[] Arguments(TempFolder folder) =>
        ["--set", $"voc={folder["voc"]}", "--set", $"corrected={folder["fine"]}"];

    private static string NameOf(int image) => $"2007_{image:D6}";

    private static byte[] Written(TempFolder folder, string name) =>
        GreyPngs.Read(folder[$"release-1/SegmentationClass/{name}.png"]).RowMajor;

    /// <summary>Draws the first class of an image anew: its mask moved by two pixels to the right.</summary>
    private static void Correct(TempFolder folder, string name)
    {
        var (width, height, labels) = GreyPngs.Read(folder[$"voc/SegmentationClass/{name}.png"]);
        byte label = ClassOf(labels);
        GreyPngs.Write(folder, $"fine/{name}_{label:D2}_gt.png", width, height,
            (x, y) => MovedTo(labels, y * width + x, label) ? 255 : 0);
    }

    /// <summary>What must come out: the class is where it was moved to; where it was, background is left.</summary>
    private static byte[] Corrected(byte[] before, byte label) =>
    [
        .. before.Select((old, i) => MovedTo(before, i, label) ? label : old == label ? (byte)0 : old),
    ];

    private static byte ClassOf(byte[] labels) => labels.First(l => l is not 0 and not Void);

    // Moved along the row-major order: what leaves a row at its end comes into the next.
    private static bool MovedTo(byte[] labels, int pixel, byte label) => pixel >= 2 && labels[pixel - 2] == label;
}
