using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks;

public sealed class ReadmeTests
{
    [Fact]
    public void The_tour_of_the_package_does_what_it_says()
    {
        // Tour
        Mask mask = PolygonFill.Fill(heightPx: 480, widthPx: 640, xy: [10, 10, 10, 90.5, 200, 90.5, 200, 10]);
        string counts = mask.ToCocoString();                          // what stands in "counts" of a COCO file
        Mask same = Mask.FromCocoString(480, 640, counts);
        long areaPx = same.AreaPx;
        PixelBox box = same.Box;
        Mask right = MaskGeometry.Translate(same, rightPx: 20, downPx: 0);
        double overlap = MaskOverlap.Iou(same, right);
        Mask both = MaskSets.Union(same, right);
        Mask half = MaskResize.Coverage(both, heightPx: 240, widthPx: 320);
        // End
        Assert.Equal(box.WidthPx * box.HeightPx, areaPx);
        Assert.Equal(170.0 / 210, overlap);
        Assert.Equal(new PixelBox(5, 5, 105, (box.HeightPx + 1) / 2), half.Box);
    }

    [Fact]
    public void The_tour_in_the_readme_is_the_one_that_is_tested()
    {
        string readme = File.ReadAllText(Path.Combine(SharedData.Root, "src/SegPipeline.Masks/README.md"));
        string tests = File.ReadAllText(Path.Combine(SharedData.Root, "tests/SegPipeline.Tests/Masks/ReadmeTests.cs"));
        Assert.Equal(Lines(tests, "// Tour", "// End"), Lines(readme, "```csharp", "```"));
    }

    private static string[] Lines(string text, string from, string to) => [.. text.Split('\n').Select(l => l.Trim())
        .SkipWhile(l => l != from).Skip(1).TakeWhile(l => l != to)];
}
