using System.Text.Json;

namespace SegPipeline.Stages.Recognising;

/// <summary>
/// What the beginning of a JSON file tells of its layout: the members of the object it is, and of the first records in
/// its lists; or, of a file that is a list, its first records.
/// </summary>
public sealed class JsonHead
{
    private const int MostRecords = 8;
    private readonly Dictionary<string, List<Record>> _lists = new(StringComparer.Ordinal);

    private JsonHead(bool isList) => IsList = isList;

    /// <summary>A record of a list: its members' names, each with the first text in its value.</summary>
    /// <param name="Texts">The text that a member is, or the first within it; null when there is none.</param>
    public sealed record Record(IReadOnlyDictionary<string, string?> Texts)
    {
        /// <summary>True when it has all these members.</summary>
        public bool Has(params IEnumerable<string> names) => names.All(Texts.ContainsKey);
    }

    /// <summary>True when the file is a list, not an object.</summary>
    public bool IsList { get; }

    /// <summary>Where and why the beginning is no JSON; null when it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Names of the members of the object, as far as the beginning reaches.</summary>
    public IReadOnlyCollection<string> Members => _lists.Keys;

    /// <summary>The first records of a member of the object; of the file itself when it is a list and no name is
    /// given.</summary>
    public IReadOnlyList<Record> Records(string member = "") => _lists.GetValueOrDefault(member) ?? [];

    /// <summary>The first record; null when there is none within the beginning.</summary>
    public Record? First(string member = "") => Records(member) is [var first, ..] ? first : null;

    /// <summary>Reads the beginning of a file, up to where it ends or is no JSON; null when it does not even begin as
    /// an object or list.</summary>
    internal static JsonHead? Read(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var json = new Utf8JsonReader(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes, false, default);
        JsonHead? head = null;
        try
        {
            if (!json.Read()) return null;
            if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return null;
            head = new JsonHead(json.TokenType == JsonTokenType.StartArray);
            head.Take(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What stands before the fault, or half a character, is as good a sign as the beginning of a whole file.
            if (head is not null) head.Fault = $"it cannot be read beyond byte {json.BytesConsumed}";
        }
        return head;
    }

    private void Take(ref Utf8JsonReader json)
    {
        int recordDepth = IsList ? 1 : 2;
        string list = "", member = "";
        Dictionary<string, string?>? record = null;
        while (json.Read())
        {
            int depth = json.CurrentDepth;
            bool isRecord = json.TokenType == JsonTokenType.StartObject && depth == recordDepth;
            if (json.TokenType == JsonTokenType.PropertyName && depth == 1 && !IsList)
                _lists.TryAdd(list = json.GetString()!, []);
            else if (isRecord)
                record = Begin(list);
            else if (json.TokenType == JsonTokenType.EndObject && depth == recordDepth)
                record = null;
            else if (record is not null && json.TokenType == JsonTokenType.PropertyName && depth == recordDepth + 1)
                record.TryAdd(member = json.GetString()!, null);
            else if (record is not null && json.TokenType == JsonTokenType.String && depth > recordDepth)
                record[member] ??= json.GetString();
        }
    }

    private Dictionary<string, string?>? Begin(string list)
    {
        if (!_lists.TryGetValue(list, out List<Record>? records)) _lists[list] = records = [];
        if (records.Count == MostRecords) return null;
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        records.Add(new Record(texts));
        return texts;
    }
}
