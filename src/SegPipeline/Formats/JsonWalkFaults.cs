using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>What must come next in a JSON text.</summary>
internal enum JsonDue
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>The name of a member.</summary>
    Name,

    /// <summary>The colon between name and value.</summary>
    Colon,

    /// <summary>A comma, or the end of the list or object.</summary>
    SeparatorOrEnd,

    /// <summary>Nothing: the document is complete.</summary>
    Nothing,
}

/// <summary>What <see cref="JsonWalk"/> says when a text is not right.</summary>
internal sealed class JsonWalkFaults(SourceFile file)
{
    private string? _list;
    private long _records;

    /// <summary>A list of records begins; its name goes into messages.</summary>
    public void BeginRecords(string? name) => (_list, _records) = (name ?? "results", 0);

    /// <summary>A record has ended.</summary>
    public void CountRecord() => _records++;

    /// <summary>The list of records has ended.</summary>
    public void EndRecords() => _list = null;

    /// <summary>A record or value of at most 2^31 - 1 bytes.</summary>
    public JsonRange Range(long from, long end) => end - from <= int.MaxValue
        ? new JsonRange(from, (int)(end - from))
        : throw At(from, "RECORD_TOO_LONG", $"expected a value of at most {int.MaxValue} bytes, found {end - from}");

    /// <summary>A byte that the grammar does not allow.</summary>
    public BadDataException Unexpected(long at, byte found, bool isBehindDocument)
    {
        if (isBehindDocument)
            return At(at, "JSON_TRAILING", $"expected the end of the file, found {JsonFault.Show(found)}");
        return At(at, "JSON_SYNTAX", found < 0x20
            ? $"expected the closing quote of a string, found {JsonFault.Show(found)} within it"
            : $"found {JsonFault.Show(found)} where JSON does not allow it");
    }

    /// <summary>A token that may not stand here in an object or list.</summary>
    public BadDataException Wrong(long at, byte found, JsonDue due)
    {
        if (due == JsonDue.Nothing)
            return At(at, "JSON_TRAILING", $"expected the end of the file, found {JsonFault.Show(found)}");
        string expected = due switch
        {
            JsonDue.Value => "a value",
            JsonDue.Name => "the name of a member in quotes",
            JsonDue.Colon => "a colon",
            _ => "a comma or the end of the list or object",
        };
        return At(at, "JSON_SYNTAX", $"expected {expected}, found {JsonFault.Show(found)}");
    }

    /// <summary>A bracket that closes what is not open.</summary>
    public BadDataException Mismatch(long at, byte found, int depth) => depth == 0
        ? At(at, "JSON_TRAILING", $"expected the end of the file, found {JsonFault.Show(found)}, which closes nothing")
        : At(at, "JSON_NESTING",
            $"expected {(found == '}' ? "']'" : "'}'")} for what was opened last, found {JsonFault.Show(found)}");

    /// <summary>Too many levels.</summary>
    public BadDataException TooDeep(long at) =>
        At(at, "JSON_DEPTH", $"expected at most {JsonWalk.MaxDepth} levels of lists and objects, found more");

    /// <summary>A list of records holds something else.</summary>
    public BadDataException NotARecord(long at) =>
        At(at, "RECORD_SHAPE", $"expected an object in the list '{_list}', found another value");

    /// <summary>The file is a list, and none was expected.</summary>
    public BadDataException NotAnObject(long at) => At(at, "DOCUMENT_SHAPE", "expected an object, found a list",
        "name the file that has the images or videos of a list of results as 'ground_truth'");

    /// <summary>The file ends too early.</summary>
    public BadDataException Truncated(long length, bool isInString, string? member) => At(length, "JSON_TRUNCATED",
        (isInString ? "the file ends inside a string" : "the file ends before all lists and objects are closed") +
        (member is null ? "" : $", in '{member}'"), "fetch the file again: it is cut short");

    /// <summary>The file holds nothing of use.</summary>
    public BadDataException NoDocument(long length) =>
        At(length, "DOCUMENT_SHAPE", "expected an object or list, found neither", "check that this is the right file");

    private BadDataException At(long offset, string code, string message, string? remedy = null) =>
        JsonFault.At(file, offset, code, message, _list is null ? null : $"{_list}[{_records}]", remedy);
}
