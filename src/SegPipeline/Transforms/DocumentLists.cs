using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>The lists of samples in a JSON file, when images become videos or the other way round.</summary>
internal static class DocumentLists
{
    /// <summary>Puts one list of samples in the place of another; what stood under its name before goes.</summary>
    public static ImmutableArray<DocumentMember> Rename(
        this ImmutableArray<DocumentMember> document, string before, string after) => [..
            from member in document
            where member.Name != after
            select member.Name == before ? new DocumentMember(after, null) : member];
}
