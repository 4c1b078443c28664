using SegPipeline.Model;

namespace SegPipeline.Tests.Model;

public sealed class RecordIdTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("-7")]
    [InlineData("1.0")]
    [InlineData("007")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("\"ADE_val_00000001\"")]
    [InlineData("\"\\u00e9\"")]
    public void The_text_of_an_id_survives(string json) => Assert.Equal(json, RecordId.FromJson(json).JsonText);

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1000", "1e3", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("1", "2", false)]
    [InlineData("1.5", "1.5", true)]
    [InlineData("9007199254740992", "9007199254740993", false)]
    [InlineData("\"a\"", "\"A\"", false)]
    public void Two_ids_are_equal_when_their_whole_values_or_their_texts_are(string a, string b, bool equal)
    {
        Assert.Equal(equal, RecordId.FromJson(a) == RecordId.FromJson(b));
        if (equal) Assert.Equal(RecordId.FromJson(a).GetHashCode(), RecordId.FromJson(b).GetHashCode());
    }

    [Fact]
    public void Whole_numbers_sort_by_value_and_before_texts()
    {
        RecordId[] ids = [.. new[] { "\"b\"", "10", "\"a\"", "9", "-1" }.Select(RecordId.FromJson)];
        Array.Sort(ids, (a, b) => a.CompareTo(b));
        Assert.Equal(["-1", "9", "10", "\"a\"", "\"b\""], ids.Select(i => i.JsonText));
    }

    [Fact]
    public void A_string_id_is_quoted_and_escaped_as_JSON_asks_and_no_further()
    {
        Assert.Equal("\"a\\\"b\\\\c é+<\"", RecordId.FromString("a\"b\\c é+<").JsonText);
        Assert.False(RecordId.FromString("1").IsInteger);
    }
}
