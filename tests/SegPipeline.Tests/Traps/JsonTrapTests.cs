using System.Text;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Text that is no JSON, or JSON as other programs write it.</summary>
public sealed class JsonTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("empty file", "",
        "in.json:1: error: stage 'in': expected an object or list, found neither; check that this is the right " +
        "file [DOCUMENT_SHAPE]")]
    [InlineData("blanks", " \n ",
        "in.json:2: error: stage 'in': expected an object or list, found neither; check that this is the right " +
        "file [DOCUMENT_SHAPE]")]
    [InlineData("no document", "17",
        "in.json:1: error: stage 'in': expected an object or list, found neither; check that this is the right " +
        "file [DOCUMENT_SHAPE]")]
    [InlineData("list of none", "[1, 2]",
        "in.json:1: error: stage 'in': expected an object, found a list; name the file that has the images or " +
        "videos of a list of results as 'ground_truth' [DOCUMENT_SHAPE]")]
    [InlineData("ends early", "{\"images\": [",
        "in.json:1: error: images[0]: the file ends before all lists and objects are closed, in 'images'; fetch " +
        "the file again: it is cut short [JSON_TRUNCATED]")]
    [InlineData("ends in text", "{\"images\": [{\"file_name\": \"a",
        "in.json:1: error: images[0]: the file ends inside a string, in 'images'; fetch the file again: it is cut " +
        "short [JSON_TRUNCATED]")]
    [InlineData("trailing comma", "{\"images\": [{\"id\": 1, \"file_name\": \"a\"},]}",
        "in.json:1: error: images[1]: found ']' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("missing comma", "{\"images\": [{\"id\": 1 \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: found '\"' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("single quotes", "{'images': []}",
        "in.json:1: error: stage 'in': found ''' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("comment", "{\"images\": [] /* none */}",
        "in.json:1: error: stage 'in': found '/' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("leading zero", "{\"images\": [{\"id\": 01, \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: found '1' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("plus", "{\"images\": [{\"id\": +1, \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: found '+' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("bare point", "{\"images\": [{\"id\": .5, \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: found '.' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("True of Python", "{\"images\": [], \"info\": True}",
        "in.json:1: error: stage 'in': found 'T' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    [InlineData("NaN as id", "{\"images\": [{\"id\": NaN, \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: expected an image to have an id, a number or a text, found none; repair the " +
        "file at that place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("Infinity as id", "{\"images\": [{\"id\": -Infinity, \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: expected an image to have an id, a number or a text, found none; repair the " +
        "file at that place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("list as id", "{\"images\": [{\"id\": [1], \"file_name\": \"a\"}]}",
        "in.json:1: error: images[0]: expected an image to have an id, a number or a text, found none; repair the " +
        "file at that place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("ZIP archive", "PK\u0003\u0004",
        "in.json:1: error: stage 'in': expected JSON, found a ZIP archive; unpack the file first [JSON_PACKED]")]
    [InlineData("text after the end", "{\"images\": []}\n{\"images\": []}",
        "in.json:2: error: stage 'in': expected the end of the file, found '{'; repair the file at that place, or " +
        "fetch it again [JSON_TRAILING]")]
    [InlineData("line end in text", "{\"images\": [{\"id\": 1, \"file_name\": \"a\nb\"}]}",
        "in.json:1: error: images[0]: expected the closing quote of a string, found byte 0x0A within it; repair " +
        "the file at that place, or fetch it again [JSON_SYNTAX]")]
    [InlineData("bad escape", "{\"images\": [{\"id\": 1, \"file_name\": \"\\q\"}]}",
        "in.json:1: error: images[0]: found 'q' where JSON does not allow it; repair the file at that place, or " +
        "fetch it again [JSON_SYNTAX]")]
    public Task A_file_that_is_no_JSON_is_refused_with_its_place(string row, string json, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithJson(json).StopsAsync(fault);
    }

    [Fact]
    public Task Text_of_another_encoding_is_refused()
    {
        _trap.Files.WriteBytes("in.json",
            Encoding.Latin1.GetBytes("{\"images\": [{\"id\": 1, \"file_name\": \"caf\u00e9\"}]}"));
        return _trap.StopsAsync(
            "in.json:1: error: stage 'in': expected UTF-8, found bytes that are not; convert the file to UTF-8 " +
            "[JSON_ENCODING]");
    }

    [Fact]
    public Task Text_of_16_bits_is_refused()
    {
        _trap.Files.WriteBytes("in.json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"images\": []}")]);
        return _trap.StopsAsync(
            "in.json:1: error: stage 'in': expected UTF-8, found the byte order mark of UTF-16; convert the file " +
            "to UTF-8 [JSON_ENCODING]");
    }

    [Fact]
    public Task Compressed_text_is_refused()
    {
        _trap.Files.WriteBytes("in.json", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]);
        return _trap.StopsAsync(
            "in.json:1: error: stage 'in': expected JSON, found a file that gzip packed; unpack the file first " +
            "[JSON_PACKED]");
    }

    [Fact]
    public Task Lists_within_lists_without_end_are_refused() =>
        _trap.WithJson("{\"info\": " + new string('[', 1_000_000)).StopsAsync(
            "in.json:1: error: stage 'in': expected at most 64 levels of lists and objects, found more; repair the " +
            "file at that place, or fetch it again [JSON_DEPTH]");

    [Fact]
    public Task A_name_without_end_is_refused() =>
        _trap.WithJson("{\"images\": [{\"" + new string('x', 3_000_000) + "\": 1}]}").StopsAsync(
            "in.json:1: error: stage 'in': expected a name or id of at most 65536 bytes, found one that goes on " +
            "after them; repair the file at that place, or fetch it again [TOKEN_TOO_LONG]");

    [Fact]
    public async Task Half_a_character_in_a_name_stays_as_it_was_written() => Assert.Contains("\"\\ud800\"",
        await _trap.WithJson("""{"images": [{"id": 1, "file_name": "\ud800"}]}""").PassesAsync(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("NaN", "NaN or Infinity")]
    [InlineData("\"\\ud800\"")]
    public async Task Releases_whose_records_hold_no_numbers_or_half_characters_can_be_compared(
        string value, params string[] warnings)
    {
        _trap.Look = "";
        await _trap.WithCoco(TrapFolder.Annotation($"\"note\": {value}, \"k\": 1")).PassesAsync(warnings);
        Directory.Move(_trap.Files["out"], _trap.Files["before"]);
        await _trap.WithCoco(TrapFolder.Annotation($"\"note\": {value}, \"k\": 2")).PassesAsync(warnings);
        CliRun run = await CliRun.InAsync(_trap.Files.Path, "diff", "before", "out");
        Assert.Equal("", run.Error);
        Assert.Contains("annotations with other members: 1", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("NaN")]
    public async Task Half_a_character_and_no_number_in_a_member_are_nothing_to_compare(string value)
    {
        _trap.Look = "filter: { where: \"note == 'x' or note.x == 'x'\" }";
        string[] warnings = value == "NaN" ? ["NaN or Infinity"] : [];
        string text = await _trap.WithCoco(TrapFolder.Annotation($"\"note\": {value}")).PassesAsync(warnings);
        Assert.DoesNotContain("918", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_and_told() =>
        await _trap.WithJson("\uFEFF{\"images\": [{\"id\": 1, \"file_name\": \"a\"}]}").PassesAsync("byte order mark");

    [Fact]
    public async Task Of_a_member_that_stands_twice_the_last_counts_and_it_is_told()
    {
        string text = await _trap.WithCoco(
            """{"id": 918, "image_id": 8, "image_id": 7, "category_id": 1}""").PassesAsync("'image_id' stands twice");
        Assert.Contains("\"image_id\": 8, \"image_id\": 7", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_numbers_and_huge_ones_where_nobody_looks_are_written_back_and_told()
    {
        string annotation = TrapFolder.Annotation("\"note\": [NaN, -Infinity, 1e400, -0, 1E+2]");
        string text = await _trap.WithCoco(annotation).PassesAsync("NaN or Infinity");
        Assert.Contains(annotation, text, StringComparison.Ordinal);
    }

    [Fact]
    public Task No_numbers_are_refused_where_that_is_asked_for()
    {
        _trap.Reader = "read.coco: { annotations: in.json, not_numbers: reject }";
        return _trap.WithCoco(TrapFolder.Annotation("\"note\": NaN")).RejectsAsync(
            "in.json: error: annotation 918: expected numbers, found NaN or Infinity; correct the " +
            "record [NOT_A_NUMBER]", stage: "in");
    }
}
