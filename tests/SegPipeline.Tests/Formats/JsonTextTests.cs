using System.Buffers;
using System.Text;
using System.Text.Json;
using SegPipeline.Formats;

namespace SegPipeline.Tests.Formats;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a/b'<>&+`", "\"a/b'<>&+`\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("\b\f\n\r\t\u0001\u001f\u007f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\"")]
    [InlineData("é漢😀\u2028", "\"é漢😀\u2028\"")]
    public void A_string_is_escaped_only_where_JSON_requires_it_and_reads_back(string text, string expected) =>
        AssertWritten(text, expected);

    [Fact]
    public void Half_a_surrogate_pair_is_escaped_and_reads_back()
    {
        AssertWritten("a\ud83d", "\"a\\ud83d\"");
        AssertWritten("\ude00\ud83d\ude00", "\"\\ude00😀\"");
    }


    [Theory]
    [InlineData("""\u00e9\"\\\/\b\f\n\r\t\ud83d\uDE00é""")]
    [InlineData("no escapes")]
    [InlineData("")]
    public void Escapes_are_resolved_as_a_full_parser_does(string escaped) => Assert.Equal(
        JsonSerializer.Deserialize<string>("\"" + escaped + "\""), JsonText.Unescape(Encoding.UTF8.GetBytes(escaped)));

    [Fact]
    public void An_ASCII_token_is_unescaped_into_a_buffer_and_another_one_is_refused()
    {
        byte[] buffer = new byte[16];
        Assert.Equal(4, JsonText.UnescapeAscii("a\\\\\\u0042\\/"u8, buffer));
        Assert.Equal("a\\B/", Encoding.ASCII.GetString(buffer, 0, 4));
        Assert.Equal(-1, JsonText.UnescapeAscii("\\u00e9"u8, buffer));
        Assert.Equal(-1, JsonText.UnescapeAscii("é"u8, buffer));
    }

    private static void AssertWritten(string text, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.WriteString(output, text);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(text, JsonText.Unescape(output.WrittenSpan[1..^1]));
        Assert.Equal(text, JsonText.Unquote(expected));
    }
}
