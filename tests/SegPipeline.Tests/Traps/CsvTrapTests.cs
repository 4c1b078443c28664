namespace SegPipeline.Tests.Traps;

/// <summary>Tables of run lengths that are no tables, or hold no run lengths.</summary>
public sealed class CsvTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new()
    {
        Reader = "read.kaggle_rle: { csv: in.csv, width: 3, height: 4 }",
        Look = "encode_rle: {}",
    };

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("empty file", "",
        "in.csv: error: stage 'in': expected a row with the names of the columns; name the file that is meant " +
        "[CSV_EMPTY]")]
    [InlineData("no header", "a.png,1 2 5 1\nb.png,1 1\n",
        "in.csv:1: error: stage 'in': expected the names of the columns, found run lengths: '1 2 5 1'; put a row " +
        "with names before the first [CSV_COLUMN]")]
    [InlineData("other separator", "id;rle\na;1 2\n",
        "in.csv:1: error: stage 'in': expected at least two columns, found only 'id;rle'; set 'separator' to what " +
        "stands between the columns [CSV_COLUMN]")]
    [InlineData("open quote", "id,rle\n\"a,1 1\n",
        "in.csv:2: error: stage 'in': a quote is opened and never closed; correct the row, or name the file that " +
        "is meant [CSV_QUOTES]")]
    public Task A_file_that_is_no_table_is_refused(string row, string text, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("in.csv", text);
        return _trap.StopsAsync(fault);
    }

    [Theory]
    [InlineData("odd", "1 2 5",
        "in.csv:3: error: image 'a', column 'rle': expected pairs of start and length, found 3 numbers; correct " +
        "the row [RLE_ODD]")]
    [InlineData("fraction", "1 1.0",
        "in.csv:3: error: image 'a', column 'rle': expected a whole number, found '1.0' at character 3; correct " +
        "the row; a table program may have added '.0' [RLE_NUMBER]")]
    [InlineData("commas", "\"1,2\"",
        "in.csv:3: error: image 'a', column 'rle': expected a whole number, found '1,2' at character 1; correct " +
        "the row; a table program may have added '.0' [RLE_NUMBER]")]
    [InlineData("word", "none",
        "in.csv:3: error: image 'a', column 'rle': expected a whole number, found 'none' at character 1; correct " +
        "the row; a table program may have added '.0' [RLE_NUMBER]")]
    [InlineData("negative", "-3 1",
        "in.csv:3: error: image 'a', column 'rle': expected a whole number, found '-3' at character 1; correct the " +
        "row; a table program may have added '.0' [RLE_NUMBER]")]
    [InlineData("beyond 2^64", "99999999999999999999 1",
        "in.csv:3: error: image 'a', column 'rle': expected a whole number, found '99999999999999999999' at " +
        "character 1; correct the row; a table program may have added '.0' [RLE_NUMBER]")]
    [InlineData("before the first pixel", "0 1",
        "in.csv:3: error: image 'a', column 'rle': pair 1 (0 1) begins before the first pixel, 1; set 'base: 0' if " +
        "pixels are counted from 0 [RLE_START]")]
    [InlineData("no length", "1 0",
        "in.csv:3: error: image 'a', column 'rle': pair 1 (1 0) has no pixel; leave the pair out [RLE_LENGTH]")]
    [InlineData("overlap", "5 2 6 1",
        "in.csv:3: error: image 'a', column 'rle': pair 2 (6 1) begins before the pair before it ends, at 6; sort " +
        "the pairs and join those that overlap, or set 'relative: true' if starts are relative [RLE_ORDER]")]
    [InlineData("out of order", "5 2 1 1",
        "in.csv:3: error: image 'a', column 'rle': pair 2 (1 1) begins before the pair before it ends, at 6; sort " +
        "the pairs and join those that overlap, or set 'relative: true' if starts are relative [RLE_ORDER]")]
    [InlineData("beyond the picture", "12 2",
        "in.csv:3: error: image 'a', column 'rle': pair 1 (12 2) ends at pixel 13, the last one is 12; check " +
        "'height', 'width' and 'base' [RLE_RANGE]")]
    [InlineData("length of 2^63", "1 9223372036854775807",
        "in.csv:3: error: image 'a', column 'rle': pair 1 (1 2305843009213693951) ends at pixel " +
        "2305843009213693951, the last one is 12; check 'height', 'width' and 'base' [RLE_RANGE]")]
    public Task Pairs_that_break_a_rule_reject_their_image(string row, string pairs, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("in.csv", $"id,rle\nb,1 1\na,{pairs}\n");
        return _trap.RejectsAsync(fault, stage: "in", key: "a");
    }

    [Theory]
    [InlineData("three fields", "a,1 1,9",
        "in.csv:3: error: stage 'in': expected 2 fields as in the first row, found 3; correct the row [CSV_FIELDS]")]
    [InlineData("one field", "a",
        "in.csv:3: error: stage 'in': expected 2 fields as in the first row, found 1; correct the row [CSV_FIELDS]")]
    [InlineData("quote within", "a\"b\"c,1 1",
        "in.csv:3: error: stage 'in': a quote stands within a field that does not begin with one; put the field in " +
        "quotes [CSV_QUOTES]")]
    [InlineData("no image", ",1 1",
        "in.csv:3: error: stage 'in': the row names no image; correct the row, or 'image_column' [CSV_IMAGE]")]
    public Task A_row_of_no_image_is_rejected_by_its_line(string row, string line, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("in.csv", $"id,rle\nb,1 1\n{line}\n");
        return _trap.RejectsAsync(fault, stage: "in", key: "row in line 3");
    }

    [Theory]
    [InlineData("byte order mark", "\uFEFFid,rle\na,1 1\n")]
    [InlineData("line ends of Windows", "id,rle\r\na,1 1\r\n")]
    [InlineData("quotes and blanks", "\"id\", \"rle\"\n \"a\" ,  1 1 \n\n")]
    [InlineData("last line open", "id,rle\na,1 1")]
    public async Task A_table_as_other_programs_write_it_is_read(string row, string text)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("in.csv", text);
        Assert.Contains("01;", await _trap.PassesAsync(), StringComparison.Ordinal);
    }
}
