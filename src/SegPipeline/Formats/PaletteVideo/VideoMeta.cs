using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>What a meta file says of a video; null where it does not say.</summary>
/// <param name="Length">Number of frames.</param>
/// <param name="HeightPx">Height of its frames.</param>
/// <param name="WidthPx">Width of its frames.</param>
/// <param name="Objects">Its objects with the names of their categories; null when it lists none.</param>
internal sealed record MetaVideo(
    int? Length, int? HeightPx, int? WidthPx, IReadOnlyDictionary<uint, string?>? Objects);

/// <summary>
/// The meta file of YouTube-VOS, <c>{"videos": {id: {"objects": {"1": {"category": ..., "frames": [...]}}}}}</c>, or of
/// MOSE, <c>{"videos": {id: {"length": ..., "height": ..., "width": ..., "objects": {"1": ...}}}}</c>.
/// </summary>
internal sealed class VideoMeta
{
    private readonly Dictionary<string, MetaVideo> _videos = new(StringComparer.Ordinal);

    /// <summary>What it says of a video; null when it does not know it.</summary>
    public MetaVideo? Find(string video) => _videos.GetValueOrDefault(video);

    /// <summary>Names of the categories it gives, each once, in ordinal order.</summary>
    public IEnumerable<string> Categories => _videos.Values
        .SelectMany(v => v.Objects?.Values ?? [])
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>True when some object has no category in it, or a video no list of objects.</summary>
    public bool IsUndecided => _videos.Values.Any(v => v.Objects is null || v.Objects.Values.Any(c => c is null));

    /// <summary>Reads a meta file.</summary>
    /// <exception cref="BadDataException"><c>META_JSON</c>: it is not what it should be.</exception>
    public static VideoMeta Read(InputPath file)
    {
        using FileRent bytes = FileRent.Read(file.FullPath, file.Text);
        var meta = new VideoMeta();
        try
        {
            ReadOnlySpan<byte> json = bytes.Bytes;
            if (json.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            foreach (JsonProperty video in Member(document.RootElement, "videos", file).EnumerateObject())
                meta._videos[video.Name] = VideoOf(video, file);
        }
        catch (JsonException e)
        {
            // .NET puts the place behind its sentence, counted from 0; the problem has a place of its own.
            string fault = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw Fault(file, "expected JSON: " + fault, null, e.LineNumber + 1);
        }
        catch (InvalidOperationException e)
        {
            throw Fault(file, "expected whole characters in names: " + e.Message.TrimEnd('.'), null);
        }
        return meta;
    }

    private static MetaVideo VideoOf(JsonProperty video, InputPath file)
    {
        string record = $"video {video.Name}";
        Require(video.Value, JsonValueKind.Object, record, file);
        return new MetaVideo(
            Whole(video, "length", file), Whole(video, "height", file), Whole(video, "width", file),
            ObjectsOf(video, record, file));
    }

    private static SortedDictionary<uint, string?>? ObjectsOf(JsonProperty video, string record, InputPath file)
    {
        if (!video.Value.TryGetProperty("objects", out JsonElement objects)) return null;
        Require(objects, JsonValueKind.Object, record, file);
        var categories = new SortedDictionary<uint, string?>();
        foreach (JsonProperty thing in objects.EnumerateObject())
        {
            if (!uint.TryParse(thing.Name, NumberStyles.None, CultureInfo.InvariantCulture, out uint label))
                throw Fault(file, $"expected the number of an object, found '{thing.Name}'", record);
            bool isNamed = thing.Value.ValueKind == JsonValueKind.Object &&
                thing.Value.TryGetProperty("category", out JsonElement named) &&
                named.ValueKind == JsonValueKind.String;
            categories[label] = isNamed ? thing.Value.GetProperty("category").GetString() : null;
        }
        return categories;
    }

    private static int? Whole(JsonProperty video, string name, InputPath file)
    {
        if (!video.Value.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) && whole > 0
            ? whole
            : throw Fault(file, $"expected a whole number as {name}, found {value}", $"video {video.Name}");
    }

    private static JsonElement Member(JsonElement root, string name, InputPath file) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) &&
        value.ValueKind == JsonValueKind.Object
            ? value
            : throw Fault(file, $"expected an object with a member '{name}', found none", null);

    private static void Require(JsonElement value, JsonValueKind kind, string record, InputPath file)
    {
        if (value.ValueKind != kind) throw Fault(file, $"expected a JSON object, found {value.ValueKind}", record);
    }

    private static BadDataException Fault(InputPath file, string message, string? record, long? line = null) =>
        new(new Problem("META_JSON", message)
        {
            File = file.Text,
            Line = line,
            Record = record,
            Remedy = "name the meta.json of YouTube-VOS or the meta_*.json of MOSE",
        });
}
