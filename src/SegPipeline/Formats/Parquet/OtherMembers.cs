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
        StringBuilder? text = null;
        foreach ((string name, string? json) in odd)
            if (json is not null) Add(ref text, JsonName(name), json);
        if (extra.Count > 0)
            foreach ((string name, string json) in extra) Add(ref text, JsonName(name), json);
        if (record is { } slice) AddOf(ref text, slice, extra);
        return text?.Append('}').ToString();
    }

    private void AddOf(ref StringBuilder? text, JsonSlice slice, ImmutableSortedDictionary<string, string> extra)
    {
        using var record = new RecordBytes(slice.File, slice.Offset, slice.LengthBytes);
        try
        {
            ReadOnlySpan<byte> json = record.Text;
            foreach (RecordMemberList.Place member in record.Members.Places)
            {
                if (IsKnown(json, member)) continue;
                ReadOnlySpan<byte> name = member.NameIn(json);
                if (extra.Count > 0 && extra.ContainsKey(JsonText.Unescape(name))) continue;
                Add(ref text, $"\"{Encoding.UTF8.GetString(name)}\"", Encoding.UTF8.GetString(member.ValueIn(json)));
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

    private bool IsKnown(ReadOnlySpan<byte> json, in RecordMemberList.Place member)
    {
        foreach (byte[] known in _known)
            if (member.IsNamed(json, known)) return true;
        return false;
    }

    private static void Add(ref StringBuilder? text, string name, string json) =>
        (text ??= new StringBuilder()).Append(text.Length == 0 ? "{" : ", ").Append(name).Append(": ").Append(json);

    private static string JsonName(string name)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        JsonText.WriteString(buffer, name);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
