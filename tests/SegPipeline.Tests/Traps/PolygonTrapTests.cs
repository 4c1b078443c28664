namespace SegPipeline.Tests.Traps;

/// <summary>Polygons that are none, and shapes that are not there.</summary>
public sealed class PolygonTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("two points", "[[1, 2, 3, 4]]",
        "expected polygons of at least 6 numbers (3 points), found one of 4; correct it, or set short_polygons: " +
        "drop [POLY_SHORT]")]
    [InlineData("one number", "[[1]]",
        "expected polygons of at least 6 numbers (3 points), found one of 1; correct it, or set short_polygons: " +
        "drop [POLY_SHORT]")]
    [InlineData("no number", "[[]]",
        "expected polygons of at least 6 numbers (3 points), found one of 0; correct it, or set short_polygons: " +
        "drop [POLY_SHORT]")]
    [InlineData("odd", "[[1, 1, 5, 1, 5, 5, 7]]",
        "expected polygons of an even number of numbers, found one of 7; correct it, or set short_polygons: drop " +
        "[POLY_ODD]")]
    [InlineData("second part short", "[[1, 1, 5, 1, 5, 5], [1, 2, 3, 4]]",
        "expected polygons of at least 6 numbers (3 points), found one of 4; correct it, or set short_polygons: " +
        "drop [POLY_SHORT]")]
    [InlineData("NaN", "[[1, 1, 5, 1, 5, NaN]]",
        "expected finite numbers in the polygon, found 'NaN'; correct the record [NOT_A_NUMBER]")]
    [InlineData("Infinity", "[[1, 1, 5, 1, 5, -Infinity]]",
        "expected finite numbers in the polygon, found '-Infinity'; correct the record [NOT_A_NUMBER]")]
    [InlineData("1e400", "[[1, 1, 5, 1, 5, 1e400]]",
        "expected finite numbers in the polygon, found '1e400'; correct the record [NOT_A_NUMBER]")]
    [InlineData("null coordinate", "[[1, 1, 5, 1, 5, null]]",
        "expected finite numbers in the polygon, found 'null'; correct the record [NOT_A_NUMBER]")]
    [InlineData("coordinate as text", "[[1, 1, 5, 1, 5, \"5\"]]",
        "expected finite numbers in the polygon, found '\"5\"'; correct the record [NOT_A_NUMBER]")]
    [InlineData("far away", "[[1, 1, 5, 1, 5, 3e9]]",
        "expected coordinates up to 200000000 pixels, found 3000000000; correct the record [POLY_RANGE]")]
    [InlineData("flat list", "[1, 1, 5, 1, 5, 5]",
        "expected null, [], polygons [[x, y, ...], ...] or {\"counts\", \"size\"} as segmentation, found a list of " +
        "something else; correct the record [SEGMENTATION_SHAPE]")]
    [InlineData("points in pairs", "[[[1, 1], [5, 1], [5, 5]]]",
        "expected finite numbers in the polygon, found '[1'; correct the record [NOT_A_NUMBER]")]
    [InlineData("text", "\"1 1 5 1 5 5\"",
        "expected null, [], polygons [[x, y, ...], ...] or {\"counts\", \"size\"} as segmentation, found '\"'; " +
        "correct the record [SEGMENTATION_SHAPE]")]
    public Task A_malformed_polygon_rejects_its_image(string row, string segmentation, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithCoco(TrapFolder.Annotation($"\"segmentation\": {segmentation}"))
            .RejectsAsync("in.json: error: annotation 918: " + fault);
    }

    [Theory]
    [InlineData("empty list", "\"segmentation\": [], ")]
    [InlineData("null", "\"segmentation\": null, ")]
    [InlineData("missing", "")]
    public async Task No_shape_is_no_mask_and_stays_as_it_was_written(string row, string member)
    {
        Assert.NotEmpty(row);
        string annotation = TrapFolder.Annotation(member + "\"bbox\": [1, 2, 3, 4]");
        Assert.Contains(annotation, await _trap.WithCoco(annotation).PassesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_polygon_beyond_the_picture_is_cut_in_masks_only()
    {
        string annotation = TrapFolder.Annotation("\"segmentation\": [[-5, -5, 25, -5, 25, 15, -5, 15]]");
        Assert.Contains("\"counts\":\"0X6\"", (await _trap.WithCoco(annotation).PassesAsync())
            .Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        _trap.Look = "";
        Assert.Contains(annotation, await _trap.PassesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_parts_can_be_dropped_and_the_rest_of_the_shape_stays()
    {
        _trap.Reader = "read.coco: { annotations: in.json, short_polygons: drop }";
        string text = await _trap.WithCoco(
            TrapFolder.Annotation("\"segmentation\": [[1, 2, 3, 4], [0, 0, 20, 0, 20, 10, 0, 10]]")).PassesAsync();
        Assert.Contains("\"counts\":\"0X6\"", text.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }
}
