using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class MapCategoriesTests
{
    private static readonly DatasetInfo Street = new()
    {
        Taxonomy = new Taxonomy(
            [
                new Category(new RecordId(1), "cat", "pet") { SourceRecord = Synset("cat.n.01") },
                new Category(new RecordId(2), "dog", "pet") { SourceRecord = Synset("dog.n.01") },
                new Category(new RecordId(7), "Car "),
            ], IsDeclared: true),
    };

    private static readonly Sample Mixed = Image("a", Object(10, 1), Object(11, 2), Object(12, 7), Object(13, 1));

    private static JsonSlice Synset(string synset) => JsonSlice.FromText($$"""{"synset": "{{synset}}"}""");

    private static OrderedDictionary<string, string> Rules(params (string From, string To)[] rules) =>
        new(rules.Select(r => KeyValuePair.Create(r.From, r.To)), StringComparer.Ordinal);

    private static MapCategories Map(params (string From, string To)[] rules) => new() { Map = Rules(rules) };

    private static IEnumerable<string> Categories(MapCategories stage) =>
        stage.Describe(Street).Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}");

    private static IEnumerable<string> Targets(MapCategories stage) =>
        stage.Run(Mixed, Street).Only.Instances.Select(i => $"{i.Id}:{i.CategoryId}");

    private static IReadOnlyList<Problem> FaultsOf(MapCategories stage, DatasetInfo? input = null) =>
        Assert.Throws<BadDataException>(() => stage.Describe(input ?? Street)).Problems;

    [Fact]
    public void Many_categories_become_one_with_ids_above_the_largest()
    {
        MapCategories coarse = Map(("cat", "animal"), ("dog", "animal"), ("Car", "vehicle"));

        Assert.Equal(["8 animal", "9 vehicle"], Categories(coarse));
        Assert.Equal(["10:8", "11:8", "12:9", "13:8"], Targets(coarse));
        Assert.Equal(["Note Car to vehicle 1", "Note cat to animal 2", "Note dog to animal 1"],
            coarse.Run(Mixed, Street).Tallies);
    }

    [Fact]
    public void Ids_can_be_given_and_otherwise_stay_with_their_names()
    {
        MapCategories stage = Map(("cat", "cat"), ("dog", "cat"), ("Car", "vehicle")) with
        {
            Ids = new Dictionary<string, RecordId> { ["vehicle"] = new(3) },
        };

        Assert.Equal(["1 cat", "3 vehicle"], Categories(stage));
        Assert.Same(Street.Taxonomy.Categories[0], stage.Describe(Street).Taxonomy.Categories[0]);
    }

    [Fact]
    public void A_category_without_a_rule_fails_unless_it_may_be_kept_dropped_or_gathered()
    {
        MapCategories two = Map(("cat", "animal"), ("dog", "animal"));

        Assert.Equal("there is no rule for category 7 'Car '", Assert.Single(FaultsOf(two)).Message);
        Assert.Equal(["8 animal", "7 Car "], Categories(two with { Unmatched = Unmatched.Keep }));
        Assert.Equal(["10:8", "11:8", "12:7", "13:8"], Targets(two with { Unmatched = Unmatched.Keep }));
        Assert.Equal(["8 animal"], Categories(two with { Unmatched = Unmatched.Drop }));
        Assert.Equal(["10:8", "11:8", "13:8"], Targets(two with { Unmatched = Unmatched.Drop }));
        Assert.Equal(["8 animal", "9 thing"],
            Categories(two with { Unmatched = Unmatched.Other, Other = "thing" }));
        Assert.Equal(["10:8", "11:8", "12:9", "13:8"],
            Targets(two with { Unmatched = Unmatched.Other, Other = "thing" }));
    }

    [Fact]
    public void A_category_that_has_the_name_of_a_new_one_needs_no_rule() =>
        Assert.Equal(["2 dog", "8 vehicle"], Categories(Map(("cat", "dog"), ("Car", "vehicle"))));

    [Fact]
    public void Names_can_be_compared_in_any_case()
    {
        MapCategories stage = Map(("CAT", "x"), ("Dog", "x"), ("car", "y"));

        Assert.Equal(3, FaultsOf(stage).Count);
        Assert.Equal("the rule for 'CAT' is near to it", FaultsOf(stage)[0].Remedy);
        Assert.Equal(["8 x", "9 y"], Categories(stage with { By = MapBy.NameInAnyCase }));
    }

    [Fact]
    public void Rules_can_name_ids_and_synsets()
    {
        Assert.Equal(["10:8", "11:8", "12:9", "13:8"],
            Targets(Map(("1", "x"), ("2.0", "x"), ("7", "y")) with { By = MapBy.Id }));
        Assert.Equal(["10:8", "11:9", "13:8"],
            Targets(Map(("cat.n.01", "x"), ("dog.n.01", "y")) with { By = MapBy.Synset, Unmatched = Unmatched.Drop }));
    }

    [Fact]
    public void Rules_that_name_no_category_are_warned_of()
    {
        var warnings = new List<string>();
        MapCategories stage = Map(("cat", "x"), ("cow", "x")) with { Unmatched = Unmatched.Keep };

        stage.Prepare(Street, Context with { Warn = warnings.Add });

        Assert.Equal(["the rule 'cow: x' is not used: no category is so named"], warnings);
    }

    [Fact]
    public void Ids_that_collide_are_an_error()
    {
        MapCategories stage = Map(("cat", "x"), ("dog", "y")) with { Unmatched = Unmatched.Keep };
        MapCategories IdOf(string name, long id) =>
            stage with { Ids = new Dictionary<string, RecordId> { [name] = new(id) } };

        Assert.Equal("CATEGORY_ID_TAKEN", Assert.Single(FaultsOf(IdOf("x", 7))).Code);
        Assert.Equal("CATEGORY_UNKNOWN", Assert.Single(FaultsOf(IdOf("z", 9))).Code);
        Assert.Single((stage with
        {
            Ids = new Dictionary<string, RecordId> { ["x"] = new(4), ["y"] = new(4) },
        }).Check());
    }

    [Fact]
    public void Without_a_list_of_categories_rules_must_name_ids()
    {
        var none = new DatasetInfo();
        MapCategories byId = Map(("1", "x"), ("2", "y"), ("7", "z")) with { By = MapBy.Id };

        Assert.Equal("CATEGORIES_UNDECLARED", Assert.Single(FaultsOf(Map(("cat", "x")), none)).Code);
        Assert.Equal(["1", "2", "3", "1"],
            byId.Run(Mixed, none).Only.Instances.Select(i => i.CategoryId!.Value.JsonText));
    }

    [Fact]
    public void Instances_of_no_listed_category_are_treated_as_unmatched()
    {
        Sample odd = Image("a", Object(1, 99), new Instance { Id = new RecordId(2) });
        MapCategories all = Map(("cat", "x"), ("dog", "x"), ("Car", "x"));

        Assert.Equal("CATEGORY_UNMATCHED", FailsWith(() => all.Run(odd, Street)));
        Assert.Equal(["1", "2"], (all with { Unmatched = Unmatched.Keep }).Run(odd, Street).OnlyIds);
        Assert.Equal(["InstancesDropped unmatched category 2"],
            (all with { Unmatched = Unmatched.Drop }).Run(odd, Street).Tallies);
        Assert.Equal(["SamplesDropped empty 1"],
            (all with { Unmatched = Unmatched.Drop, KeepEmpty = false }).Run(odd, Street).Tallies);
    }

    [Fact]
    public void Rules_can_stand_in_a_file()
    {
        using var folder = new TempFolder();
        InputPath File(string name, string text) => InputPath.Of(folder.Write(name, text));
        MapCategories with = Map(("Car", "vehicle"));

        Assert.Equal(["8 vehicle", "9 animal"],
            Categories(with with { File = File("a.yaml", "# pets\ncat: animal\ndog: animal\n") }));
        Assert.Equal(["8 vehicle", "9 animal"],
            Categories(with with { File = File("a.json", """{"cat": "animal", "dog": "animal"}""") }));
    }

    [Theory]
    [InlineData("from,to\ncat,animal\ndog,animal\n")]
    [InlineData("\uFEFFnote,to,from\r\n\"a, \"\"b\"\"\",animal,\"cat\"\r\n\r\n,animal,dog")]
    public void Rules_can_stand_in_a_table(string text)
    {
        using var folder = new TempFolder();

        Assert.Equal(["8 vehicle", "9 animal"], Categories(
            Map(("Car", "vehicle")) with { File = InputPath.Of(folder.Write("map.csv", text)) }));
    }

    [Theory]
    [InlineData("cat,animal\n", 1)]
    [InlineData("from,to\ncat,animal\ncat,pet\n", 3)]
    [InlineData("from,to\n\"a\nb\",c\ncat\n", 4)]
    [InlineData("from,to\n\"cat,animal\n", 2)]
    [InlineData("from,to\n\"cat\"s,animal\n", 2)]
    [InlineData("", null)]
    public void A_table_that_is_none_of_rules_is_an_error_with_its_line(string text, int? line)
    {
        using var folder = new TempFolder();

        Problem problem = Assert.Single(
            FaultsOf(new MapCategories { File = InputPath.Of(folder.Write("map.csv", text)) }));

        Assert.Equal(("CATEGORY_MAP", line), (problem.Code, (int?)problem.Line));
    }

    [Theory]
    [InlineData("cat: [animal]", 1)]
    [InlineData("- cat", 1)]
    [InlineData("a: b\na: c", 2)]
    [InlineData("a: 'b", 1)]
    public void A_file_that_is_no_map_of_names_is_an_error_with_its_line(string text, long line)
    {
        using var folder = new TempFolder();
        MapCategories stage = new() { File = InputPath.Of(folder.Write("map.yaml", text)) };

        Problem problem = Assert.Single(FaultsOf(stage));

        Assert.Equal(("CATEGORY_MAP", line), (problem.Code, problem.Line));
    }

    [Fact]
    public void Rules_that_contradict_each_other_are_an_error()
    {
        using var folder = new TempFolder();
        MapCategories stage = Map(("cat", "x")) with { File = InputPath.Of(folder.Write("m.yaml", "'cat ': y")) };

        Assert.Equal("CATEGORY_RULES", Assert.Single(FaultsOf(stage)).Code);
        Assert.Equal("FILE_UNREADABLE",
            Assert.Single(FaultsOf(new MapCategories { File = InputPath.Of(folder["none.yaml"]) })).Code);
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_reported()
    {
        Assert.Single(new MapCategories().Check());
        Assert.Single((Map(("a", "b")) with { Other = "c" }).Check());
        Assert.Single((Map(("a", "b")) with { Unmatched = Unmatched.Other }).Check());
    }
}
