using System.Numerics;
using System.Runtime.CompilerServices;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>
/// Follows the nesting of a JSON text from token to token and tells a <see cref="RecordSink"/> what it finds. Lists
/// that nobody wants to look into are passed over by their brackets alone.
/// </summary>
/// <remarks>Relies on <see cref="JsonGrammar"/>: values and separators are known to alternate.</remarks>
internal sealed class JsonWalk(SourceFile file, JsonScanWindow window, RecordSink sink)
{
    /// <summary>Most levels of lists and objects within one another.</summary>
    public const int MaxDepth = 64;

    private const int NoRecords = -1;

    private readonly JsonWalkFaults _faults = new(file);
    private ulong _objects;
    private int _depth;
    private int _recordDepth = NoRecords;
    private bool _inObject;
    private bool _skipsList;
    private JsonDue _due = JsonDue.Value;
    private bool _inString;
    private int _member = -1;
    private long _stringFrom;
    private long _valueFrom;
    private long _openedAt;
    private long _recordFrom;
    private long _topFrom;
    private string? _topName;
    private bool _topHasRecords;

    private bool InRecordList => _depth == _recordDepth - 1;

    private bool IsNamed => _depth == 1 || _depth == _recordDepth;

    /// <summary>True when a block has anything that must be looked at one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasWork(in JsonMasks masks) =>
        (masks.Opens | masks.Closes | masks.Colons | masks.NotNumbers |
            (_skipsList ? 0 : masks.Quotes | masks.Commas)) != 0;

    /// <summary>The position from which on the text must stay in reach for an open token; null for none.</summary>
    public long? KeepFrom()
    {
        if (_skipsList || _depth == 0) return null;
        bool isWanted = _depth == _recordDepth && _member >= 0;
        if (_inString) return (_due == JsonDue.Name ? IsNamed : isWanted) ? _stringFrom : null;
        if (_due != JsonDue.Value || !(isWanted || (_depth == 1 && _inObject))) return null;
        long end = window.Offset + window.Count;
        _valueFrom += JsonText.BlanksBefore(window.Text(_valueFrom, end));
        return _valueFrom;
    }

    /// <summary>Takes the tokens of a block.</summary>
    /// <param name="masks">Where they stand.</param>
    /// <param name="block">The 64 bytes.</param>
    /// <param name="offset">Position of the block in the file.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(in JsonMasks masks, ReadOnlySpan<byte> block, long offset)
    {
        ulong nesting = masks.Opens | masks.Closes | masks.Colons | masks.NotNumbers;
        ulong all = nesting | masks.Quotes | masks.Commas;
        ulong left = ulong.MaxValue;
        while (true)
        {
            ulong tokens = (_skipsList ? nesting : all) & left;
            if (tokens == 0) return;
            int at = BitOperations.TrailingZeroCount(tokens);
            left = ~(tokens ^ (tokens - 1));
            Token(block[at], offset + at);
        }
    }

    /// <summary>Ends the run over a block that breaks the grammar; a fault of nesting before it comes first.</summary>
    /// <exception cref="BadDataException">Always.</exception>
    public void Fault(in JsonMasks masks, ReadOnlySpan<byte> block, long offset)
    {
        int at = BitOperations.TrailingZeroCount(masks.Faults);
        Take(masks.Within((1UL << at) - 1), block, offset);
        throw _faults.Unexpected(offset + at, block[at], _depth == 0 && _due == JsonDue.Nothing);
    }

    /// <summary>Checks that the file may end where it ends.</summary>
    /// <exception cref="BadDataException">It ends too early.</exception>
    public void End(long length, bool isInString)
    {
        if (isInString || _depth > 0) throw _faults.Truncated(length, isInString, _topName);
        if (_due != JsonDue.Nothing) throw _faults.NoDocument(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Token(byte token, long at)
    {
        switch (token)
        {
            case (byte)'"':
                Quote(at);
                break;
            case (byte)',':
                Comma(at);
                break;
            case (byte)':':
                if (_depth == 0 || _skipsList || _due != JsonDue.Colon) throw _faults.Wrong(at, token, _due);
                _due = JsonDue.Value;
                _valueFrom = at + 1;
                break;
            case (byte)'{' or (byte)'[':
                Open(at, isObject: token == '{');
                break;
            case (byte)'N' or (byte)'I':
                sink.NotANumber(at);
                break;
            default:
                Close(at, isObject: token == '}');
                break;
        }
    }

    private void Quote(long at)
    {
        if (!_inString)
        {
            if (_due is not (JsonDue.Name or JsonDue.Value) || _depth == 0) throw _faults.Wrong(at, (byte)'"', _due);
            if (InRecordList) throw _faults.NotARecord(at);
            _inString = true;
            _stringFrom = at;
            return;
        }

        _inString = false;
        if (_due == JsonDue.Name)
        {
            _due = JsonDue.Colon;
            if (IsNamed) Name(window.Text(_stringFrom + 1, at));
            return;
        }

        _due = JsonDue.SeparatorOrEnd;
        if (_depth == 1) EndTop(_stringFrom, at + 1);
        else if (_depth == _recordDepth && _member >= 0)
            sink.Scalar(_member, window.Text(_stringFrom, at + 1), _stringFrom);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (_depth == _recordDepth)
        {
            _member = sink.FindMember(name);
            return;
        }

        _topName = JsonText.Unescape(name);
        _topHasRecords = sink.BeginMember(_topName);
    }

    private void Comma(long at)
    {
        if (_due == JsonDue.Value && !InRecordList && _depth > 0) EndScalar(at);
        else if (_due != JsonDue.SeparatorOrEnd) throw NotDue(at, (byte)',');
        _due = _inObject ? JsonDue.Name : JsonDue.Value;
    }

    private void Open(long at, bool isObject)
    {
        if (!_skipsList)
        {
            if (_due != JsonDue.Value) throw _faults.Wrong(at, isObject ? (byte)'{' : (byte)'[', _due);
            if (InRecordList && !isObject) throw _faults.NotARecord(at);
            if (_depth == 0 && !isObject) BeginRootList(at);
            else if (_depth == 1 && _recordDepth == NoRecords) BeginTop(at, isObject);
            else if (_depth == _recordDepth && _member >= 0)
                sink.Composite(_member, isObject ? (byte)'{' : (byte)'[', at);
        }

        if (_depth == _recordDepth + 1 && _member >= 0) sink.Nested(_member);

        if (_depth == MaxDepth) throw _faults.TooDeep(at);
        _objects = _objects & ~(1UL << _depth) | (isObject ? 1UL << _depth : 0);
        _depth++;
        _inObject = isObject;
        _openedAt = at;
        _due = isObject ? JsonDue.Name : JsonDue.Value;
        _skipsList = !isObject && !InRecordList;
        if (_depth != _recordDepth) return;
        _recordFrom = at;
        _member = -1;
        sink.BeginRecord();
    }

    private void BeginRootList(long at)
    {
        if (!sink.BeginMember(null)) throw _faults.NotAnObject(at);
        _recordDepth = 2;
        _topFrom = at;
        _faults.BeginRecords(null);
    }

    private void BeginTop(long at, bool isObject)
    {
        _topFrom = at;
        _topHasRecords &= !isObject;
        if (!_topHasRecords) return;
        _recordDepth = 3;
        _faults.BeginRecords(_topName);
    }

    private void Close(long at, bool isObject)
    {
        byte token = isObject ? (byte)'}' : (byte)']';
        if (_depth == 0 || _inObject != isObject) throw _faults.Mismatch(at, token, _depth);
        if (!_skipsList)
        {
            if (_due == JsonDue.Value && isObject) EndScalar(at);
            else if (_due != JsonDue.SeparatorOrEnd && !IsEmpty(at)) throw NotDue(at, token);
        }

        _depth--;
        _inObject = _depth > 0 && (_objects >> (_depth - 1) & 1) != 0;
        if (_depth == _recordDepth - 1) EndRecord(at);
        else if (_depth == _recordDepth - 2 && !isObject) EndRecordList(at);
        else if (_depth == 1 && _inObject) EndTop(_topFrom, at + 1);
        _due = _depth == 0 ? JsonDue.Nothing : JsonDue.SeparatorOrEnd;
        _skipsList = _depth > 0 && !_inObject && !InRecordList;
    }

    private void EndRecord(long at)
    {
        sink.EndRecord(_faults.Range(_recordFrom, at + 1));
        _faults.CountRecord();
    }

    private void EndRecordList(long at)
    {
        _recordDepth = NoRecords;
        _faults.EndRecords();
        if (_depth == 1) EndTop(_topFrom, at + 1);
        else sink.EndMember(null, new JsonRange(_topFrom, 0), isRecordList: true);
    }

    private void EndScalar(long at)
    {
        bool isWanted = _depth == _recordDepth && _member >= 0;
        if (!isWanted && _depth != 1) return;
        ReadOnlySpan<byte> text = window.Text(_valueFrom, at);
        int blanks = JsonText.BlanksBefore(text);
        text = JsonText.WithoutBlanksBehind(text[blanks..]);
        long from = _valueFrom + blanks;
        if (isWanted) sink.Scalar(_member, text, from);
        else EndTop(from, from + text.Length);
    }

    private void EndTop(long from, long end)
    {
        bool isRecordList = _topHasRecords && from == _topFrom;
        JsonRange range = isRecordList ? new JsonRange(from, 0) : _faults.Range(from, end);
        sink.EndMember(_topName, range, isRecordList);
    }

    /// <summary>True when the list or object that ends here is empty, and not one odd value.</summary>
    private bool IsEmpty(long at)
    {
        if (_due is not (JsonDue.Name or JsonDue.Value)) return false;
        Span<byte> buffer = stackalloc byte[1024];
        for (long from = _openedAt + 1; from < at; from += buffer.Length)
        {
            Span<byte> between = buffer[..(int)Math.Min(buffer.Length, at - from)];
            file.ReadExactly(from, between);
            if (between.ContainsAnyExcept(" \t\r\n"u8)) return false;
        }

        return true;
    }

    private BadDataException NotDue(long at, byte token) =>
        _depth > 0 && InRecordList ? _faults.NotARecord(at) : _faults.Wrong(at, token, _due);
}
