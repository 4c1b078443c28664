using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Tests.Support;

/// <summary>Instances that stand in JSON records, without a file; only their other members can be read.</summary>
internal sealed class RecordSource(params string[] records) : InstanceSource
{
    /// <summary>An instance with members of its own.</summary>
    public static Instance Instance(long id, string members) =>
        new(new RecordSource(members), 0, new RecordId(id), new RecordId(1), isCrowd: null);

    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) => [];

    public override ImmutableArray<double?> ReadAreas(int ordinal) => [];

    public override ImmutableArray<Box?> ReadBoxes(int ordinal) => [];

    public override double? ReadScore(int ordinal) => null;

    public override string? ReadMember(int ordinal, string name)
    {
        using JsonDocument record = JsonDocument.Parse(records[ordinal]);
        return record.RootElement.TryGetProperty(name, out JsonElement member) ? member.GetRawText() : null;
    }

    public override JsonSlice? Record(int ordinal) => JsonSlice.FromText(records[ordinal]);

    public override long? Order(int ordinal) => ordinal;
}
