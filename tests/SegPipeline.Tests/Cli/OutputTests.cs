using SegPipeline.Cli.Output;
using SegPipeline.Model;

namespace SegPipeline.Tests.Cli;

public sealed class OutputTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(9_949, "9.9 kB")]
    [InlineData(9_950, "10 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(1_234_567_890, "1.2 GB")]
    [InlineData(long.MaxValue, "9223372 TB")]
    public void A_size_has_two_or_three_digits(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("256M", 256L << 20)]
    [InlineData("256m", 256L << 20)]
    [InlineData("3K", 3072)]
    [InlineData("2G", 2L << 30)]
    [InlineData("8388607T", 8388607L << 40)]
    public void A_size_is_read_with_its_unit(string text, long bytes) => Assert.Equal(bytes, Quantity.ParseBytes(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("M")]
    [InlineData("1.5G")]
    [InlineData("1 G")]
    [InlineData("8388608T")]
    [InlineData("99999999999999999999")]
    [InlineData("12X")]
    public void What_is_no_size_is_not_read(string text) => Assert.Null(Quantity.ParseBytes(text));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(185, "3:05 min")]
    [InlineData(7200, "2:00:00 h")]
    [InlineData(360061, "100:01:01 h")]
    public void A_time_is_as_exact_as_it_is_long(double seconds, string text) =>
        Assert.Equal(text, Quantity.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_table_aligns_words_to_the_left_and_numbers_to_the_right()
    {
        var table = new TextTable("name", "#count", "note");
        table.Add("a", "1,000", "");
        table.Add("longer", "1", "x");
        var text = new StringWriter { NewLine = "\n" };
        table.Write(text);
        Assert.Equal("name    count  note\na       1,000\nlonger      1  x\n", text.ToString());
    }

    [Fact]
    public void A_problem_of_the_data_reads_like_one_of_a_compiler()
    {
        Terminal terminal = CliRun.Captured() with { CurrentFolder = "/data" };
        terminal.WriteProblem(new Problem("RLE_SUM", "expected 30 pixels, found 29")
        {
            File = "/data/coco/a.json",
            Line = 4,
            ByteOffset = 123,
            Record = "annotation 9",
            Remedy = "repair it",
        });
        terminal.WriteProblem(new Problem("X", "bad") { File = "/other/b.json" });
        terminal.WriteProblem(new Problem("X", "bad"));
        Assert.Equal(
            "coco/a.json:4: error: annotation 9: expected 30 pixels, found 29 (byte 123); repair it [RLE_SUM]\n" +
            "/other/b.json: error: bad [X]\nsegpipe: error: bad [X]\n", terminal.Error.ToString());
    }

    [Fact]
    public void Control_characters_of_names_are_spelt_out()
    {
        Terminal terminal = CliRun.Captured();
        terminal.WriteError("a\rb.json", "image '\u001b[2J\n\u0085' is bad");
        Assert.Equal("a\\u000db.json: error: image '\\u001b[2J\\u000a\\u0085' is bad\n", terminal.Error.ToString());
    }

    [Fact]
    public void Only_a_terminal_that_has_colours_gets_them()
    {
        Terminal plain = CliRun.Captured();
        Terminal coloured = CliRun.Captured() with { HasColours = true };
        plain.WriteWarning("a", "b");
        coloured.WriteWarning("a", "b");
        Assert.Equal("a: warning: b\n", plain.Error.ToString());
        Assert.Equal("a: \e[1;33mwarning:\e[0m b\n", coloured.Error.ToString());
    }
}
