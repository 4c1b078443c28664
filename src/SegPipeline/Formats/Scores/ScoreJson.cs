using System.Buffers;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.Scores;

/// <summary>Writes scores as JSON; see the README.</summary>
internal static class ScoreJson
{
    /// <summary>Writes what was measured on a sample, as an object.</summary>
    public static void WriteSample(IBufferWriter<byte> output, Sample sample)
    {
        var members = new JsonObjectText(output);
        members.Text("key", sample.Key);
        members.List("measures", sample.Measures, static (target, measure) =>
        {
            var item = new JsonObjectText(target);
            item.Text("name", measure.Name);
            if (measure.CategoryId is { } category) item.Raw("category_id", category.JsonText);
            if (measure.ObjectId is { } number) item.Raw("object_id", number.JsonText);
            WriteFigure(item, measure.Value, measure.Ratio);
            item.End();
        });
        members.End();
    }

    /// <summary>Writes everything but the samples: members of an object that is not closed.</summary>
    public static void WriteTotals(IBufferWriter<byte> output, ScoreTotals totals)
    {
        JsonText.WriteRaw(output, "{\"samples\": ");
        JsonText.WriteNumber(output, totals.Samples);
        JsonText.WriteRaw(output, ",\n\"measures\": [");
        for (int i = 0; i < totals.Names.Count; i++)
        {
            JsonText.WriteRaw(output, i == 0 ? "\n" : ",\n");
            WriteTotal(output, totals, totals.Names[i]);
        }
        JsonText.WriteRaw(output, "\n],\n\"categories\": [");
        bool isFirst = true;
        foreach ((RecordId id, string? name) in totals.Categories)
        {
            JsonText.WriteRaw(output, isFirst ? "\n" : ",\n");
            isFirst = false;
            WriteCategory(output, totals, id, name);
        }
        JsonText.WriteRaw(output, "\n]");
    }

    private static void WriteTotal(IBufferWriter<byte> output, ScoreTotals totals, string name)
    {
        var members = new JsonObjectText(output);
        Write(members, name, totals.Whole(name));
        (double? mean, int categories) = totals.OverCategories(name);
        if (categories > 0)
        {
            members.Number("mean_over_categories", mean!.Value);
            members.Number("categories", categories);
        }
        members.End();
    }

    private static void WriteCategory(IBufferWriter<byte> output, ScoreTotals totals, RecordId id, string? name)
    {
        var members = new JsonObjectText(output);
        members.Raw("id", id.JsonText);
        if (name is not null) members.Text("name", name);
        string[] measured = [.. totals.Names.Where(n => totals.Of(id, n) is not null)];
        members.List("measures", measured, (target, measure) =>
        {
            var item = new JsonObjectText(target);
            Write(item, measure, totals.Of(id, measure)!);
            item.End();
        });
        members.End();
    }

    private static void Write(JsonObjectText members, string name, ScoreTotal total)
    {
        members.Text("name", name);
        WriteFigure(members, total.Value, total.Ratio);
        WriteNumber(members, "mean", total.Mean);
        members.Number("counted", total.Counted);
        members.Number("absent", total.Absent);
    }

    private static void WriteFigure(JsonObjectText members, double? value, CountRatio? ratio)
    {
        WriteNumber(members, "value", value);
        if (ratio is not { } counts) return;
        members.Raw("numerator", counts.Numerator.ToString(CultureInfo.InvariantCulture));
        members.Raw("denominator", counts.Denominator.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteNumber(JsonObjectText members, string name, double? number)
    {
        if (number is { } known) members.Number(name, known);
        else members.Raw(name, "null");
    }
}
