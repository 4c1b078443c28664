using System.Globalization;
using System.Text;
using SegPipeline.Formats;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Tests.Formats;

/// <summary>Segmentations as COCO and YouTube-VIS write them.</summary>
public sealed class SegmentationJsonTests
{
    [Theory]
    [InlineData("200000001")]
    [InlineData("-200000001")]
    [InlineData("1e300")]
    public void A_coordinate_beyond_all_pictures_is_found_wherever_it_stands(string large)
    {
        string[] xy = [.. Enumerable.Range(0, 42).Select(i => (i * 1.5).ToString(CultureInfo.InvariantCulture))];
        for (int at = 0; at < xy.Length; at++)
        {
            string[] parts = [.. xy];
            parts[at] = large;
            var fault = Assert.Throws<RecordFaultException>(() => Read(parts));
            Assert.Equal(MaskFault.PolygonRange, fault.Code);
            string found = double.Parse(large, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            Assert.EndsWith($"found {found}", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Coordinates_up_to_the_largest_are_read()
    {
        var polygons = Assert.IsType<PolygonSegmentation>(Read(["200000000", "-200000000", "1.25", "2", "3", "4"]));
        Assert.Equal<double>([200000000, -200000000, 1.25, 2, 3, 4], polygons.Parts.Single());
    }

    private static Segmentation Read(string[] xy) => SegmentationJson.Read(
        Encoding.ASCII.GetBytes($"[[{string.Join(',', xy)}]]"), 0, 0, ShortPolygons.Fail);
}
