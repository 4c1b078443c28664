using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using SegPipeline.Transforms.Conditions;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms.Conditions;

public sealed class ConditionTests
{
    private static readonly Taxonomy Taxonomy = new(
        [new Category(new RecordId(1), "person ", "being"), new Category(new RecordId(2), "cat", "animal")],
        IsDeclared: true);

    private static readonly Instance Person = RecordSource.Instance(
        id: 12, """{"isfake":0,"note":"it's","attributes":{"occluded":true,"deep":{"x":1.5}},"list":[1]}""") with
    {
        AreasPx = [50],
        Boxes = [new Box(1, 2, 30, 4)],
    };

    private static readonly Sample Scene = Image("val/a", Person, Object(13, category: 2) with { IsCrowd = true }) with
    {
        Id = RecordId.FromString("ADE_1"),
        SourceRecord = JsonSlice.FromText("""{"license":4,"coco_url":"http://x/y.jpg"}"""),
    };

    private static bool Holds(string condition, FilterOf scope = FilterOf.Instances) =>
        new ConditionCompiler(new Fields(Taxonomy)).Compile(Condition.Parse(condition), scope)(
            new Subject(Scene, scope == FilterOf.Instances ? Person : null, new StageOutput()));

    private static string FaultOf(string condition) => Assert.Throws<FormatException>(() => Holds(condition)).Message;

    [Theory]
    [InlineData("area == 50 and category == 'person'")]
    [InlineData("area / 2 - 5 * 2 + 1 == 16")]
    [InlineData("-area < -49.5 and 7 % 4 == 3 and 2 + 3 * 4 == 14 and (2 + 3) * 4 == 20")]
    [InlineData("1e2 == 100 and 1.5e-1 == 0.15")]
    [InlineData("not iscrowd and iscrowd == 0 and iscrowd == false")]
    [InlineData("not isfake and isfake == 0")]
    [InlineData("false or true and true")]
    [InlineData("true or false and false")]
    [InlineData("not false and true")]
    [InlineData("id == 12 and category_id in [1, 2] and id not in [1, -2]")]
    [InlineData("category in ['person', 'dog'] and supercategory != 'animal'")]
    [InlineData("bbox.x == 1 and bbox.y == 2 and bbox.width == 30 and bbox.height == 4")]
    [InlineData("sample.width == 20 and sample.height == 10 and sample.key == 'val/a' and sample.id == 'ADE_1'")]
    [InlineData("sample.license == 4 and sample.instances == 2 and sample.frames == 1")]
    [InlineData("attributes.occluded and attributes.deep.x > 1")]
    [InlineData("note == 'it''s' and note == \"it's\"")]
    [InlineData("starts_with(sample.key, 'val/') and ends_with(sample.name, '.jpg') and contains(note, 't')")]
    [InlineData("matches(sample.key, '^val/[a-z]$') and not matches(sample.key, '^[a-z]$')")]
    [InlineData("'B' < 'a' and 'a' < 'ab'")]
    [InlineData("count(iscrowd) == 1")]
    public void A_condition_holds(string condition) => Assert.True(Holds(condition));

    [Theory]
    [InlineData("key == 'val/a' and sample.key == key and width * height == 200")]
    [InlineData("count(category == 'cat') == 1 and count(true) == instances")]
    [InlineData("any(area > 40) and not all(area > 40)")]
    [InlineData("contains(coco_url, 'y.jpg') and license in [4]")]
    public void A_condition_on_a_sample_holds(string condition) => Assert.True(Holds(condition, FilterOf.Samples));

    [Theory]
    [InlineData("score > 0")]
    [InlineData("score != 3")]
    [InlineData("score in [1]")]
    [InlineData("score not in [1]")]
    [InlineData("score + 1 > 0")]
    [InlineData("nothing")]
    [InlineData("nothing.at.all == 1")]
    [InlineData("list == 1")]
    [InlineData("area / 0 > 0")]
    [InlineData("starts_with(nothing, 'a')")]
    [InlineData("matches(nothing, '.*')")]
    [InlineData("score != null")]
    [InlineData("area == null")]
    public void What_is_missing_makes_a_comparison_false(string condition) => Assert.False(Holds(condition));

    [Theory]
    [InlineData("score == null and null == nothing")]
    [InlineData("not (score > 0)")]
    [InlineData("area != null")]
    public void Whether_something_is_missing_can_be_asked(string condition) => Assert.True(Holds(condition));

    [Fact]
    public void Values_of_different_kinds_are_unequal() => Assert.True(Holds("note != 3 and not (note == 3)"));

    [Theory]
    [InlineData("", "column 1: a value is expected, found the end")]
    [InlineData("area >", "column 7: a value is expected, found the end")]
    [InlineData("area > 5 iscrowd", "column 10: an operator or the end is expected, found 'iscrowd'")]
    [InlineData("area > 5 adn iscrowd",
        "column 10: an operator or the end is expected, found 'adn'; did you mean 'and'?")]
    [InlineData("area = 5", "column 6: '=' compares nothing; write '=='")]
    [InlineData("area ? 5", "column 6: '?' is not expected")]
    [InlineData("note == 'abc", "column 9: the text that begins here has no closing '")]
    [InlineData("(area > 5", "column 10: ')' is expected, found the end")]
    [InlineData("area in 5", "column 9: '[' is expected, found '5'")]
    [InlineData("area in [5", "column 11: ']' is expected, found the end")]
    [InlineData("area in [category]", "column 10: a list holds numbers, texts, true and false, nothing else")]
    [InlineData("1.2.3 == 1", "column 1: '1.2.3' is not a number")]
    [InlineData("area > and", "column 8: a value is expected, found 'and'")]
    [InlineData("starts_with(note)", "column 1: 'starts_with' takes 2 arguments, found 1")]
    [InlineData("start_with(note, 'a')",
        "column 1: there is no function 'start_with'; did you mean 'starts_with'?")]
    [InlineData("matches(note, area)", "column 15: 'matches' needs its regular expression as a text in quotes")]
    public void A_malformed_condition_is_refused_with_its_place(string condition, string message) =>
        Assert.Equal(message, FaultOf(condition));

    [Theory]
    [InlineData("area", "column 1: the condition needs something that is true or false, this is a number")]
    [InlineData("iscrowd and category", "column 13: 'and' needs something that is true or false, this is text")]
    [InlineData("not area", "column 5: 'not' needs something that is true or false, this is a number")]
    [InlineData("area > 'big'", "column 6: a number can never be compared with text")]
    [InlineData("category in ['a', 5]", "column 19: text can never be compared with a number")]
    [InlineData("category + 1 > 2", "column 1: '+' needs a number, this is text")]
    [InlineData("contains(area, 'a')", "column 10: 'contains' needs text, this is a number")]
    [InlineData("area > null", "column 6: '>' with null is never true; write '== null'")]
    public void Kinds_that_never_fit_are_found_without_data(string condition, string message) =>
        Assert.Equal(message, FaultOf(condition));

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(")]
    public void An_expression_that_cannot_run_in_linear_time_is_refused(string expression) => Assert.StartsWith(
        "column 15: this is not a regular expression", FaultOf($"matches(note, '{expression}')"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("note > 3", "'>' cannot compare text with a number")]
    [InlineData("note + 1 > 3", "'+' needs a number, found text")]
    [InlineData("note", "the condition needs something that is true or false, found the text 'it's'")]
    public void Kinds_that_turn_out_not_to_fit_are_an_error_that_names_the_record(string condition, string message)
    {
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => Holds(condition)).Problems);

        Assert.Equal(
            ("FILTER_TYPE", message, "annotation 12 of 'val/a'"), (problem.Code, problem.Message, problem.Record));
    }

    [Fact]
    public void Conditions_that_would_use_up_the_stack_are_refused()
    {
        Assert.Contains("deeper", FaultOf(new string('(', 10_000) + "area"), StringComparison.Ordinal);
        Assert.Contains("operands", FaultOf("1" + string.Concat(Enumerable.Repeat("+1", 5_000)) + " > 0"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_too_large_for_a_number_are_texts()
    {
        Sample large = Scene with { Id = new RecordId(9007199254740993) };
        Func<Subject, bool> isId = new ConditionCompiler(new Fields(Taxonomy))
            .Compile(Condition.Parse("id == '9007199254740993'"), FilterOf.Samples);

        Assert.True(isId(new Subject(large, null, new StageOutput())));
    }

    [Fact]
    public void A_condition_shows_as_it_was_written() =>
        Assert.Equal("area >  5", Condition.Parse("area >  5").ToString());
}
