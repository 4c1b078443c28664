using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Pipelines.Binding;

public sealed class BindingTests
{
    internal enum Corner
    {
        TopLeft,
        BottomRight,
    }

    internal readonly record struct Share(double Value)
    {
        public static Share Parse(string text) => text.EndsWith('%') && double.TryParse(text[..^1], out double percent)
            ? new Share(percent / 100)
            : throw new FormatException($"expected a percentage such as 10%, found '{text}'.");

        public override string ToString() => $"{Value * 100}%";
    }

    internal sealed record Inner
    {
        public required string Name { get; init; }

        [Range(0.0, 1.0, MinimumIsExclusive = true)]
        public double Weight { get; init; } = 0.5;
    }

    internal sealed record Keys
    {
        [Range(1, int.MaxValue)]
        public int Count { get; init; } = 7;

        public long? Big { get; init; }

        public double Ratio { get; init; } = 0.25;

        public bool Deep { get; init; }

        public string Text { get; init; } = "";

        public string? Maybe { get; init; } = "set";

        public Corner Corner { get; init; }

        public Share Share { get; init; } = new(0.1);

        public ReleaseName File { get; init; } = ReleaseName.From("out.json");

        public InputPath? Path { get; init; }

        public IReadOnlyList<InputPath> Paths { get; init; } = [];

        public IReadOnlyList<RecordId> Ids { get; init; } = [];

        [Range(0, 10)]
        public ImmutableArray<int> Sizes { get; init; }

        public IReadOnlyDictionary<string, double> Ports { get; init; } = new OrderedDictionary<string, double>();

        public Inner? Inner { get; init; }

        public IReadOnlyList<Inner> Inners { get; init; } = [];
    }

    private static (Keys? Value, string[] Problems, BoundValue? Bound, PathScope Paths) Bind(
        string yaml, string file = "p.yaml")
    {
        var problems = new ProblemList(file);
        var paths = new PathScope(file);
        YamlNode root = YamlReader.Read(yaml, file, problems)!;
        BoundValue? bound = new RecordShape(typeof(Keys)).Bind(root, new BindScope("thing", problems, paths));
        return ((Keys?)bound?.Value, [.. problems.Sorted().Select(p => p.ToString())], bound, paths);
    }

    private static Keys BindAll(string yaml)
    {
        (Keys? value, string[] problems, _, _) = Bind(yaml);
        Assert.Empty(problems);
        return value!;
    }

    [Fact]
    public void Keys_that_are_not_given_keep_their_defaults()
    {
        Keys keys = BindAll("{}");
        Assert.Equal(7, keys.Count);
        Assert.Equal("set", keys.Maybe);
        Assert.Null(keys.Big);
    }

    [Fact]
    public void Every_type_of_key_takes_its_yaml()
    {
        Keys keys = BindAll("""
            count: 0x10
            big: 9000000000
            ratio: 2
            deep: true
            text: 0123
            maybe: ~
            corner: bottom_right
            share: 20%
            file: a\b.json
            path: in/a.json
            ids: [7, '8', x]
            ports: { val: 1, train: 2.5 }
            inner: { name: n, weight: 1 }
            """);
        Assert.Equal((16, 9000000000, 2.0, true, "0123"), (keys.Count, keys.Big, keys.Ratio, keys.Deep, keys.Text));
        Assert.Null(keys.Maybe);
        Assert.Equal((Corner.BottomRight, 0.2, "a/b.json"), (keys.Corner, keys.Share.Value, keys.File.Value));
        Assert.Equal(["7", "\"8\"", "\"x\""], keys.Ids.Select(i => i.JsonText));
        Assert.Equal(["val", "train"], keys.Ports.Keys);
        Assert.Equal(("n", 1.0), (keys.Inner!.Name, keys.Inner.Weight));
        Assert.Equal(new InputPath("in/a.json", Path.GetFullPath("in/a.json")), keys.Path);
    }

    [Fact]
    public void A_lone_value_is_a_list_of_one()
    {
        Keys keys = BindAll("{ ids: 3, sizes: 4, inners: { name: x }, paths: a }");
        Assert.Equal("3", Assert.Single(keys.Ids).JsonText);
        Assert.Equal(4, Assert.Single(keys.Sizes));
        Assert.Equal("x", Assert.Single(keys.Inners).Name);
        Assert.Equal("a", Assert.Single(keys.Paths).Text);
    }

    [Theory]
    [InlineData("count: abc", "p.yaml:1:8: error: 'count' of thing must be a whole number, found the text 'abc'")]
    [InlineData("count: 1.0", "p.yaml:1:8: error: 'count' of thing must be a whole number, found 1.0")]
    [InlineData("count: '5'", "p.yaml:1:8: error: 'count' of thing must be a whole number, found the text '5'")]
    [InlineData("count:", "p.yaml:1:7: error: 'count' of thing must be a whole number, found nothing")]
    [InlineData("count: [1]", "p.yaml:1:8: error: 'count' of thing must be a whole number, found a list")]
    [InlineData("count: 0", "p.yaml:1:8: error: 'count' of thing must be at least 1, found 0")]
    [InlineData("count: 3000000000", "p.yaml:1:8: error: 'count' of thing is too large a number: 3000000000")]
    [InlineData("big: 99999999999999999999", "p.yaml:1:6: error: 'big' of thing is too large a number: " +
        "99999999999999999999")]
    [InlineData("ratio: .nan", "p.yaml:1:8: error: 'ratio' of thing must be a finite number, found .nan")]
    [InlineData("ratio: x", "p.yaml:1:8: error: 'ratio' of thing must be a number, found the text 'x'")]
    [InlineData("deep: yes", "p.yaml:1:7: error: 'deep' of thing must be true or false, found the text 'yes'; " +
        "write true")]
    [InlineData("text: true", "p.yaml:1:7: error: 'text' of thing must be text, found true; " +
        "put it in quotes if that word is meant")]
    [InlineData("text: ~", "p.yaml:1:7: error: 'text' of thing must be text, found nothing")]
    [InlineData("corner: topleft", "p.yaml:1:9: error: 'corner' of thing must be one of top_left, bottom_right, " +
        "found the text 'topleft'; did you mean 'top_left'?")]
    [InlineData("share: 10", "p.yaml:1:8: error: 'share' of thing: expected a percentage such as 10%, found '10'")]
    [InlineData("file: ../x", "p.yaml:1:7: error: 'file' of thing: the file name '../x' has the part '..'; " +
        "rename the file in the source")]
    [InlineData("path: a*.json", "p.yaml:1:7: error: 'path' of thing must be one path, found the pattern 'a*.json'")]
    [InlineData("path: ''", "p.yaml:1:7: error: 'path' of thing must be a path, found the text ''")]
    [InlineData("ids: [true]", "p.yaml:1:7: error: 'ids' of thing must be an id (a number or text), found true")]
    [InlineData("sizes: [3, 11]", "p.yaml:1:12: error: 'sizes' of thing must be at least 0 and at most 10, found 11")]
    [InlineData("ports: { a: x }", "p.yaml:1:13: error: 'a' in 'ports' of thing must be a number, found the text 'x'")]
    [InlineData("ports: [a]", "p.yaml:1:8: error: 'ports' of thing must be a map from names to numbers, found a list")]
    [InlineData("inner: {}", "p.yaml:1:8: error: 'inner' of thing needs the key 'name' (text)")]
    [InlineData("inner: { name: x, weight: 0 }", "p.yaml:1:27: error: 'weight' of 'inner' of thing must be " +
        "above 0 and at most 1, found 0")]
    [InlineData("inner: x", "p.yaml:1:8: error: 'inner' of thing must be a map (name, weight), found the text 'x'")]
    [InlineData("cuont: 3", "p.yaml:1:1: error: unknown key 'cuont' in thing; did you mean 'count'?")]
    public void What_does_not_fit_is_reported_with_place_expected_and_found(string yaml, string expected) =>
        Assert.Equal([expected], Bind(yaml).Problems);

    [Fact]
    public void All_problems_of_a_record_come_at_once() =>
        Assert.Equal(3, Bind("{ count: x, ratio: y, colour: z }").Problems.Length);

    [Fact]
    public void The_resolved_form_states_every_key_and_binds_to_itself()
    {
        BoundValue first = Bind("{ ids: 3, ratio: 1.50, corner: top_left, share: 5%, ports: { a: 1e0 } }").Bound!;
        string json = JsonText.Of(first.Resolved)!.ToJsonString();
        Assert.Equal("""
            {"count":7,"big":null,"ratio":1.5,"deep":false,"text":"","maybe":"set","corner":"top_left","share":"5%",
            "file":"out.json","path":null,"paths":[],"ids":[3],"sizes":[],"ports":{"a":1},"inner":null,"inners":[]}
            """.ReplaceLineEndings(""), json);
        Assert.Equal(json, JsonText.Of(Bind(json).Bound!.Resolved)!.ToJsonString());
    }

    [Fact]
    public void A_pattern_in_a_list_of_paths_stands_for_what_it_finds_in_ordinal_order()
    {
        using var folder = new Support.TempFolder();
        folder.Write("b.json", "");
        folder.Write("a10.json", "");
        folder.Write("a9.json", "");
        folder.Write("A.JSON", "");
        folder.Write("deep/er/c.json", "");
        (Keys? keys, _, BoundValue? bound, PathScope paths) =
            Bind("paths: ['*.json', '**/c.json', x?.json]", folder["p.yaml"]);
        Assert.Equal(["a10.json", "a9.json", "b.json", "deep/er/c.json", "x?.json"], keys!.Paths.Select(p => p.Text));
        Assert.Contains("""["*.json","**/c.json","x?.json"]""", JsonText.Of(bound!.Resolved)!.ToJsonString(),
            StringComparison.Ordinal);
        Assert.Equal([true, true, true], paths.Named.Select(n => n.IsPattern));
    }

    [Fact]
    public void A_link_to_the_folder_beside_it_is_followed_when_the_pipeline_is_loaded_and_others_are_left()
    {
        using var folder = new Support.TempFolder();
        foreach (string name in (string[])["one/a.json", "two/a.json", "far/two/b.json"]) folder.Write(name, "");
        Directory.CreateSymbolicLink(folder["current"], "one");
        Directory.CreateSymbolicLink(folder["latest"], "current");
        Directory.CreateSymbolicLink(folder["away"], folder["far/two"]);
        Directory.CreateSymbolicLink(folder["gone"], "never");
        File.CreateSymbolicLink(folder["two/link.json"], "a.json");
        (Keys? keys, string[] problems, _, _) = Bind(
            "paths: [current/a.json, latest/a.json, 'latest/*.json', away/b.json, gone/a.json, two/link.json]",
            folder["p.yaml"]);
        Assert.Empty(problems);
        Assert.Equal(
            ["one/a.json", "one/a.json", "one/a.json", "away/b.json", "gone/a.json", "two/link.json"],
            keys!.Paths.Select(p => Path.GetRelativePath(folder.Path, p.FullPath)));
        Assert.Equal("current/a.json", keys.Paths[0].Text);
        Assert.Equal("latest/a.json", keys.Paths[2].Text);
    }

    [Fact]
    public void A_key_whose_type_cannot_be_read_from_yaml_is_a_fault_of_the_program() =>
        Assert.Throws<NotSupportedException>(() => new RecordShape(typeof(Unreadable)).Keys);

    internal sealed record Unreadable
    {
        public Stream? Stream { get; init; }
    }
}
