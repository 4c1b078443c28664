using System.Text;

namespace SegPipeline.Formats;

/// <summary>
/// Writes a record with some members changed: in the source's order, everything that is not changed as it stands
/// there, blanks included; new members at the end. Used for one record after another.
/// </summary>
internal sealed class RecordEdit : IDisposable
{
    private const int NoChange = -1, Repeated = -2, Slots = 2;

    private readonly TextBuffer _texts = new();
    private readonly List<Change> _changes = [];
    private readonly List<Member> _members = [];
    private readonly int[] _openAt = new int[Slots];

    /// <summary>
    /// Where, after <see cref="Write"/>, the value of the member left open under a number belongs, from the start of
    /// the record; -1 when there is none.
    /// </summary>
    public int OpenAt(int slot) => _openAt[slot];

    /// <summary>Begins the changes of another record.</summary>
    public void Clear()
    {
        _texts.Clear();
        _changes.Clear();
    }

    /// <summary>
    /// Sets a member; its value is what is written to the result before the next call. The last change of a member
    /// counts.
    /// </summary>
    public TextBuffer Set(string name)
    {
        Add(name, ChangeKind.Set);
        return _texts;
    }

    /// <summary>Sets a member to JSON text; removes it when there is none.</summary>
    public void SetRaw(string name, string? json)
    {
        if (json is null) Remove(name);
        else JsonText.WriteRaw(Set(name), json);
    }

    /// <summary>Removes a member, if it is there.</summary>
    public void Remove(string name) => Add(name, ChangeKind.Remove);

    /// <summary>Leaves the value of a member out: somebody will put it in at <see cref="OpenAt"/>.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="slot">0 or 1: under which number to ask for the place.</param>
    public void Open(string name, int slot) => Add(name, ChangeKind.Open, slot);

    /// <summary>Writes the record.</summary>
    /// <param name="record">The record as the source has it; <c>{}</c> for one that has no source.</param>
    /// <param name="output">Gets the text; the record is added to what it holds.</param>
    /// <exception cref="RecordFaultException">The record is not a JSON object.</exception>
    public void Write(ReadOnlySpan<byte> record, TextBuffer output)
    {
        _openAt.AsSpan().Fill(-1);
        FindMembers(record);
        int start = output.Count, copied = 1;
        bool isFirst = true;
        output.Write("{"u8);
        foreach (Member member in _members)
        {
            if (member.Change != Repeated && (member.Change < 0 || _changes[member.Change].Kind != ChangeKind.Remove))
            {
                ReadOnlySpan<byte> before = record[copied..member.ValueFrom];
                output.Write(isFirst ? before[(member.NameFrom - copied)..] : before);
                isFirst = false;
                if (member.Change < 0) output.Write(record[member.ValueFrom..member.ValueEnd]);
                else WriteChange(member.Change, start, output);
            }

            copied = member.ValueEnd;
        }

        WriteNew(start, ref isFirst, output);
        output.Write(record[copied..]);
    }

    /// <inheritdoc/>
    public void Dispose() => _texts.Dispose();

    private void FindMembers(ReadOnlySpan<byte> record)
    {
        _members.Clear();
        var members = new JsonMembers(record);
        while (members.NextMember())
        {
            int change = FindChange(members.Name);
            if (change >= 0)
                for (int i = 0; i < _members.Count; i++)
                    if (_members[i].Change == change) _members[i] = _members[i] with { Change = Repeated };
            _members.Add(new Member(members.NameFrom, members.ValueFrom, members.ValueEnd, change));
        }
    }

    private int FindChange(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _changes.Count; i++)
            if (_changes[i].Kind != ChangeKind.Replaced && JsonMembers.IsNamed(name, _changes[i].Name)) return i;
        return NoChange;
    }

    private void WriteNew(int start, ref bool isFirst, TextBuffer output)
    {
        for (int i = 0; i < _changes.Count; i++)
        {
            bool isNew = _changes[i].Kind is ChangeKind.Set or ChangeKind.Open && !_members.Exists(m => m.Change == i);
            if (!isNew) continue;
            if (!isFirst) output.Write(", "u8);
            isFirst = false;
            JsonText.WriteString(output, Encoding.UTF8.GetString(_changes[i].Name));
            output.Write(": "u8);
            WriteChange(i, start, output);
        }
    }

    private void WriteChange(int change, int start, TextBuffer output)
    {
        if (_changes[change].Kind == ChangeKind.Open)
        {
            _openAt[_changes[change].Slot] = output.Count - start;
            return;
        }

        int from = _changes[change].TextFrom;
        int end = change + 1 < _changes.Count ? _changes[change + 1].TextFrom : _texts.Count;
        output.Write(_texts.Written[from..end]);
    }

    private void Add(string name, ChangeKind kind, int slot = 0)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        int earlier = FindChange(utf8);
        if (earlier >= 0) _changes[earlier] = _changes[earlier] with { Kind = ChangeKind.Replaced };
        _changes.Add(new Change(utf8, kind, _texts.Count, slot));
    }

    private enum ChangeKind
    {
        Set,
        Remove,
        Open,
        Replaced,
    }

    private readonly record struct Change(byte[] Name, ChangeKind Kind, int TextFrom, int Slot);

    private readonly record struct Member(int NameFrom, int ValueFrom, int ValueEnd, int Change);
}
