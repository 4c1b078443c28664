using System.Text;

namespace SegPipeline.Formats;

/// <summary>
/// Recognises the wanted members of records. Records of a file mostly have the same members in the same order, so the
/// name that came next in the record before is tried first; also shows when a member stands in a record twice.
/// </summary>
/// <param name="wanted">The names; the number of a member is its place here.</param>
internal sealed class MemberLookup(params string[] wanted)
{
    private const int MaxKnown = 256;

    private readonly List<(byte[] Name, int Member)> _known =
        [.. wanted.Select((name, member) => (Encoding.UTF8.GetBytes(name), member))];
    private readonly (byte[] Name, int Known, int Member)[] _order = new (byte[], int, int)[MaxKnown];
    private int _ordered;
    private int _next;

    /// <summary>The name of a member that stood twice in the record; null when none did.</summary>
    public string? Repeated { get; private set; }

    /// <summary>A record begins.</summary>
    public void Begin()
    {
        _next = 0;
        Repeated = null;
    }

    /// <summary>The number of a member, -1 when it is not wanted.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (_next >= _ordered || !name.SequenceEqual(_order[_next].Name)) return FindAnew(name);
        return _order[_next++].Member;
    }

    private int FindAnew(ReadOnlySpan<byte> written)
    {
        ReadOnlySpan<byte> name = written.Contains((byte)'\\')
            ? Encoding.UTF8.GetBytes(JsonText.Unescape(written))
            : written;
        int known = NumberOf(name);
        if (known < 0) return -1;
        _ordered = _next;
        for (int i = 0; i < _ordered; i++)
            if (_order[i].Known == known) Repeated = Encoding.UTF8.GetString(name);
        if (Repeated is null) _order[_ordered++] = (_known[known].Name, known, _known[known].Member);
        _next = _ordered;
        return _known[known].Member;
    }

    private int NumberOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _known.Count; i++)
            if (name.SequenceEqual(_known[i].Name)) return i;
        if (_known.Count == MaxKnown) return -1;
        _known.Add((name.ToArray(), -1));
        return _known.Count - 1;
    }
}
