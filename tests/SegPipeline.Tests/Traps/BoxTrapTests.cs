namespace SegPipeline.Tests.Traps;

/// <summary>Boxes, areas and scores that are none.</summary>
public sealed class BoxTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("three numbers", "\"bbox\": [1, 2, 3]",
        "expected a box of four numbers, found a list of 3; correct the record [BOX_SHAPE]")]
    [InlineData("five numbers", "\"bbox\": [1, 2, 3, 4, 5]",
        "expected a box of four numbers, found a list of 5; correct the record [BOX_SHAPE]")]
    [InlineData("no list", "\"bbox\": 5", "expected a box of four numbers, found 5; correct the record [BOX_SHAPE]")]
    [InlineData("by name", "\"bbox\": {\"x\": 1}",
        "expected a box of four numbers, found {\"x\": 1}; correct the record [BOX_SHAPE]")]
    [InlineData("NaN box", "\"bbox\": [1, 2, NaN, 4]",
        "expected finite numbers in the box, found 'NaN'; correct the record [NOT_A_NUMBER]")]
    [InlineData("Infinity box", "\"bbox\": [1, 2, Infinity, 4]",
        "expected finite numbers in the box, found 'Infinity'; correct the record [NOT_A_NUMBER]")]
    [InlineData("1e400 box", "\"bbox\": [1, 2, 1e400, 4]",
        "expected finite numbers in the box, found '1e400'; correct the record [NOT_A_NUMBER]")]
    [InlineData("box of text", "\"bbox\": [\"1\", 2, 3, 4]",
        "expected finite numbers in the box, found '\"1\"'; correct the record [NOT_A_NUMBER]")]
    public Task A_box_that_is_none_rejects_its_image_when_it_is_looked_at(string row, string member, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Look = "filter: { where: \"bbox.width >= 0\" }";
        return _trap.WithCoco(TrapFolder.Annotation(member))
            .RejectsAsync("in.json: error: annotation 918: " + fault);
    }

    [Theory]
    [InlineData("negative size", "\"bbox\": [5, 5, -3, -4]")]
    [InlineData("out of the picture", "\"bbox\": [-10, -10, 500.5, 1e3]")]
    [InlineData("null", "\"bbox\": null")]
    [InlineData("empty", "\"bbox\": []")]
    [InlineData("no size", "\"bbox\": [1, 1, 0, 0]")]
    [InlineData("area unlike the shape", "\"area\": -1")]
    public async Task A_box_that_says_something_odd_stays_as_it_was_written(string row, string member)
    {
        Assert.NotEmpty(row);
        string annotation = TrapFolder.Annotation(member);
        _trap.Look = "";
        Assert.Contains(annotation, await _trap.WithCoco(annotation).PassesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_that_is_not_looked_at_is_written_back_with_its_no_number()
    {
        string annotation = TrapFolder.Annotation("\"bbox\": [NaN, 1, 2, 3]");
        _trap.Look = "";
        string text = await _trap.WithCoco(annotation).PassesAsync("NaN or Infinity");
        Assert.Contains(annotation, text, StringComparison.Ordinal);
    }
}
