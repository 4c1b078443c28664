using System.Buffers;

namespace SegPipeline.Formats;

/// <summary>
/// Goes through the members of one JSON object, or the items of one list, without looking into their values. For text
/// that a scan has found to be JSON; should it have changed since, that is an error and never a crash.
/// </summary>
/// <param name="text">The object or list, from bracket to bracket.</param>
internal ref struct JsonMembers(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> Nesting = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(" \t\r\n,]}"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>The name between its quotes, escapes not resolved; empty for the items of a list.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Index of the opening quote of the name.</summary>
    public int NameFrom { get; private set; }

    /// <summary>Index of the first byte of the value.</summary>
    public int ValueFrom { get; private set; }

    /// <summary>Index behind the last byte of the value.</summary>
    public int ValueEnd { get; private set; }

    /// <summary>The value.</summary>
    public readonly ReadOnlySpan<byte> Value => _text[ValueFrom..ValueEnd];

    /// <summary>Goes to the next member.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="RecordFaultException">The text is not JSON.</exception>
    public bool NextMember()
    {
        if (!NextItem((byte)'{', (byte)'}')) return false;
        NameFrom = _at;
        if (_text[_at] != '"') throw Changed();
        int end = SkipString(_at);
        Name = _text[(NameFrom + 1)..(end - 1)];
        _at = end;
        SkipBlanks();
        if (_text[_at] != ':') throw Changed();
        _at++;
        SkipBlanks();
        SkipValue();
        return true;
    }

    /// <summary>Goes to the next item of a list.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="RecordFaultException">The text is not JSON.</exception>
    public bool NextItem()
    {
        if (!NextItem((byte)'[', (byte)']')) return false;
        SkipValue();
        return true;
    }

    /// <summary>The value of the last member of a name; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool found = false;
        var members = new JsonMembers(record);
        while (members.NextMember())
        {
            if (!IsNamed(members.Name, name)) continue;
            value = members.Value;
            found = true;
        }

        return found;
    }

    /// <summary>True when a name as written, perhaps with escapes, is this name.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        if (written.SequenceEqual(name)) return true;
        if (!written.Contains((byte)'\\')) return false;
        return JsonText.Unescape(written) == System.Text.Encoding.UTF8.GetString(name);
    }

    private bool NextItem(byte open, byte close)
    {
        if (_at == 0)
        {
            if (_text.Length < 2 || _text[0] != open) throw Changed();
            _at = 1;
            SkipBlanks();
            if (_text[_at] != close) return true;
            _at = _text.Length;
            return false;
        }

        if (_at >= _text.Length) return false;
        SkipBlanks();
        bool isLast = _text[_at] == close;
        if (!isLast && _text[_at] != ',') throw Changed();
        _at++;
        if (!isLast) SkipBlanks();
        else _at = _text.Length;
        return !isLast;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') _at++;
        if (_at == _text.Length) throw Changed();
    }

    private void SkipValue()
    {
        ValueFrom = _at;
        switch (_text[_at])
        {
            case (byte)'"':
                _at = SkipString(_at);
                break;
            case (byte)'{' or (byte)'[':
                SkipComposite();
                break;
            default:
                int length = _text[_at..].IndexOfAny(ScalarEnd);
                if (length <= 0) throw Changed();
                _at += length;
                break;
        }

        ValueEnd = _at;
    }

    private void SkipComposite()
    {
        int depth = 0;
        do
        {
            int skip = _text[_at..].IndexOfAny(Nesting);
            if (skip < 0) throw Changed();
            _at += skip;
            byte c = _text[_at];
            if (c == '"')
            {
                _at = SkipString(_at);
                continue;
            }

            depth += c is (byte)'{' or (byte)'[' ? 1 : -1;
            _at++;
        }
        while (depth > 0);
    }

    private readonly int SkipString(int at)
    {
        at++;
        while (true)
        {
            int skip = _text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (skip < 0) throw Changed();
            at += skip + 1;
            if (_text[at - 1] == '"') return at;
            if (at == _text.Length) throw Changed();
            at++;
        }
    }

    private static RecordFaultException Changed() => new("RECORD_CHANGED",
        "the record is not the JSON that it was when the file was opened", "do not write to an input while it is read");
}
