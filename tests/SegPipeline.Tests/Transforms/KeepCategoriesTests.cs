using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using SegPipeline.Transforms.Conditions;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class KeepCategoriesTests
{
    private static readonly DatasetInfo Pets = new()
    {
        Taxonomy = new Taxonomy(
            [
                new Category(new RecordId(7), "cat"),
                new Category(new RecordId(3), "Formula 1 "),
                new Category(RecordId.FromString("ADE_9"), "dog"),
            ], IsDeclared: true),
    };

    private static readonly Sample Mixed = Image("a", Object(1, 7), Object(2, 3), Object(3, 99), new Instance());

    [Fact]
    public void Instances_of_other_categories_and_of_none_are_dropped()
    {
        StageResult result = new KeepCategories { Names = ["cat"] }.Run(Mixed, Pets);

        Assert.Equal(["1"], result.OnlyIds);
        Assert.Equal(["InstancesDropped other category 3"], result.Tallies);
    }

    [Fact]
    public void The_list_of_categories_is_cut_down_in_its_own_order()
    {
        DatasetInfo info = new KeepCategories { Names = ["dog", "cat"] }.Describe(Pets);

        Assert.Equal(["7", "\"ADE_9\""], info.Taxonomy.Categories.Select(c => c.Id.JsonText));
    }

    [Fact]
    public void Ids_can_be_numbers_and_texts()
    {
        DatasetInfo info = new KeepCategories { Ids = [new RecordId(3), RecordId.FromString("ADE_9")] }.Describe(Pets);

        Assert.Equal(["Formula 1 ", "dog"], info.Taxonomy.Categories.Select(c => c.Name));
    }

    [Fact]
    public void Blanks_around_a_name_do_not_count() =>
        Assert.Equal(["2"], new KeepCategories { Names = ["Formula 1"] }.Run(Mixed, Pets).OnlyIds);

    [Fact]
    public void Every_unknown_name_and_id_is_reported_with_a_hint()
    {
        var fault = Assert.Throws<BadDataException>(
            () => new KeepCategories { Names = ["cta", "giraffe"], Ids = [new RecordId(8)] }.Describe(Pets));

        Assert.All(fault.Problems, p => Assert.Equal("CATEGORY_UNKNOWN", p.Code));
        Assert.Equal("did you mean 'cat'?", fault.Problems[0].Remedy);
        Assert.Equal("its 3 named categories are cat, Formula 1, dog", fault.Problems[1].Remedy);
        Assert.Equal("its 3 categories have the ids 7, 3, \"ADE_9\"", fault.Problems[2].Remedy);
    }

    [Fact]
    public void Without_a_list_of_categories_ids_work_and_names_are_an_error()
    {
        Assert.Equal(["1"], new KeepCategories { Ids = [new RecordId(7)] }.Run(Mixed).OnlyIds);
        Assert.Equal("CATEGORIES_UNDECLARED", FailsWith(() => new KeepCategories { Names = ["cat"] }.Run(Mixed)));
    }

    [Fact]
    public void Samples_left_empty_go_on_unless_told_otherwise()
    {
        var dogs = new KeepCategories { Names = ["dog"] };

        Assert.Empty(dogs.Run(Mixed, Pets).OnlyIds);
        Assert.Equal(["SamplesDropped empty 1"], (dogs with { KeepEmpty = false }).Run(Mixed, Pets).Tallies);
    }

    [Theory]
    [InlineData("partition in [0, 1]", "4", "2")]
    [InlineData("partition >= 2 and name != 'car'", "7")]
    [InlineData("id == 2 or name == 'car'", "2", "9")]
    [InlineData("supercategory == 'beast'", "4")]
    [InlineData("frequency == null", "4", "7", "2", "9")]
    public void A_condition_selects_by_any_member_and_keeps_ids_and_order(string where, params string[] ids)
    {
        DatasetInfo info = Conditional(where).Describe(Partitioned);

        Assert.Equal(ids, info.Taxonomy.Categories.Select(c => c.Id.JsonText));
    }

    [Fact]
    public void Instances_follow_the_condition_on_their_categories()
    {
        Sample sample = Image("a", Object(1, 7), Object(2, 4), Object(3, 9));

        Assert.Equal(["1", "3"], Conditional("partition in [2, 3]").Run(sample, Partitioned).OnlyIds);
    }

    [Fact]
    public void A_condition_that_holds_for_no_category_is_an_error()
    {
        Assert.Equal("CATEGORY_UNKNOWN", FailsWith(() => Conditional("partition == 5").Describe(Partitioned)));
        Assert.Equal("CATEGORIES_UNDECLARED", FailsWith(() => Conditional("partition == 5").Run(Mixed)));
        Assert.Contains("'-' needs a number", Assert.Single(Conditional("'a' - 1 > 0").Check()));
    }

    private static readonly DatasetInfo Partitioned = new()
    {
        Taxonomy = new Taxonomy(
            [
                Of(4, """{"id": 4, "name": "cat", "supercategory": "beast", "partition": 0}"""),
                Of(7, """{"id": 7, "name": "dog", "partition": 2}"""),
                Of(2, """{"id": 2, "name": "ox", "partition": 1}"""),
                Of(9, """{"id": 9, "name": "car", "partition": 3}"""),
            ], IsDeclared: true),
    };

    private static KeepCategories Conditional(string where) => new() { Where = Condition.Parse(where) };

    private static Category Of(long id, string json)
    {
        using JsonDocument record = JsonDocument.Parse(json);
        string? Text(string name) =>
            record.RootElement.TryGetProperty(name, out JsonElement member) ? member.GetString() : null;
        return new Category(new RecordId(id), Text("name"), Text("supercategory"))
        {
            SourceRecord = JsonSlice.FromText(json),
        };
    }

    [Fact]
    public void Naming_no_category_is_an_error() => Assert.Single(new KeepCategories().Check());
}
