using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Tests.Pipelines.Syntax;

public sealed class YamlReaderTests
{
    private static (YamlNode? Root, string[] Problems) Read(string text)
    {
        var problems = new ProblemList("p.yaml");
        YamlNode? root = YamlReader.Read(text, "p.yaml", problems);
        return (root, [.. problems.Sorted().Select(p => p.ToString())]);
    }

    private static YamlMap ReadMap(string text)
    {
        (YamlNode? root, string[] problems) = Read(text);
        Assert.Empty(problems);
        return Assert.IsType<YamlMap>(root);
    }

    private static string? Json(YamlNode? node) => JsonText.Of(node!)?.ToJsonString();

    [Fact]
    public void Every_key_value_and_list_knows_its_line_and_column()
    {
        YamlMap root = ReadMap("a: 1\nlist:\n  - x\n  - { k: v }\n");
        YamlSequence list = Assert.IsType<YamlSequence>(root.Find("list")!.Value);
        YamlEntry inner = Assert.IsType<YamlMap>(list.Items[1]).Entries[0];
        Assert.Equal("p.yaml:1:4", root.Find("a")!.Value.Place.ToString());
        Assert.Equal("p.yaml:2:1", root.Find("list")!.Key.Place.ToString());
        Assert.Equal("p.yaml:3:3", list.Place.ToString());
        Assert.Equal("p.yaml:3:5", list.Items[0].Place.ToString());
        Assert.Equal("p.yaml:4:7", inner.Key.Place.ToString());
        Assert.Equal("p.yaml:4:10", inner.Value.Place.ToString());
    }

    [Theory]
    [InlineData("no", ScalarForm.Text)]
    [InlineData("yes", ScalarForm.Text)]
    [InlineData("on", ScalarForm.Text)]
    [InlineData("off", ScalarForm.Text)]
    [InlineData("true", ScalarForm.Bool)]
    [InlineData("FALSE", ScalarForm.Bool)]
    [InlineData("tRUE", ScalarForm.Text)]
    [InlineData("", ScalarForm.Null)]
    [InlineData("~", ScalarForm.Null)]
    [InlineData("null", ScalarForm.Null)]
    [InlineData("nULL", ScalarForm.Text)]
    [InlineData("12", ScalarForm.Whole)]
    [InlineData("-0", ScalarForm.Whole)]
    [InlineData("+12", ScalarForm.Whole)]
    [InlineData("012", ScalarForm.Whole)]
    [InlineData("0x1F", ScalarForm.Whole)]
    [InlineData("0o17", ScalarForm.Whole)]
    [InlineData("0o18", ScalarForm.Text)]
    [InlineData("0b11", ScalarForm.Text)]
    [InlineData("1_000", ScalarForm.Text)]
    [InlineData("1:30", ScalarForm.Text)]
    [InlineData("2024-01-02", ScalarForm.Text)]
    [InlineData("1.", ScalarForm.Fraction)]
    [InlineData(".5", ScalarForm.Fraction)]
    [InlineData("-1.5e-3", ScalarForm.Fraction)]
    [InlineData("1e3", ScalarForm.Fraction)]
    [InlineData(".inf", ScalarForm.Fraction)]
    [InlineData("-.INF", ScalarForm.Fraction)]
    [InlineData(".nan", ScalarForm.Fraction)]
    [InlineData(".", ScalarForm.Text)]
    [InlineData("e5", ScalarForm.Text)]
    [InlineData("1e", ScalarForm.Text)]
    [InlineData("-", ScalarForm.Text)]
    [InlineData("1.2.3", ScalarForm.Text)]
    internal void Plain_scalars_follow_the_core_schema_of_yaml_1_2(string text, ScalarForm form) =>
        Assert.Equal(form, CoreSchema.FormOf(text));

    [Fact]
    public void Numbers_have_the_value_their_spelling_states() =>
        Assert.Equal("[31,15,12,0.5,-0.0015,1000]",
            Json(ReadMap("a: [0x1F, 0o17, 012, .5, -1.5e-3, 1e3]").Entries[0].Value));

    [Fact]
    public void Quoted_scalars_and_those_tagged_str_are_text() =>
        Assert.Equal("""["1","true","","~"]""", Json(ReadMap("a: ['1', !!str true, \"\", '~']").Entries[0].Value));

    [Fact]
    public void A_tag_that_does_not_fit_or_is_unknown_is_a_problem()
    {
        (_, string[] problems) = Read("a: !!int x\nb: !mine y\n");
        Assert.Equal(
        [
            "p.yaml:1:4: error: the tag !!int does not fit 'x'",
            "p.yaml:2:4: error: the tag !mine means nothing here; remove it",
        ], problems);
    }

    [Fact]
    public void An_alias_stands_for_what_its_anchor_marks() =>
        Assert.Equal("""{"a":{"x":[1]},"b":{"x":[1]}}""", Json(ReadMap("a: &a { x: [1] }\nb: *a\n")));

    [Fact]
    public void An_alias_without_anchor_is_a_problem_with_a_hint()
    {
        (_, string[] problems) = Read("a: &comon 1\nb: *common\nc: &self [*self]\n");
        Assert.Equal(
        [
            "p.yaml:2:4: error: the alias '*common' has no anchor '&common' before it; did you mean 'comon'?",
            "p.yaml:3:11: error: the alias '*self' has no anchor '&self' before it",
        ], problems);
    }

    [Fact]
    public void A_merge_key_brings_in_what_the_map_itself_does_not_say() =>
        Assert.Equal("""{"b":2,"a":1,"c":4}""",
            Json(Assert.IsType<YamlMap>(ReadMap(
                "x: &x { a: 1, b: 1 }\ny: &y { b: 3, c: 4 }\nz: { b: 2, <<: [*x, *y] }\n").Find("z")!.Value)));

    [Fact]
    public void A_merge_key_takes_maps_only()
    {
        (_, string[] problems) = Read("x: &x [1]\ny: { <<: *x, a: 1 }\nz: { <<: 3 }\n");
        Assert.Equal(
        [
            "p.yaml:1:8: error: '<<' merges maps, and this is none; give it an alias of a map, e.g. *defaults",
            "p.yaml:3:10: error: '<<' merges maps, and this is none; give it an alias of a map, e.g. *defaults",
        ], problems);
    }

    [Fact]
    public void A_duplicate_key_is_a_problem_and_the_first_one_counts()
    {
        (YamlNode? root, string[] problems) = Read("a: 1\nb: 2\na: 3\n");
        Assert.Equal("""{"a":1,"b":2}""", Json(root));
        Assert.Equal(
            ["p.yaml:3:1: error: the key 'a' stands twice in the same map; it first stands at line 1, column 1"],
            problems);
    }

    [Fact]
    public void A_reference_to_a_parameter_may_stand_unquoted_within_braces()
    {
        YamlMap root = ReadMap("d: { path: ${env:DATA}, default: x${y}z }\n");
        Assert.Equal("""{"d":{"path":"${env:DATA}","default":"x${y}z"}}""", Json(root));
        Assert.Equal(25, Assert.IsType<YamlMap>(root.Entries[0].Value).Entries[1].Key.Place.Column);
    }

    [Fact]
    public void Aliases_of_aliases_do_not_unfold_without_bound()
    {
        string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        (_, string[] problems) = Read(text);
        Assert.Equal(["p.yaml:5:45: error: the file has more than 100000 nodes, aliases written out"], problems);
    }

    [Fact]
    public void Nesting_has_a_bound()
    {
        (_, string[] problems) = Read(new string('[', 5000) + new string(']', 5000));
        Assert.Equal(["p.yaml:1:64: error: the file nests more than 64 levels deep"], problems);
        (_, problems) = Read("a: " + new string('[', 1_000_000));
        Assert.Equal(["p.yaml:1:10004: error: the file nests more than 64 levels deep"], problems);
    }

    [Theory]
    [InlineData("a: 'x\nb: 1\n", "1:4: error: this quote is never closed; add the closing quote")]
    [InlineData("a: { b: 1\nc: 2\n", "1:4: error: this '{' is never closed; add the missing '}'")]
    [InlineData("a: [1, 2\nc: 2\n", "1:4: error: this '[' is never closed; add the missing ']'")]
    [InlineData("a:\n\tb: 1\n", "2:1: error: a tab indents this line, which YAML does not allow; indent with blanks")]
    [InlineData("a: b: c\n", "1:5: error: a second ': ' on one line, or a line indented too far; " +
        "put the value in quotes, or indent the line as its neighbours are")]
    [InlineData("a: @x\n", "1:4: error: a value cannot begin with this character; put the value in quotes")]
    [InlineData("a: \"\\q\"\n", "1:4: error: unknown escape in double quotes; use single quotes, or double the '\\'")]
    [InlineData("a: 1\n---\nb: 1\n", "2:1: error: a second document begins here, and a pipeline file holds one")]
    [InlineData("[a]: 1\n", "1:1: error: a key must be a single word, not a list or map")]
    [InlineData("a: \uFDD0\n", "1:4: error: the noncharacter U+FDD0 cannot be used")]
    public void A_syntax_error_has_a_place_and_says_what_to_do(string text, string expected)
    {
        (_, string[] problems) = Read(text);
        Assert.Equal(["p.yaml:" + expected], problems);
    }

    [Fact]
    public void Several_syntax_errors_are_found_at_once_and_the_rest_is_still_read()
    {
        (YamlNode? root, string[] problems) = Read("""
            name: x
            stages:
              a: { read.coco: { annotations: x.json }
              b: { sample: { count: 10 } }
              c: { filter: { where: "\q" } }
              d:
                write.coco: { file: out.json }
            release: [ { to: x ]
            seed: 1
            """);
        Assert.Equal(
        [
            "p.yaml:3:6: error: this '{' is never closed; add the missing '}'",
            "p.yaml:5:25: error: unknown escape in double quotes; use single quotes, or double the '\\'",
            "p.yaml:8:12: error: this '{' is never closed; add the missing '}'",
        ], problems);
        Assert.Equal("""
            {"name":"x","stages":{"a":null,"b":{"sample":{"count":10}},"c":null,
            "d":{"write.coco":{"file":"out.json"}}},"release":null,"seed":1}
            """.ReplaceLineEndings(""), Json(root));
    }

    [Fact]
    public void An_anchor_lost_to_a_syntax_error_is_not_reported_again()
    {
        (_, string[] problems) = Read("a: &x { b: @ }\nc: *x\n");
        Assert.Equal(
            ["p.yaml:1:12: error: a value cannot begin with this character; put the value in quotes"], problems);
    }

    [Fact]
    public void Line_breaks_of_older_yaml_are_text()
    {
        YamlMap root = ReadMap("a: x\u2028y\u2029z\u0085\nb: 2\n");
        Assert.Equal("x\u2028y\u2029z\u0085", Assert.IsType<YamlScalar>(root.Entries[0].Value).Text);
        Assert.Equal("p.yaml:2:1", root.Find("b")!.Key.Place.ToString());
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_move_no_place()
    {
        YamlMap root = ReadMap("\uFEFFa: 1\r\nb: 2\r\n");
        Assert.Equal("p.yaml:2:1", root.Find("b")!.Key.Place.ToString());
    }
}
