using System.Text;

namespace SegPipeline.Formats;

/// <summary>
/// The members that records of a list have in common, by looking at the first of them: enough to tell a list with
/// shapes from one with boxes or captions, without looking into records that are only copied.
/// </summary>
internal sealed class CommonMembers
{
    private const int Looks = 256;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private HashSet<string>? _names;
    private int _looked;

    /// <summary>True while more records should be shown.</summary>
    public bool IsCurious => _looked < Looks;

    /// <summary>Looks at a record.</summary>
    /// <param name="record">Its text.</param>
    public void Look(ReadOnlySpan<byte> record)
    {
        _looked++;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new JsonMembers(record);
        while (members.NextMember())
        {
            string name = Encoding.UTF8.GetString(members.Name);
            names.Add(name);
            if (members.Value[0] == '"') _texts.Add(name);
        }
        if (_names is null) _names = names;
        else _names.IntersectWith(names);
    }

    /// <summary>True when every record that was looked at has the member.</summary>
    public bool Have(string name) => _names is not null && _names.Contains(name);

    /// <summary>True when the member is a string in some record that was looked at.</summary>
    public bool IsText(string name) => _texts.Contains(name);
}
