using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using SegPipeline.Formats;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

public sealed class RecordEditTests
{
    [Theory]
    [InlineData("{}", """{"a": 1}""")]
    [InlineData("{ }", """{"a": 1 }""")]
    [InlineData("""{"a":0}""", """{"a":1}""")]
    [InlineData("""{ "a" : 0 , "b": 2}""", """{"a" : 1}""")]
    [InlineData("""{"b": 2, "c": [1, {"a": 3}] }""", """{"c": [1, {"a": 3}], "a": 1 }""")]
    [InlineData("""{"c": 3, "b": 2, "d": 4}""", """{"c": 3, "d": 4, "a": 1}""")]
    [InlineData("""{"\u0061": 5, "x": "}"}""", """{"\u0061": 1, "x": "}"}""")]
    [InlineData("""{"a": 5, "x": 0, "a": 6, "b": 1, "b": 2}""", """{"x": 0, "a": 1}""")]
    public void One_member_set_and_one_removed(string record, string expected)
    {
        Assert.Equal(expected, Edited(record, edit =>
        {
            edit.Set("a").Write("1"u8);
            edit.Remove("b");
        }));
    }

    [Fact]
    public void The_last_change_of_a_member_counts()
    {
        Assert.Equal("{\"b\": 2, \"a\": 3}", Edited("{\"b\": 1}", edit =>
        {
            edit.Set("a").Write("1"u8);
            edit.Set("b").Write("1"u8);
            edit.Remove("a");
            edit.Set("b").Write("2"u8);
            edit.Set("a").Write("3"u8);
        }));
    }

    [Fact]
    public void A_member_left_open_tells_where_its_value_belongs()
    {
        using var edit = new RecordEdit();
        using var output = new TextBuffer();
        output.Write("before"u8);
        edit.Open("id", slot: 0);
        edit.Open("image_id", slot: 1);
        edit.Write("""{"image_id": 33, "x": 1}"""u8, output);
        string text = Encoding.UTF8.GetString(output.Written["before".Length..]);
        Assert.Equal("""{"image_id": , "x": 1, "id": }""", text);
        Assert.Equal((text.IndexOf("\"id\": ", StringComparison.Ordinal) + 6, 13), (edit.OpenAt(0), edit.OpenAt(1)));
        edit.Clear();
        edit.Write("{}"u8, output);
        Assert.Equal((-1, -1), (edit.OpenAt(0), edit.OpenAt(1)));
    }

    [Fact]
    public void Random_edits_change_what_they_name_and_nothing_else()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            KeyedRandom random = SampleRank.Stream(seed, "json", "edit");
            string record = JsonSamples.Object(ref random);
            JsonObject expected = JsonNode.Parse(record)!.AsObject();
            string set = $"k{random.NextInt(0, 8)}", removed = $"k{random.NextInt(0, 8)}";
            expected[set] = "new";
            if (set != removed) expected.Remove(removed);
            string actual = Edited(record, edit =>
            {
                edit.Set(set).Write("\"new\""u8);
                if (set != removed) edit.Remove(removed);
            });
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(actual)), $"{record}\n{actual}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\": \"x")]
    [InlineData("{\"a\": [1")]
    [InlineData("{\"a\": 1")]
    [InlineData("{\"a\": 1 \"b\": 2}")]
    public void Text_that_is_no_object_any_more_is_refused(string record) =>
        Assert.Equal("RECORD_CHANGED", Assert.Throws<RecordFaultException>(() => Edited(record, _ => { })).Code);

    private static string Edited(string record, Action<RecordEdit> change)
    {
        using var edit = new RecordEdit();
        using var output = new TextBuffer();
        change(edit);
        edit.Write(Encoding.UTF8.GetBytes(record), output);
        return Encoding.UTF8.GetString(output.Written);
    }
}
