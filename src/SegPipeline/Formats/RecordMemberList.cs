using System.Runtime.InteropServices;

namespace SegPipeline.Formats;

/// <summary>Where the members of a record stand, so that several can be looked up with one walk.</summary>
internal sealed class RecordMemberList
{
    private readonly List<Place> _places = [];

    /// <summary>Walks through a record.</summary>
    /// <exception cref="RecordFaultException">It is not JSON.</exception>
    public void List(ReadOnlySpan<byte> record)
    {
        _places.Clear();
        var members = new JsonMembers(record);
        while (members.NextMember())
        {
            _places.Add(new Place(members.NameFrom + 1, members.Name.Length, members.ValueFrom, members.ValueEnd,
                members.Name.Contains((byte)'\\')));
        }
    }

    /// <summary>The members, in order: the name between its quotes, and the value.</summary>
    public ReadOnlySpan<Place> Places => CollectionsMarshal.AsSpan(_places);

    /// <summary>The value of the last member of a name; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<Place> places = Places;
        for (int i = places.Length - 1; i >= 0; i--)
        {
            if (!places[i].IsNamed(record, name)) continue;
            value = places[i].ValueIn(record);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Where a member stands in its record.</summary>
    /// <param name="NameFrom">First byte of the name, behind its quote.</param>
    /// <param name="NameLength">Bytes of the name, escapes not resolved.</param>
    /// <param name="ValueFrom">First byte of the value.</param>
    /// <param name="ValueEnd">Behind the last byte of the value.</param>
    /// <param name="HasEscapes">True when the name is written with escapes.</param>
    internal readonly record struct Place(int NameFrom, int NameLength, int ValueFrom, int ValueEnd, bool HasEscapes)
    {
        /// <summary>The name between its quotes, escapes not resolved.</summary>
        public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> record) => record.Slice(NameFrom, NameLength);

        /// <summary>The value.</summary>
        public ReadOnlySpan<byte> ValueIn(ReadOnlySpan<byte> record) => record[ValueFrom..ValueEnd];

        /// <summary>True when the name, perhaps written with escapes, is this one.</summary>
        public bool IsNamed(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name) => HasEscapes
            ? JsonMembers.IsNamed(NameIn(record), name)
            : NameIn(record).SequenceEqual(name);
    }
}
