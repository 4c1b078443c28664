using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SegPipeline.Comparison;
using SegPipeline.Model;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Answers;

/// <summary>Everything about one entry but its shapes. What cannot be read is told in its place.</summary>
internal sealed class EntryAnswers(EntryList entries)
{
    private const int MostRecordBytes = 4096;
    private const int MostChanges = 40;
    private readonly SampleDifferences? _differences = SampleDifferences.Between(entries);

    /// <summary>The entry in each dataset, and how they differ.</summary>
    public ReadOnlyMemory<byte> Entry(int number)
    {
        Sample?[] samples = new Sample?[entries.Datasets.Count];
        var problems = new List<string>();
        for (int side = 0; side < samples.Length; side++)
            samples[side] = Attempt.Read(() => entries.Read(number, side), problems);
        if (entries.RejectOf(number) is { } reject)
            problems.AddRange(reject.Why.Select(why => $"rejected by '{reject.Stage}': {why}"));
        Change[] changes = [];
        InstanceFate[]?[] fates = new InstanceFate[]?[samples.Length];
        if (_differences is not null && samples is [{ } before, { } after])
            Attempt.Read<object>(() =>
            {
                changes = [.. _differences.Changes(before, after, MostChanges)];
                (fates[0], fates[1]) = _differences.Fates(before, after);
                return null;
            }, problems);
        return JsonAnswer.Object(json =>
        {
            json.WriteNumber("number", number);
            json.WriteString("key", entries.KeyOf(number));
            json.List("problems", problems, json.WriteStringValue);
            json.List("changes", changes, change => Write(json, change));
            json.List("sides", Enumerable.Range(0, samples.Length),
                side => WriteSide(json, side, samples[side], fates[side]));
        });
    }

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("instance", change.Instance);
        json.WriteString("category", change.Category);
        json.WriteString("detail", change.Detail);
        json.WriteEndObject();
    }

    private void WriteSide(Utf8JsonWriter json, int side, Sample? sample, InstanceFate[]? fates)
    {
        if (sample is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteString("id", sample.Id?.JsonText);
        json.WriteString("record", Record(sample.SourceRecord));
        json.List("frames", sample.Frames, frame => Write(json, frame));
        json.List("instances", Enumerable.Range(0, sample.Instances.Length),
            i => WriteInstance(json, side, sample.Instances[i], fates?[i]));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Frame frame)
    {
        json.WriteStartObject();
        json.WriteString("name", frame.Name);
        json.WriteNumber("width", frame.WidthPx);
        json.WriteNumber("height", frame.HeightPx);
        json.WriteNumber("position", frame.Position);
        if (frame.IsAnnotated is { } isAnnotated) json.WriteBoolean("isAnnotated", isAnnotated);
        json.WriteBoolean("hasPhoto", frame.Photo is not null);
        json.WriteEndObject();
    }

    private void WriteInstance(Utf8JsonWriter json, int side, Instance instance, InstanceFate? fate)
    {
        int category = entries.Categories.NumberOf(side, instance.CategoryId);
        json.WriteStartObject();
        json.WriteString("id", instance.Id?.JsonText ?? ObjectId(instance));
        json.WriteNumber("category", category);
        json.WriteString("categoryId", instance.CategoryId?.JsonText);
        json.WriteBoolean("isCrowd", instance.IsCrowd == true);
        json.WriteString("record", Record(instance.SourceRecord));
        if (fate is { } known)
        {
            ListAnswers.WriteMarks(json, "marks", known.Mark);
            if (known.Other is { } other) json.WriteNumber("other", other);
        }
        json.WriteEndObject();
    }

    private static string? ObjectId(Instance instance) =>
        instance.MemberText("object_id") is { } number ? number : null;

    private static string? Record(JsonSlice? slice)
    {
        if (slice is not { } record) return null;
        JsonSlice head = record with { LengthBytes = Math.Min(record.LengthBytes, MostRecordBytes) };
        string text = Encoding.UTF8.GetString(head.Load());
        return record.LengthBytes > MostRecordBytes
            ? FormattableString.Invariant($"{text} ... ({record.LengthBytes:N0} bytes)")
            : text;
    }
}
