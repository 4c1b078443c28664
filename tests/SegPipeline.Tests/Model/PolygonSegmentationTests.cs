using SegPipeline.Model;

namespace SegPipeline.Tests.Model;

public sealed class PolygonSegmentationTests
{
    [Fact]
    public void The_mask_is_the_union_of_the_parts()
    {
        var square = new PolygonSegmentation([[1, 1, 1, 4, 4, 4, 4, 1]]);
        Assert.Equal([7u, 3, 3, 3, 3, 3, 8], square.ToMask(6, 5).Counts.ToArray());
        var withHole = new PolygonSegmentation([[0, 0, 0, 6, 5, 6, 5, 0], square.Parts[0]]);
        Assert.Equal(30, withHole.ToMask(6, 5).AreaPx);
        Assert.True(square.HasMask);
        Assert.Equal(SegmentationForm.Polygons, square.Form);
    }

    [Fact]
    public void No_parts_make_an_empty_mask() => Assert.Equal(0, new PolygonSegmentation([]).ToMask(6, 5).AreaPx);

    [Fact]
    public void What_cannot_be_filled_is_bad_data()
    {
        var e = Assert.Throws<BadDataException>(() => new PolygonSegmentation([[1, 1, 2, 2]]).ToMask(6, 5));
        Assert.Equal("POLY_SHORT", Assert.Single(e.Problems).Code);
    }
}
