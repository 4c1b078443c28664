using System.Collections.Immutable;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>A file of a release.</summary>
/// <param name="Name">Its name within the release.</param>
/// <param name="Digest">Its size and SHA-256.</param>
public sealed record ReleaseFile(ReleaseName Name, FileDigest Digest)
{
    /// <summary>How many records of what it holds, as its writer counted: <c>annotations</c> to 12,836.</summary>
    public ImmutableSortedDictionary<string, long> Records { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}
