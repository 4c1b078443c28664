namespace SegPipeline.Tests.Traps;

/// <summary>Run lengths that are not those of a picture.</summary>
public sealed class RleTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("sum too small", """{"counts": [199], "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 199; correct the " +
        "record [RLE_SUM]")]
    [InlineData("sum too large", """{"counts": [150, 51], "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 201; correct the " +
        "record [RLE_SUM]")]
    [InlineData("string sum", """{"counts": "73", "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 10; correct the " +
        "record [RLE_SUM]")]
    [InlineData("empty string", """{"counts": "", "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 0; correct the " +
        "record [RLE_SUM]")]
    [InlineData("no counts", """{"counts": [], "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 0; correct the " +
        "record [RLE_SUM]")]
    [InlineData("sum wraps", """{"counts": [4294967296, 200], "size": [10, 20]}""",
        "expected run lengths of 0 to 4294967295, found 4294967296 as number 0; correct the record [RLE_RANGE]")]
    [InlineData("negative", """{"counts": [-1, 201], "size": [10, 20]}""",
        "expected run lengths of 0 to 4294967295, found -1 as number 0; correct the record [RLE_RANGE]")]
    [InlineData("fraction", """{"counts": [0.5, 199.5], "size": [10, 20]}""",
        "expected run lengths of 0 to 4294967295, found 0.5 as number 0; correct the record [RLE_RANGE]")]
    [InlineData("huge count", """{"counts": [1e300], "size": [10, 20]}""",
        "expected run lengths of 0 to 4294967295, found 1E+300 as number 0; correct the record [RLE_RANGE]")]
    [InlineData("exchanged size", """{"counts": [200], "size": [20, 10]}""",
        "expected run lengths of the picture's size 10x20 (height x width), found 20x10; correct the size in the " +
        "source; a mask is never resized silently [RLE_SIZE]")]
    [InlineData("1e9 x 1e9", """{"counts": [200], "size": [1000000000, 1000000000]}""",
        "the run lengths are wrong: a mask may have 4294967295 pixels, 1000000000x1000000000 (height x width) has " +
        "1000000000000000000; correct the record [MASK_SIZE]")]
    [InlineData("size wraps to 200", """{"counts": [200], "size": [4294967306, 20]}""",
        "expected a size of two whole numbers, found 4294967306; correct the record [MASK_SIZE]")]
    [InlineData("negative size", """{"counts": [200], "size": [-10, -20]}""",
        "expected a size of two whole numbers, found -10; correct the record [MASK_SIZE]")]
    [InlineData("size of three", """{"counts": [200], "size": [10, 20, 1]}""",
        "expected null, [], polygons [[x, y, ...], ...] or {\"counts\", \"size\"} as segmentation, found a size of " +
        "3 numbers; correct the record [SEGMENTATION_SHAPE]")]
    [InlineData("no size", """{"counts": [200]}""",
        "expected null, [], polygons [[x, y, ...], ...] or {\"counts\", \"size\"} as segmentation, found an object " +
        "without 'size' and 'counts'; correct the record [SEGMENTATION_SHAPE]")]
    [InlineData("python bytes", """{"counts": "b'X6'", "size": [10, 20]}""",
        "the run lengths are wrong: a run-length string holds characters '0' (48) to 'o' (111), found ''' at " +
        "character 1; it looks like Python's print of a bytes object, which must be decoded first; the string is a " +
        "Python bytes literal: keep what is between its quotes [RLE_CHAR]")]
    [InlineData("escaped twice", """{"counts": "0\\\\X6", "size": [10, 20]}""",
        "the run lengths are wrong: run lengths must sum to height x width = 200, they sum to 205196; the string " +
        "looks as if it had been escaped twice [RLE_SUM]")]
    [InlineData("no such character", """{"counts": "X6 ", "size": [10, 20]}""",
        "the run lengths are wrong: a run-length string holds characters '0' (48) to 'o' (111), found ' ' at " +
        "character 2; correct the record [RLE_CHAR]")]
    [InlineData("not ASCII", """{"counts": "X6é", "size": [10, 20]}""",
        "the run lengths are wrong: a run-length string holds characters '0' (48) to 'o' (111), found byte 195 at " +
        "character 2; correct the record [RLE_CHAR]")]
    [InlineData("half a character", """{"counts": "X6\ud800", "size": [10, 20]}""",
        "the run-length string must be ASCII, found another character; correct the record [RLE_CHAR]")]
    [InlineData("string ends early", """{"counts": "X", "size": [10, 20]}""",
        "the run lengths are wrong: the run-length string ends within the number that begins at character 0; " +
        "correct the record [RLE_DANGLING]")]
    [InlineData("14 groups", """{"counts": "PPPPPPPPPPPPPPPP0", "size": [10, 20]}""",
        "the run lengths are wrong: a number may take 13 characters, the one that begins at character 0 takes " +
        "more; correct the record [RLE_TOO_LONG]")]
    [InlineData("string negative", """{"counts": "O", "size": [10, 20]}""",
        "the run lengths are wrong: a run length must be between 0 and 4294967295, found -1 at character 0; " +
        "correct the record [RLE_RANGE]")]
    public Task Run_lengths_that_do_not_fill_the_picture_reject_it(string row, string rle, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithCoco(TrapFolder.Annotation($"\"segmentation\": {rle}"))
            .RejectsAsync("in.json: error: annotation 918: " + fault);
    }

    [Theory]
    [InlineData("all background", """{"counts": [200], "size": [10, 20]}""", "X6")]
    [InlineData("runs of zero", """{"counts": [0, 0, 5, 3, 0, 2, 190], "size": [10, 20]}""", "0053KOn5\"")]
    [InlineData("blanks in the size", """{"size": [ 10 , 20.0 ], "counts": [0, 200]}""", "0X6")]
    public async Task Odd_run_lengths_that_fill_the_picture_are_read(string row, string rle, string begins)
    {
        Assert.NotEmpty(row);
        string text = await _trap.WithCoco(TrapFolder.Annotation($"\"segmentation\": {rle}")).PassesAsync();
        Assert.Contains($"\"counts\":\"{begins}", text.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }
}
