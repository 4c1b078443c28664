using System.Text;

namespace SegPipeline.Transforms;

/// <summary>
/// Reads the rules of a category map from CSV (RFC 4180): a first row that names the columns <c>from</c> and <c>to</c>
/// among any others, then one rule in each row.
/// </summary>
/// <param name="text">The whole file.</param>
internal sealed class CategoryMapCsv(string text)
{
    private int _at;
    private long _nextLine = 1;

    /// <summary>Line of the row read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The rules with their lines, in the order of the file.</summary>
    /// <exception cref="FormatException">What is wrong with the row at <see cref="Line"/>.</exception>
    public IEnumerable<(string From, string To)> Rules()
    {
        List<string> header = [.. (ReadRow() ?? []).Select(name => name.Trim())];
        int from = header.IndexOf("from"), to = header.IndexOf("to");
        if (from < 0 || to < 0)
            throw new FormatException("the first row must name the columns 'from' and 'to', found " +
                $"'{string.Join(',', header)}'");
        while (ReadRow() is { } row)
        {
            if (row is [{ Length: 0 }]) continue;
            if (row.Count != header.Count)
                throw new FormatException($"a row must have {header.Count} fields like the first, found {row.Count}");
            yield return (row[from], row[to]);
        }
    }

    private List<string>? ReadRow()
    {
        if (_at == text.Length) return null;
        Line = _nextLine;
        var fields = new List<string> { ReadField() };
        while (_at < text.Length && text[_at] == ',')
        {
            _at++;
            fields.Add(ReadField());
        }
        if (_at < text.Length && text[_at] == '\r') _at++;
        if (_at < text.Length && text[_at] == '\n') _at++;
        _nextLine++;
        return fields;
    }

    private string ReadField()
    {
        if (_at < text.Length && text[_at] == '"') return ReadQuoted();
        int start = _at;
        while (_at < text.Length && text[_at] is not (',' or '\r' or '\n')) _at++;
        return text[start.._at];
    }

    private string ReadQuoted()
    {
        var field = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\n') _nextLine++;
            bool isQuote = text[_at] == '"';
            if (isQuote && (_at + 1 == text.Length || text[_at + 1] != '"'))
            {
                _at++;
                return _at == text.Length || text[_at] is ',' or '\r' or '\n'
                    ? field.ToString()
                    : throw new FormatException("a field goes on behind its closing quote");
            }
            if (isQuote) _at++;
            field.Append(text[_at]);
        }
        throw new FormatException("a quote is not closed");
    }
}
