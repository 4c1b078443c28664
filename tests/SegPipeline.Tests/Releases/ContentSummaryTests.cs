using System.Collections.Immutable;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Releases;

public sealed class ContentSummaryTests
{
    private static ReleaseFile File(string name, int records = 0) => new(ReleaseName.From(name), new FileDigest(10, ""))
    {
        Records = ImmutableSortedDictionary<string, long>.Empty.AddRange(
            records > 0 ? [new KeyValuePair<string, long>("images", records)] : []),
    };

    private static (string, int, long)[] Lines(params ReleaseFile[] files) =>
        [.. ContentSummary.Of(files).Select(l => (l.Name, l.Files, l.SizeBytes))];

    [Fact]
    public void Files_with_records_come_first_and_photos_are_counted_by_folder() =>
        Assert.Equal(
            [("z/set.json", 1, 10), ("README.md", 1, 10), ("images/", 3, 30), ("z/", 1, 10)],
            Lines(File("README.md"), File("images/a"), File("images/b/c"), File("images/d"), File("z/e"),
                File("z/set.json", records: 5)));

    [Fact]
    public void However_many_files_have_records_the_table_stays_short() =>
        Assert.Equal(21, Lines([.. Enumerable.Range(0, 500).Select(i => File($"shards/{i}.json", records: 1))]).Length);
}
