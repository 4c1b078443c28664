using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>
/// Members of records beyond those that every format has: what moves between a video and its frames as text.
/// </summary>
internal static class FurtherMembers
{
    private static readonly HashSet<string> OfEveryInstance = new(StringComparer.Ordinal)
    {
        "id", "image_id", "video_id", "instance_id", "category_id", "iscrowd", "score", "segmentation",
        "segmentations", "area", "areas", "bbox", "bboxes", "height", "width", "length",
    };

    private static readonly HashSet<string> OfEverySample = new(StringComparer.Ordinal)
    {
        "id", "video_id", "frame_id", "file_name", "file_names", "height", "width", "length", "void", "palette",
    };

    /// <summary>The further members of an instance.</summary>
    public static ImmutableSortedDictionary<string, string> Of(Instance instance) =>
        Of(instance.SourceRecord, instance.ExtraMembers, OfEveryInstance);

    /// <summary>The further members of a sample.</summary>
    public static ImmutableSortedDictionary<string, string> Of(Sample sample) =>
        Of(sample.SourceRecord, sample.ExtraMembers, OfEverySample);

    /// <summary>The lists of one value per frame among the members of an object.</summary>
    /// <param name="members">The members, JSON text by name.</param>
    /// <param name="perFrame">The names of those lists.</param>
    /// <param name="frameCount">Number of frames of the video.</param>
    /// <exception cref="BadDataException">One of them is no list of one value per frame.</exception>
    public static (string Name, string[] Values)[] Lists(
        this ImmutableSortedDictionary<string, string> members, IEnumerable<string> perFrame, int frameCount) =>
        [.. perFrame.Where(members.ContainsKey).Select(name => (name, Values(name, members[name], frameCount)))];

    /// <summary>What a frame has of the members of an object: of lists of one value per frame its own value.</summary>
    /// <param name="members">The members, JSON text by name.</param>
    /// <param name="lists">Those lists.</param>
    /// <param name="frame">The frame.</param>
    public static ImmutableSortedDictionary<string, string> InFrame(
        this ImmutableSortedDictionary<string, string> members, (string Name, string[] Values)[] lists, int frame)
    {
        foreach ((string name, string[] values) in lists)
            members = values[frame] == "null" ? members.Remove(name) : members.SetItem(name, values[frame]);
        return members;
    }

    /// <summary>An instance of whose lists of one value per frame only those of some frames are left.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="perFrame">The names of those lists.</param>
    /// <param name="frames">The frames that stay, ascending.</param>
    /// <param name="frameCount">Number of frames that there were.</param>
    /// <exception cref="BadDataException">One of them is no list of one value per frame.</exception>
    public static Instance CutMembers(
        this Instance instance, IEnumerable<string> perFrame, int[] frames, int frameCount)
    {
        foreach (string name in perFrame)
        {
            if (instance.MemberText(name) is not { } text || text == "null") continue;
            string[] values = Values(name, text, frameCount);
            string cut = $"[{string.Join(", ", frames.Select(frame => values[frame]))}]";
            instance = instance with { ExtraMembers = instance.ExtraMembers.SetItem(name, cut) };
        }
        return instance;
    }

    /// <summary>The members that are in all of several records with the same text.</summary>
    public static ImmutableSortedDictionary<string, string> Shared(
        IReadOnlyList<ImmutableSortedDictionary<string, string>> records) => records[0].RemoveRange(
            [.. records[0].Where(m => records.Any(r => r.GetValueOrDefault(m.Key) != m.Value)).Select(m => m.Key)]);

    /// <summary>The members of an object: those on which its frames agree, and lists of one value per frame.</summary>
    /// <param name="frames">Its members in each frame; null where it is absent.</param>
    /// <param name="perFrame">The names of those lists.</param>
    public static ImmutableSortedDictionary<string, string> Together(
        IReadOnlyList<ImmutableSortedDictionary<string, string>?> frames, IReadOnlyList<string> perFrame)
    {
        var together = Shared([.. frames.OfType<ImmutableSortedDictionary<string, string>>()]);
        foreach (string name in perFrame)
            if (frames.Any(members => members?.ContainsKey(name) == true))
                together = together.SetItem(name,
                    $"[{string.Join(", ", frames.Select(members => members?.GetValueOrDefault(name) ?? "null"))}]");
        return together;
    }

    private static ImmutableSortedDictionary<string, string> Of(
        JsonSlice? record, ImmutableSortedDictionary<string, string> set, HashSet<string> known)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (record is { } slice) Read(slice.Load(), known, members);
        foreach ((string name, string text) in set)
            if (!known.Contains(name)) members[name] = text;
        return members.ToImmutable();
    }

    private static void Read(
        byte[] record, HashSet<string> known, ImmutableSortedDictionary<string, string>.Builder members)
    {
        try
        {
            var reader = new Utf8JsonReader(record);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (!known.Contains(name))
                    members[name] = Encoding.UTF8.GetString(record.AsSpan(start, (int)reader.BytesConsumed - start));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // NaN and half surrogate pairs, which Python writes and JSON does not know: what follows them stays behind.
        }
    }

    private static string[] Values(string name, string text, int frameCount)
    {
        using JsonDocument list = JsonDocument.Parse(text);
        return list.RootElement.ValueKind == JsonValueKind.Array && list.RootElement.GetArrayLength() == frameCount
            ? [.. list.RootElement.EnumerateArray().Select(entry => entry.GetRawText())]
            : throw new BadDataException(new Problem("PER_FRAME",
                $"the member '{name}' is no list of {frameCount} values, one for each frame")
            {
                Remedy = "take it out of 'per_frame', so that it stays as it is",
            });
    }
}
