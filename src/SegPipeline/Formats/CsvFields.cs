using System.Text;

namespace SegPipeline.Formats;

/// <summary>The fields of one CSV row. Serves one thread, row after row.</summary>
/// <param name="separator">What stands between fields.</param>
internal sealed class CsvFields(byte separator)
{
    private readonly List<Field> _fields = [];

    /// <summary>Number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>Finds the fields of a row.</summary>
    /// <exception cref="RecordFaultException">CSV_QUOTES: a quote stands where none can be.</exception>
    public void Split(ReadOnlySpan<byte> row)
    {
        _fields.Clear();
        int start = 0;
        while (true)
        {
            int end = start + LengthOfField(row[start..]);
            _fields.Add(FieldOf(row, start, end));
            if (end == row.Length) return;
            start = end + 1;
        }
    }

    /// <summary>The bytes of a field without the blanks and quotes around it; quotes within are still written
    /// twice.</summary>
    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> row, int field) => row[_fields[field].Start.._fields[field].End];

    /// <summary>The text of a field.</summary>
    public string Text(ReadOnlySpan<byte> row, int field)
    {
        string text = Encoding.UTF8.GetString(Bytes(row, field));
        return _fields[field].IsQuoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    private int LengthOfField(ReadOnlySpan<byte> rest)
    {
        int blanks = rest.Length - rest.TrimStart((byte)' ').Length;
        if (blanks == rest.Length || rest[blanks] != '"')
        {
            int length = rest.IndexOf(separator);
            return length < 0 ? rest.Length : length;
        }
        for (int i = blanks + 1; i < rest.Length; i++)
        {
            if (rest[i] != '"') continue;
            if (i + 1 < rest.Length && rest[i + 1] == '"') i++;
            else return i + 1 + LengthAfterQuote(rest[(i + 1)..]);
        }
        throw new RecordFaultException("CSV_QUOTES", "a quote is opened and never closed", "close it");
    }

    private int LengthAfterQuote(ReadOnlySpan<byte> rest)
    {
        int length = rest.IndexOf(separator);
        if (length < 0) length = rest.Length;
        return rest[..length].Trim((byte)' ').IsEmpty
            ? length
            : throw new RecordFaultException("CSV_QUOTES",
                "expected the separator after a closing quote", "write quotes within a field twice");
    }

    private static Field FieldOf(ReadOnlySpan<byte> row, int start, int end)
    {
        while (start < end && row[start] == ' ') start++;
        while (end > start && row[end - 1] == ' ') end--;
        bool isQuoted = end - start >= 2 && row[start] == '"';
        if (!isQuoted && row[start..end].Contains((byte)'"'))
            throw new RecordFaultException("CSV_QUOTES",
                "a quote stands within a field that does not begin with one", "put the field in quotes");
        return isQuoted ? new Field(start + 1, end - 1, true) : new Field(start, end, false);
    }

    private readonly record struct Field(int Start, int End, bool IsQuoted);
}
