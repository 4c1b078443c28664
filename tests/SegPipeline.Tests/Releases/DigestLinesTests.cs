using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class DigestLinesTests : IDisposable
{
    private const string A = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string B = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(A + "  a b.png", "a b.png")]
    [InlineData(A + " *a.png", "a.png")]
    [InlineData(A + " a.png", "a.png")]
    [InlineData(A + "  ./x/a.png", "x/a.png")]
    [InlineData(A + "  ./-", "-")]
    [InlineData("\\" + A + "  a\\\\b\\nc.png", "a\\b\nc.png")]
    public void What_sha256sum_writes_is_read(string line, string name) =>
        Assert.Equal(new DigestLine(name, A), Assert.Single(Read(line + "\n\n")));

    [Fact]
    public void What_is_written_is_read_back()
    {
        DigestLine[] lines = [new("-", A), new("a\\b", B), new("c\nd\r", A), new("z/é.png", B)];
        var text = new StringWriter();
        DigestLines.Write(text, lines);
        Assert.Equal(lines, Read(text.ToString()));
        Assert.DoesNotContain("\r", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_in_upper_case_and_a_line_said_twice_are_no_matter() =>
        Assert.Equal([new DigestLine("a", A)], Read($"{A.ToUpperInvariant()}  a\n{A}  a\n"));

    [Theory]
    [InlineData("", "list.txt:1: the list is empty")]
    [InlineData("hello\n", "expected 64 hexadecimal digits, two blanks and a file name")]
    [InlineData(A + "  ../a\n", "expected a name below the folder of the list, found '../a'")]
    [InlineData(A + "  /etc/passwd\n", "found '/etc/passwd'")]
    [InlineData(A + "  a\n" + B + "  a\n", "list.txt:2: 'a' is listed with another digest above")]
    public void Other_lines_are_refused_with_their_number(string text, string part)
    {
        var thrown = Assert.Throws<BadDataException>(() => Read(text));
        Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_not_there_is_bad_data() => Assert.Equal(
        "FILE_UNREADABLE", StageHarness.FailsWith(() => DigestLines.Read(InputPath.Of(_temp["gone"]))));

    private IReadOnlyList<DigestLine> Read(string text) =>
        DigestLines.Read(new InputPath("list.txt", _temp.Write("list.txt", text)));
}
