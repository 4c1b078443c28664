using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>
/// What a thread has read of a file of records lately. A record is asked for once for each of its members, and the next
/// one mostly stands right behind it; so it stays, and what follows is read ahead. A thread has two windows, since the
/// records of samples and of annotations stand apart.
/// </summary>
internal sealed class RecordWindow
{
    private const int LeastAhead = 4 << 10, MostAhead = 64 << 10, LargestRecord = 1 << 20;

    [ThreadStatic]
    private static RecordWindow? _latest;

    [ThreadStatic]
    private static RecordWindow? _other;

    private byte[] _bytes = [];
    private SourceFile? _file;
    private long _offset;
    private int _count;
    private int _ahead;
    private int _holders;
    private (long Offset, int LengthBytes) _listed;

    /// <summary>The members of the record that was listed last.</summary>
    private readonly RecordMemberList _members = new();

    /// <summary>A window with a record in it, to be held until <see cref="Release"/>; null when there is none to be
    /// had, for a large record or while others are looked into.</summary>
    /// <exception cref="BadDataException">The file was cut short since it was opened.</exception>
    public static RecordWindow? Hold(SourceFile file, long offset, int lengthBytes)
    {
        _latest ??= new RecordWindow();
        _other ??= new RecordWindow();
        if (!_latest.Has(file, offset, lengthBytes))
        {
            if (lengthBytes > LargestRecord) return null;
            // The record behind the latest ones goes where these stand, any other over what was used longer ago.
            if (_other.Has(file, offset, lengthBytes) || !_latest.EndsBefore(file, offset))
                (_latest, _other) = (_other, _latest);
            if (!_latest.Has(file, offset, lengthBytes) && !_latest.TryRead(file, offset, lengthBytes)) return null;
        }

        _latest._holders++;
        return _latest;
    }

    /// <summary>The bytes of a record in the window.</summary>
    public ReadOnlySpan<byte> Text(long offset, int lengthBytes) =>
        _bytes.AsSpan((int)(offset - _offset), lengthBytes);

    /// <summary>The members of a record in the window.</summary>
    /// <exception cref="RecordFaultException">It is not JSON.</exception>
    public RecordMemberList MembersOf(long offset, int lengthBytes)
    {
        if (_listed == (offset, lengthBytes)) return _members;
        _listed = default;
        _members.List(Text(offset, lengthBytes));
        _listed = (offset, lengthBytes);
        return _members;
    }

    /// <summary>The record is no longer looked into.</summary>
    public void Release() => _holders--;

    private bool Has(SourceFile file, long offset, int lengthBytes) =>
        ReferenceEquals(_file, file) && offset >= _offset && offset + lengthBytes <= _offset + _count;

    private bool EndsBefore(SourceFile file, long offset) =>
        ReferenceEquals(_file, file) && offset >= _offset && offset <= _offset + _count + LeastAhead;

    private bool TryRead(SourceFile file, long offset, int lengthBytes)
    {
        if (_holders > 0) return false;
        _ahead = EndsBefore(file, offset) ? Math.Min(2 * _ahead, MostAhead) : LeastAhead;
        (_file, _count, _listed) = (null, 0, default);
        int wanted = Math.Max(lengthBytes, (int)Math.Min(_ahead, file.LengthBytes - offset));
        if (_bytes.Length < wanted) _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(wanted, MostAhead));
        file.ReadExactly(offset, _bytes.AsSpan(0, lengthBytes));
        int more = wanted > lengthBytes ? file.Read(offset + lengthBytes, _bytes.AsSpan(lengthBytes..wanted)) : 0;
        (_file, _offset, _count) = (file, offset, lengthBytes + more);
        return true;
    }
}
