using System.Text.Json;
using SegPipeline.Formats.Scores;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Scores;

public sealed class ScoresWriterTests
{
    private static readonly DatasetInfo Pets = new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(2), "dog"), new Category(new RecordId(1), "cat|s")], IsDeclared: true),
    };

    [Fact]
    public void Ratios_are_summed_and_other_measures_averaged()
    {
        JsonElement json = Write(
            Scored("a", Iou(1, 2), new Measure("mba", 0.5)),
            Scored("b", Iou(0, 0), new Measure("mba", null)),
            Scored("c", Iou(5, 6), new Measure("mba", 1))).Json;

        Assert.Equal(3, json.GetProperty("samples").GetInt64());
        Assert.Equal("""{"name": "iou", "value": 0.75, "numerator": 6, "denominator": 8,"""
            + """ "mean": 0.6666666666666667, "counted": 2, "absent": 1}""", Text(json, "measures", 0));
        Assert.Equal(
            """{"name": "mba", "value": 0.75, "mean": 0.75, "counted": 2, "absent": 1}""", Text(json, "measures", 1));
        Assert.Equal("""{"key": "b", "measures": [{"name": "iou", "value": null, "numerator": 0, "denominator": 0},"""
            + """ {"name": "mba", "value": null}]}""", Text(json, "per_sample", 1));
    }

    [Fact]
    public void Categories_have_figures_of_their_own_in_the_order_of_the_taxonomy()
    {
        JsonElement json = Write(
            Scored("a", Iou(1, 2, category: 1), Iou(1, 4, category: 2), Iou(0, 0, category: 9)),
            Scored("b", Iou(2, 2, category: 1))).Json;

        Assert.Equal(["2", "1", "9"], json.GetProperty("categories").EnumerateArray()
            .Select(c => c.GetProperty("id").GetRawText()));
        Assert.Contains("\"value\": 0.75, \"numerator\": 3, \"denominator\": 4", Text(json, "categories", 1),
            StringComparison.Ordinal);
        JsonElement whole = json.GetProperty("measures")[0];
        Assert.Equal((0.5, 2), (whole.GetProperty("mean_over_categories").GetDouble(),
            whole.GetProperty("categories").GetInt32()));
    }

    [Fact]
    public void The_table_has_the_whole_set_and_its_categories()
    {
        Written written = Write(Scored("a", Iou(1, 3, category: 1), Iou(1, 4, category: 2)));

        Assert.Equal(
            """
            |  | iou |
            | --- | ---: |
            | all | 0.2857 |
            | mean | 0.2917 |
            | mean over categories | 0.2917 |
            | dog | 0.2500 |
            | cat\|s | 0.3333 |

            """.ReplaceLineEndings("\n"), written.Table);
        Assert.Equal(
            ["iou 0.2857 (2 of 7), mean 0.2917 over 2 measured; mean 0.2917 over 2 categories"], written.Summary);
        Assert.Equal(["scores.json samples 1"], written.Records);
    }

    [Fact]
    public void The_file_does_not_depend_on_how_samples_come_in_chunks()
    {
        Sample[] samples = [.. Enumerable.Range(1, 9).Select(i =>
            Scored($"s{i}", Iou(i, 10 * i + 1), new Measure("mba", 1.0 / i)))];

        Assert.Equal(Write(samples).Text, WriteChunks([samples[..2], samples[2..3], samples[3..]]).Text);
    }

    [Fact]
    public void Measures_of_nothing_are_warned_of()
    {
        Written written = Write(Scored("a"));

        Assert.Equal(["nothing was measured on any sample; put evaluate before it"], written.Warnings);
        Assert.Empty(written.Summary);
        Assert.Equal("""{"key": "a", "measures": []}""", Text(written.Json, "per_sample", 0));
        Assert.Empty(WriteChunks([]).Json.GetProperty("per_sample").EnumerateArray());
    }

    [Fact]
    public void Objects_keep_their_numbers_and_odd_keys_are_escaped()
    {
        Measure measure = Iou(1, 1) with { ObjectId = RecordId.FromString("x") };

        Assert.Equal(
            """{"key": "a\"b", "measures": [{"name": "iou", "object_id": "x", "value": 1, "numerator": 1,"""
                + """ "denominator": 1}]}""", Text(Write(Scored("a\"b", measure)).Json, "per_sample", 0));
    }

    private static Measure Iou(long numerator, long denominator, long? category = null) =>
        Measure.Of("iou", new CountRatio(numerator, denominator)) with
        {
            CategoryId = category is { } id ? new RecordId(id) : null,
        };

    private static Sample Scored(string key, params Measure[] measures) =>
        StageHarness.Image(key) with { Measures = [.. measures] };

    private static string Text(JsonElement json, string list, int place) =>
        json.GetProperty(list)[place].GetRawText();

    private static Written Write(params Sample[] samples) => WriteChunks([samples]);

    private static Written WriteChunks(Sample[][] chunks)
    {
        using var release = new TestReleaseFolder();
        var warnings = new List<string>();
        var stage = new ScoresWriter { File = ReleaseName.From("scores.json"), Table = ReleaseName.From("scores.md") };
        using OpenOutput output = stage.Open(Pets, release, StageHarness.Context with { Warn = warnings.Add });
        object[] encoded = [.. chunks.Reverse().Select(output.Encode).Reverse()];
        foreach (object chunk in encoded) output.Append(chunk);
        output.Finish();
        using JsonDocument json = JsonDocument.Parse(release["scores.json"]);
        return new Written(release["scores.json"], release["scores.md"], json.RootElement.Clone(),
            [.. output.Summary], warnings, release.Records);
    }

    private sealed record Written(
        string Text, string Table, JsonElement Json, string[] Summary, List<string> Warnings, List<string> Records);
}
