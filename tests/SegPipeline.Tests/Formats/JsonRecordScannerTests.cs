using System.Text;
using System.Text.Json;
using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

public sealed class JsonRecordScannerTests
{
    private const int TinyRead = 64;

    [Fact]
    public void Random_JSON_is_accepted_and_spoilt_JSON_refused_exactly_as_by_a_full_parser()
    {
        int refused = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            KeyedRandom random = SampleRank.Stream(seed, "json", "document");
            string json = JsonSamples.Object(ref random);
            string padded = new string(' ', seed % 64) + json;
            Assert.True(Accepts(padded), padded);
            string spoilt = JsonSamples.Spoil(padded, ref random);
            bool expected = IsJsonObject(spoilt);
            if (!expected) refused++;
            Assert.True(expected == Accepts(spoilt), $"expected {expected}: {spoilt}");
        }

        Assert.InRange(refused, 1000, 3900);
    }

    [Fact]
    public void Both_register_widths_find_the_same()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            KeyedRandom random = SampleRank.Stream(seed, "json", "lanes");
            byte[] text = Encoding.UTF8.GetBytes(JsonSamples.Spoil(JsonSamples.Object(ref random), ref random));
            byte[] padded = [.. text, .. Enumerable.Repeat((byte)' ', 64 - text.Length % 64)];
            JsonBlockReader wide = JsonBlockReader.AtStart(), narrow = JsonBlockReader.AtStart();
            for (int at = 0; at < padded.Length; at += 64)
                Assert.Equal(
                    wide.Read<JsonLanes512>(padded.AsSpan(at, 64)), narrow.Read<JsonLanes256>(padded.AsSpan(at, 64)));
        }
    }

    [Fact]
    public void Records_and_their_members_are_found_at_every_buffer_boundary()
    {
        const string record = """{ "x" : [ {"id": 5}, "id" ], "id" :  17 , "n\u0061me": "a\"}]", "z": {"id": 6} }""";
        for (int pad = 0; pad < 64; pad++)
        {
            string json = $$"""{"info":{"images":[1]},{{new string(' ', pad)}} "images": [{{record}} , {{record}}]}""";
            Found found = Scan(json);
            Assert.Equal([record, record], found.Records);
            Assert.Equal(["id=17", "name=\"a\\\"}]\"", "id=17", "name=\"a\\\"}]\""], found.Members);
            Assert.Equal(["info={\"images\":[1]}", "images=(records)"], found.Top);
        }
    }

    [Fact]
    public void Top_level_values_of_every_kind_are_ranges_without_blanks()
    {
        Found found = Scan("""{ "a" : null , "b":"x y", "c": -1.50 ,"d":[ 1 ] , "images": null, "e": { } }""");
        Assert.Equal(["a=null", "b=\"x y\"", "c=-1.50", "d=[ 1 ]", "images=null", "e={ }"], found.Top);
    }

    [Theory]
    [InlineData("""{"images": [{"id": 1}""", "JSON_TRUNCATED", 21)]
    [InlineData("""{"images": [{"id": "1""", "JSON_TRUNCATED", 21)]
    [InlineData("""{"images": [{"id": 1}}}""", "JSON_NESTING", 21)]
    [InlineData("""{"images": [{"id": 1]]}""", "JSON_NESTING", 20)]
    [InlineData("""{"images": []} x""", "JSON_TRAILING", 15)]
    [InlineData("""{"images": []},""", "JSON_TRAILING", 14)]
    [InlineData("""{"images": []}]""", "JSON_TRAILING", 14)]
    [InlineData("""{"images": [{"id": 01}]}""", "JSON_SYNTAX", 20)]
    [InlineData("""{"images": [{"id": 1,}]}""", "JSON_SYNTAX", 21)]
    [InlineData("""{"images": [{"x": [1 2]}]}""", "JSON_SYNTAX", 21)]
    [InlineData("""{"images": [{"x": [1:2]}]}""", "JSON_SYNTAX", 20)]
    [InlineData("""{"images": [{"x" 1}]}""", "JSON_SYNTAX", 17)]
    [InlineData("""{"images": [{1}]}""", "JSON_SYNTAX", 14)]
    [InlineData("""{"images": [{"x": "\q"}]}""", "JSON_SYNTAX", 20)]
    [InlineData("""{"images": [{"x": "\u12g4"}]}""", "JSON_SYNTAX", 23)]
    [InlineData("""{"images": [{"x": .5}]}""", "JSON_SYNTAX", 18)]
    [InlineData("""{"images": [{"x": nul}]}""", "JSON_SYNTAX", 21)]
    [InlineData("""{"images": [3]}""", "RECORD_SHAPE", 13)]
    [InlineData("""{"images": [{}, null]}""", "RECORD_SHAPE", 20)]
    [InlineData("""{"images": ["a"]}""", "RECORD_SHAPE", 12)]
    [InlineData("""{"images": [[]]}""", "RECORD_SHAPE", 12)]
    [InlineData("17", "DOCUMENT_SHAPE", 2)]
    [InlineData("", "DOCUMENT_SHAPE", 0)]
    public void What_is_wrong_is_said_with_byte_and_line(string json, string code, long offset)
    {
        string shifted = "\n\n" + new string(' ', 70) + json;
        Problem problem = ProblemOf(shifted);
        Assert.Equal((code, offset + 72, 3), (problem.Code, problem.ByteOffset, (int)problem.Line!));
        Assert.NotNull(problem.Remedy);
    }

    [Fact]
    public void A_line_end_within_a_string_is_found_where_the_quote_is_missing()
    {
        Problem problem = ProblemOf("{\n\"images\": [\n{\"a\": \"b\n}]}");
        Assert.Equal(("JSON_SYNTAX", 3L, "images[0]"), (problem.Code, problem.Line!.Value, problem.Record));
    }

    [Fact]
    public void Up_to_64_levels_are_read_and_more_refused()
    {
        string Nested(int levels) => "{\"a\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}";
        Assert.True(Accepts(Nested(64)));
        Assert.Equal("JSON_DEPTH", ProblemOf(Nested(65)).Code);
        Assert.Equal("JSON_DEPTH", ProblemOf("{\"a\":" + new string('[', 1_000_000)).Code);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over_and_told()
    {
        var warnings = new List<string>();
        Found found = Scan("\uFEFF{\"images\": [{}]}", warnings.Add);
        Assert.Equal(["{}"], found.Records);
        Assert.Contains("byte order mark", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void What_Python_writes_for_no_number_is_found_even_where_nobody_looks(string token)
    {
        for (int pad = 0; pad < 64; pad++)
        {
            string blanks = new(' ', pad);
            Found found = Scan($$"""{"images": [{"x": [[1, {{blanks}}{{token}}]]}, {"y": "{{token}}"}]}""");
            Assert.Equal([0], found.NotNumbers);
        }

        Assert.Equal("JSON_SYNTAX", ProblemOf($$"""{"images": [{"x": {{token}}x}]}""").Code);
        Assert.Equal("JSON_SYNTAX", ProblemOf("""{"images": [{"x": -NaN}]}""").Code);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused_at_every_buffer_boundary()
    {
        for (int pad = 0; pad < 70; pad++)
        {
            byte[] head = Encoding.UTF8.GetBytes($$"""{"a": "{{new string('x', pad)}}""");
            byte[] good = [.. head, .. "😀é"u8, .. "\"}"u8], bad = [.. head, 0xF0, 0x9F, 0x98, (byte)'x', .. "\"}"u8];
            var found = new Found(Encoding.UTF8.GetString(good));
            JsonRecordScanner.Scan(SourceFile.FromMemory("f", good), found, _ => { }, TinyRead);
            var e = Assert.Throws<BadDataException>(
                () => JsonRecordScanner.Scan(SourceFile.FromMemory("f", bad), new Found(""), _ => { }, TinyRead));
            Assert.Equal(("JSON_ENCODING", head.Length), (e.Problems[0].Code, (int)e.Problems[0].ByteOffset!));
        }
    }

    [Fact]
    public void A_name_longer_than_a_buffer_holds_is_refused_and_a_long_value_is_not()
    {
        string longText = new('x', 200_000);
        Assert.True(Accepts($$"""{"images": [{"a": "{{longText}}"}]}"""));
        Assert.Equal("TOKEN_TOO_LONG", ProblemOf($$"""{"images": [{"{{longText}}": 1}]}""").Code);
    }

    private static Problem ProblemOf(string json) =>
        Assert.Single(Assert.Throws<BadDataException>(() => Scan(json)).Problems);

    private static bool Accepts(string json)
    {
        try
        {
            return Scan(json).NotNumbers.Count == 0;
        }
        catch (BadDataException)
        {
            return false;
        }
    }

    private static bool IsJsonObject(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Found Scan(string json, Action<string>? warn = null)
    {
        var found = new Found(json);
        var file = SourceFile.FromMemory("file.json", Encoding.UTF8.GetBytes(json));
        JsonRecordScanner.Scan(file, found, warn ?? (_ => { }), TinyRead);
        return found;
    }
}
