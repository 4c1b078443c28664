using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class BigDownsamplePipelineTests
{
    private const string Pipeline = "big-downsample.yaml";

    [Fact]
    public async Task Generated_pictures_and_masks_become_smaller_together()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 40; i++)
        {
            int edge = i;
            folder.WritePhoto($"big/a{i:D2}_im.png", 30, 21);
            GreyPngs.Write(folder, $"big/a{i:D2}_gt.png", 30, 21, (x, y) => x + y < edge ? 255 : 0);
            GreyPngs.Write(folder, $"big/a{i:D2}_seg.png", 30, 21, (x, y) => x < edge ? 255 : 0);
        }
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, "--set", $"root={folder["big"]}", "--set", "factor=3");
        for (int i = 0; i < 40; i++)
        {
            AssertReduced(folder, $"a{i:D2}_seg.png", 3, isRescued: false);
            AssertReduced(folder, $"a{i:D2}_gt.png", 3, isRescued: i is > 0 and < 3);
            PhotoHeader photo = HeaderOf(folder[$"release-1/triplets/a{i:D2}_im.png"]);
            Assert.Equal((10, 7), (photo.WidthPx, photo.HeightPx));
        }
        Assert.Contains("1 mask _gt without a pixel", File.ReadAllText(folder["release-1/MANIFEST.json"]),
            StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_pictures_are_halved_with_their_masks()
    {
        using var folder = new TempFolder();
        string source = Path.Combine(SharedData.Data!, "big-style", "cascadepsp-test");
        File.Copy($"{source}/aeroplane.png", folder.Write("big/aeroplane_gt.png", ""), overwrite: true);
        File.Copy($"{source}/aeroplane.png", folder["big/aeroplane_seg.png"]);
        File.Copy($"{source}/aeroplane.jpg", folder["big/aeroplane_im.jpg"]);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"root={folder["big"]}");
        AssertReduced(folder, "aeroplane_gt.png", 2, isRescued: false);
        AssertReduced(folder, "aeroplane_seg.png", 2, isRescued: false);
        PhotoHeader photo = HeaderOf(folder["release-1/triplets/aeroplane_im.jpg"]);
        Assert.Equal((1746, 1164), (photo.WidthPx, photo.HeightPx));
    }

    /// <summary>Holds a mask against the plain rule: at least a half of a pixel is covered.</summary>
    private static void AssertReduced(TempFolder folder, string name, int factor, bool isRescued)
    {
        var (width, _, before) = GreyPngs.Read(folder[$"big/{name}"]);
        var (reducedWidth, reducedHeight, after) = GreyPngs.Read(folder[$"release-1/triplets/{name}"]);
        var expected = new byte[reducedWidth * reducedHeight];
        for (int i = 0; i < expected.Length; i++)
        {
            int covered = 0, left = i % reducedWidth * factor, top = i / reducedWidth * factor;
            for (int j = 0; j < factor * factor; j++)
                covered += before[(top + j / factor) * width + left + j % factor] > 128 ? 1 : 0;
            expected[i] = 2 * covered >= factor * factor ? (byte)255 : (byte)0;
        }
        if (isRescued) expected[0] = 255;
        Assert.True(expected.AsSpan().SequenceEqual(after), name);
    }

    private static PhotoHeader HeaderOf(string path) => PhotoHeader.Read(new PhotoFile(path), path);
}
