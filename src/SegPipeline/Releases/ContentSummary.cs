using System.Collections.Immutable;

namespace SegPipeline.Releases;

/// <summary>A line of a release's table of contents: a file, or all files of a folder together.</summary>
/// <param name="Name">Name of the file, or of the folder with a slash at its end.</param>
/// <param name="Files">Number of files.</param>
/// <param name="SizeBytes">Their size together.</param>
/// <param name="Records">What the file holds, by kind of record; empty for a folder.</param>
public sealed record ContentLine(
    string Name, int Files, long SizeBytes, ImmutableSortedDictionary<string, long> Records);

/// <summary>A release's table of contents, short however many photos there are.</summary>
public static class ContentSummary
{
    private const int MostAlone = 20;

    /// <summary>
    /// Files with records, which a reader looks for, each alone (the first twenty); then the others, those in folders
    /// by the folder they are in at the top.
    /// </summary>
    public static IReadOnlyList<ContentLine> Of(IEnumerable<ReleaseFile> files)
    {
        ReleaseFile[] all = [.. files];
        ReleaseFile[] alone = [.. all.Where(f => !f.Records.IsEmpty).Take(MostAlone)];
        return
        [
            .. alone.Select(f => new ContentLine(f.Name.Value, 1, f.Digest.SizeBytes, f.Records)),
            .. all.Except(alone)
                .GroupBy(f => PlaceOf(f.Name.Value), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new ContentLine(g.Key, g.Count(), g.Sum(f => f.Digest.SizeBytes),
                    ImmutableSortedDictionary<string, long>.Empty)),
        ];
    }

    private static string PlaceOf(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? name : name[..(slash + 1)];
    }
}
