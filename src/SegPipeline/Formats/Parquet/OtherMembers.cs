using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>Gathers the members of a record that have no column of their own, as one JSON object.</summary>
/// <param name="known">Names of members that have a column.</param>
internal sealed class OtherMembers(params string[] known)
{
    private readonly byte[][] _known = [.. known.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The members; null when there are none.</summary>
    /// <param name="record">The record in the source; null when there is none.</param>
    /// <param name="extra">Members that a stage set: they replace those of the record.</param>
    /// <param name="odd">Members whose values do not fit their columns, as JSON; null to leave one out.</param>
    /// <exception cref="BadDataException">The source is not what it was when it was opened.</exception>
    public string? Gather(
        JsonSlice? record, ImmutableSortedDictionary<string, string> extra,
        params ReadOnlySpan<(string Name, string? Json)> odd)
    {
        var text = new StringBuilder();
        foreach ((string name, string? json) in odd)
            if (json is not null) Add(text, JsonName(name), json);
        foreach ((string name, string json) in extra) Add(text, JsonName(name), json);
        if (record is { } slice) AddOf(text, slice, extra);
        return text.Length == 0 ? null : text.Append('}').ToString();
    }

    private void AddOf(StringBuilder text, JsonSlice slice, ImmutableSortedDictionary<string, string> extra)
    {
        using var record = new RecordBytes(slice.File, slice.Offset, slice.LengthBytes);
        try
        {
            var members = new JsonMembers(record.Text);
            while (members.NextMember())
            {
                if (IsKnown(members.Name)) continue;
                if (extra.Count > 0 && extra.ContainsKey(JsonText.Unescape(members.Name))) continue;
                Add(text, $"\"{Encoding.UTF8.GetString(members.Name)}\"", Encoding.UTF8.GetString(members.Value));
            }
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = slice.File.Path,
                ByteOffset = slice.Offset,
                Remedy = e.Remedy,
            }, e);
        }
    }

    private bool IsKnown(ReadOnlySpan<byte> name)
    {
        foreach (byte[] known in _known)
            if (JsonMembers.IsNamed(name, known)) return true;
        return false;
    }

    private static void Add(StringBuilder text, string name, string json) =>
        text.Append(text.Length == 0 ? "{" : ", ").Append(name).Append(": ").Append(json);

    private static string JsonName(string name)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        JsonText.WriteString(buffer, name);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
