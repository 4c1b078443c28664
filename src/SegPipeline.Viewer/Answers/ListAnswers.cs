using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Answers;

/// <summary>What is said of the datasets as a whole, and of entries in a list.</summary>
internal sealed class ListAnswers(EntryList entries, EntryIndex index)
{
    private const int MostDefects = 50;

    /// <summary>Names, categories, and how far the index is.</summary>
    public ReadOnlyMemory<byte> About() => JsonAnswer.Object(json =>
    {
        json.List("datasets", entries.Datasets, dataset =>
        {
            json.WriteStartObject();
            json.WriteString("name", dataset.Name);
            json.WriteString("shortName", dataset.ShortName);
            json.WriteString("note", dataset.Note);
            json.WriteBoolean("isVideo", dataset.Dataset.Info.Kind == SampleKind.Video);
            json.WriteNumber("samples", dataset.Dataset.Plan.Count);
            json.WriteNumber("rejects", dataset.Rejects.Length);
            json.WriteNumber("defects", dataset.Dataset.Defects.Count);
            json.List("firstDefects", dataset.Dataset.Defects.Take(MostDefects),
                defect => json.WriteStringValue($"{defect.Key}: {defect.Problem}"));
            json.WriteEndObject();
        });
        json.WriteNumber("entries", entries.Count);
        json.WriteNumber("indexed", index.Done);
        json.WriteString("fault", index.Fault);
        int number = 0;
        json.List("categories", entries.Categories.Listed, category =>
        {
            json.WriteStartObject();
            json.WriteString("name", category.Name);
            json.WriteString("supercategory", category.Supercategory);
            json.WriteString("colour", CategoryColours.Text(number));
            json.WriteNumber("instances", index.InstancesOf(number++));
            json.WriteEndObject();
        });
    });

    /// <summary>A part of the entries that fit.</summary>
    public ReadOnlyMemory<byte> Page(int[] found, int offset, int limit) => JsonAnswer.Object(json =>
    {
        json.WriteNumber("total", found.Length);
        json.WriteNumber("indexed", index.Done);
        json.WriteNumber("entries", entries.Count);
        json.WriteNumber("offset", offset);
        json.List("items", found.Skip(offset).Take(limit), number => WriteItem(json, number));
    });

    /// <summary>An entry's place among those that fit, and its neighbours.</summary>
    public ReadOnlyMemory<byte> Place(int[] found, int number)
    {
        int place = Array.IndexOf(found, number);
        return JsonAnswer.Object(json =>
        {
            json.WriteNumber("total", found.Length);
            json.WriteNumber("number", number);
            json.WriteNumber("place", place);
            WriteKey(json, "previous", place > 0 ? found[place - 1] : null);
            WriteKey(json, "next", place + 1 < found.Length && found.Length > 0 ? found[place + 1] : null);
        });
    }

    private void WriteKey(Utf8JsonWriter json, string name, int? number)
    {
        if (number is null) json.WriteNull(name);
        else json.WriteString(name, entries.KeyOf(number.Value));
    }

    private void WriteItem(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteNumber("number", number);
        json.WriteString("key", entries.KeyOf(number));
        json.WriteNumber("side", entries.PlaceOf(number, 0) is null && entries.IsComparison ? 1 : 0);
        EntryMarks marks = entries.RejectOf(number) is null ? EntryMarks.None : EntryMarks.Rejected;
        if (number < index.Done)
        {
            (EntryFacts facts, int place) = index.At(number);
            marks = facts.MarksOf(place);
            int instances = facts.InstancesOf(place).Length;
            // Of what could not be read nobody knows how many it has.
            bool isKnown = instances > 0 || (marks & (EntryMarks.Broken | EntryMarks.Rejected)) == 0;
            if (isKnown) json.WriteNumber("instances", instances);
        }
        WriteMarks(json, "marks", marks);
        json.WriteEndObject();
    }

    /// <summary>Writes marks as a list of words.</summary>
    public static void WriteMarks(Utf8JsonWriter json, string name, EntryMarks marks) =>
        json.List(name, Enum.GetValues<EntryMarks>().Where(m => m != EntryMarks.None && marks.HasFlag(m)),
            mark => json.WriteStringValue(mark.ToString()));
}
