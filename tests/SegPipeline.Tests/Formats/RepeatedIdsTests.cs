using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class RepeatedIdsTests
{
    [Fact]
    public void Ids_that_several_written_annotations_have_are_kept_and_told() => Assert.Equal(
        ["a.json has annotation ids more than once: 3, 8; tools that go by id lose all but one of each, " +
            "set ids: dense"],
        Written(new CocoWriter { File = ReleaseName.From("a.json") }, 8, 3, 4, 3, 8));

    [Fact]
    public void Only_the_first_repeated_ids_are_named()
    {
        string told = Assert.Single(Written(
            new CocoWriter { File = ReleaseName.From("a.json") }, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7));

        Assert.StartsWith("a.json has annotation ids more than once: 1, 2, 3, 4, 5 and 2 more;", told,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5L, 3L, 4L)]
    [InlineData(5L, null, null)]
    public void Ids_in_any_order_and_missing_ones_are_no_fault(params long?[] ids) =>
        Assert.Empty(Written(new CocoWriter { File = ReleaseName.From("a.json") }, ids));

    [Fact]
    public void Numbered_anew_no_two_are_the_same() => Assert.Empty(Written(
        new CocoWriter { File = ReleaseName.From("a.json"), Ids = RecordNumbering.Dense }, 3, 3));

    private static List<string> Written(CocoWriter writer, params long?[] ids)
    {
        var warnings = new List<string>();
        using var release = new TestReleaseFolder();
        var info = new DatasetInfo
        {
            Taxonomy = new Taxonomy([new Category(new RecordId(1), "ape")], IsDeclared: true),
        };
        using OpenOutput output = writer.Open(info, release, new StageContext("s", 1) { Warn = warnings.Add });
        Sample[] samples = [.. ids.Select((id, i) => StageHarness.Image($"{i}.jpg", StageHarness.Object(1) with
        {
            Id = id is { } number ? new RecordId(number) : null,
        }))];
        output.Append(output.Encode(samples));
        output.Finish();
        return warnings;
    }
}
