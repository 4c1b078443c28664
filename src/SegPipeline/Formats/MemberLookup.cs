using System.Text;

namespace SegPipeline.Formats;

/// <summary>
/// Recognises the wanted members of records. Records of a file mostly have the same members in the same order, so the
/// name that came next in the record before is tried first; also shows when a member stands in a record twice.
/// </summary>
/// <param name="wanted">The names; the number of a member is its place here.</param>
internal sealed class MemberLookup(params string[] wanted)
{
    private const int MaxRemembered = 64;

    private readonly byte[][] _wanted = [.. wanted.Select(Encoding.UTF8.GetBytes)];
    private readonly List<(byte[] Name, int Member)> _order = [];
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
        if (_next < _order.Count && name.SequenceEqual(_order[_next].Name)) return _order[_next++].Member;
        return FindAnew(name);
    }

    private int FindAnew(ReadOnlySpan<byte> written)
    {
        byte[] plain = written.Contains((byte)'\\')
            ? Encoding.UTF8.GetBytes(JsonText.Unescape(written))
            : written.ToArray();
        for (int i = 0; i < Math.Min(_next, _order.Count); i++)
            if (JsonMembers.IsNamed(_order[i].Name, plain)) Repeated = Encoding.UTF8.GetString(plain);
        int member = Array.FindIndex(_wanted, w => w.AsSpan().SequenceEqual(plain));
        Remember(written, member);
        return member;
    }

    private void Remember(ReadOnlySpan<byte> written, int member)
    {
        if (_next < _order.Count) _order.RemoveRange(_next, _order.Count - _next);
        if (_next == _order.Count && _next < MaxRemembered && Repeated is null) _order.Add((written.ToArray(), member));
        _next++;
    }
}
