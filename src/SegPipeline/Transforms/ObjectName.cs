using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>What tells an object of a video from the others: a member that all its instances have.</summary>
/// <param name="Member">Name of the member.</param>
/// <param name="Value">Its value.</param>
internal sealed record ObjectName(string Member, RecordId Value)
{
    private const string InstanceId = "instance_id", TrackId = "track_id";

    /// <summary>The id of the object in its dataset; null where the member does not give it.</summary>
    public RecordId? Id => Member == InstanceId ? Value : null;

    /// <summary>The name of the object that an instance is; null when it is one of its own.</summary>
    public static ObjectName? Of(Instance instance, ObjectIdentity identity)
    {
        foreach (string member in MembersOf(identity))
            if (instance.MemberText(member) is { } text and not "null")
                return new ObjectName(member, RecordId.FromJson(text));
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"the object with {Member} {Value}";

    private static string[] MembersOf(ObjectIdentity identity) => identity switch
    {
        ObjectIdentity.Any => [InstanceId, TrackId, ObjectNumbers.Member],
        ObjectIdentity.InstanceId => [InstanceId],
        ObjectIdentity.TrackId => [TrackId],
        ObjectIdentity.ObjectId => [ObjectNumbers.Member],
        _ => [],
    };
}
