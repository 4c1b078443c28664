using System.Text;
using SegPipeline.Formats;

namespace SegPipeline.Tests.Formats;

/// <summary>Writes down what a scan finds; takes the list 'images' as records and wants 'id' and 'name'.</summary>
internal sealed class Found(string json) : RecordSink
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(json);
    private readonly MemberLookup _members = new("id", "name");

    public List<string> Top { get; } = [];

    public List<string> Records { get; } = [];

    public List<string> Members { get; } = [];

    public List<long> NotNumbers { get; } = [];

    public override bool BeginMember(string? name) => name == "images";

    public override void EndMember(string? name, JsonRange value, bool isRecordList) =>
        Top.Add($"{name}={(isRecordList ? "(records)" : Text(value))}");

    public override void BeginRecord() => _members.Begin();

    public override int FindMember(ReadOnlySpan<byte> name) => _members.Find(name);

    public override void Scalar(int member, ReadOnlySpan<byte> json, long offset)
    {
        Assert.Equal(Encoding.UTF8.GetString(_bytes, (int)offset, json.Length), Encoding.UTF8.GetString(json));
        Members.Add($"{(member == 0 ? "id" : "name")}={Encoding.UTF8.GetString(json)}");
    }

    public override void Composite(int member, byte bracket, long offset) => Members.Add($"{member}@{offset}");

    public override void NotANumber(long offset) => NotNumbers.Add(Records.Count);

    public override void EndRecord(JsonRange record) => Records.Add(Text(record));

    private string Text(JsonRange range) => Encoding.UTF8.GetString(_bytes, (int)range.Offset, range.LengthBytes);
}
