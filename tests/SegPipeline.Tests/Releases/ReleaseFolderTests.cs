using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class ReleaseFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Target => _temp["set"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_published_release_holds_its_files_and_what_describes_them_and_nothing_stays_beside_it()
    {
        var files = TestRelease.Make(Target, ("a.json", "{}"), ("masks/b.txt", "b"));

        string[] expected =
        [
            "MANIFEST.json", "README.md", "SHA256SUMS", "a.json", "croissant.json", "masks/b.txt", "pipeline.yaml",
        ];
        Assert.Equal(expected, files.Select(f => f.Name.Value));
        Assert.Equal(expected, TestRelease.Contents(Target).Keys);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
    }

    [Fact]
    public void Two_runs_write_the_same_bytes_whatever_the_order_of_their_files()
    {
        TestRelease.Make(_temp["one"], ("a.json", "{}"), ("b/c.txt", "c"), ("b/d.txt", "d"));
        TestRelease.Make(_temp["two"], ("b/d.txt", "d"), ("b/c.txt", "c"), ("a.json", "{}"));

        Assert.Equal(TestRelease.Contents(_temp["one"]), TestRelease.Contents(_temp["two"]));
    }

    [Fact]
    public void Nothing_can_be_seen_before_it_is_published()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.WriteText("a.json", "{}");
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_run_that_is_given_up_leaves_the_old_release_as_it_was_and_nothing_of_its_own()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        var before = TestRelease.Contents(Target);

        using (ReleaseFolder release = TestRelease.Begin(Target)) release.WriteText("a.json", "new");

        Assert.Equal(before, TestRelease.Contents(Target));
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_new_release_takes_the_place_of_the_old_one_and_keeps_none_of_its_files()
    {
        TestRelease.Make(Target, ("a.json", "old"), ("gone.txt", "x"));
        TestRelease.Make(Target, ("a.json", "new"));

        var contents = TestRelease.Contents(Target);
        Assert.Equal("new", contents["a.json"]);
        Assert.False(contents.ContainsKey("gone.txt"));
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void Cancelling_until_the_last_moment_keeps_the_old_release()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        using var cancel = new CancellationTokenSource();
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.WriteText("a.json", "new");
            cancel.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => release.Publish(TestRelease.Record, cancel.Token));
        }
        Assert.Equal("old", TestRelease.Contents(Target)["a.json"]);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_file_that_was_never_closed_is_a_fault_of_the_program_and_publishes_nothing()
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            using Stream file = release.CreateFile(ReleaseName.From("a.json"));
            Assert.Throws<InvalidOperationException>(() => release.Publish(TestRelease.Record));
        }
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void Two_runs_cannot_write_one_release_at_a_time()
    {
        using (TestRelease.Begin(Target))
        {
            var refused = Assert.Throws<ReleaseLockedException>(() => TestRelease.Begin(Target));
            Assert.Equal("RELEASE_LOCKED", refused.Problem.Code);
            Assert.Equal(Target, refused.Problem.File);
            using ReleaseFolder other = TestRelease.Begin(_temp["other"]);
        }
        using ReleaseFolder next = TestRelease.Begin(Target);
    }

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData("a.png", "A.PNG")]
    [InlineData("x/a.png", "X/b.png")]
    [InlineData("a.png", "a.png/b")]
    [InlineData("a.png/b", "a.png")]
    [InlineData("a.png/b", "A.png")]
    [InlineData("MANIFEST.json", null)]
    [InlineData("readme.MD", null)]
    [InlineData("SHA256SUMS/x", null)]
    public void Names_that_some_file_system_takes_for_one_collide(string first, string? second)
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        if (second is not null) release.WriteText(first, "1");
        Assert.Equal("NAME_COLLISION", TestRelease.Code(() => release.WriteText(second ?? first, "2")));
    }

    [Fact]
    public void Files_of_one_folder_do_not_collide()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        foreach (string name in (string[])["x/a.png", "x/a.jpg", "x/y/a.png", "x.png", "xy/a.png"])
            release.WriteText(name, name);
        Assert.Equal(TestRelease.Descriptions + 5, release.Publish(TestRelease.Record).Length);
    }

    [Fact]
    public void Record_counts_stand_with_their_file()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.CountRecords(ReleaseName.From("a.json"), "images", 3);
        release.WriteText("a.json", "{}");
        release.CountRecords(ReleaseName.From("a.json"), "annotations", 12836);

        ReleaseFile file = release.Publish(TestRelease.Record).Single(f => f.Name.Value == "a.json");
        Assert.Equal([new("annotations", 12836L), new("images", 3L)], file.Records);
        string card = TestRelease.Contents(Target)["README.md"];
        Assert.Contains("| a.json | 12,836 annotations, 3 images | 2 |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Scratch_files_are_no_part_of_the_release_and_are_gone_at_the_end()
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            FileStream one = release.CreateScratchFile();
            FileStream two = release.CreateScratchFile();
            one.Write([1, 2, 3]);
            one.Position = 0;
            Assert.Equal(1, one.ReadByte());
            two.Dispose();
            release.Publish(TestRelease.Record);
        }
        Assert.Equal(TestRelease.Descriptions, TestRelease.Contents(Target).Count);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_file_may_get_its_name_when_it_is_written()
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            IUnnamedFile named = release.CreateUnnamed(), left = release.CreateUnnamed();
            named.Content.Write(new byte[3_000_000]);
            left.Content.Write([1, 2, 3]);
            named.Place(ReleaseName.From("data/1-of-1.bin"));
            named.Dispose();
            left.Dispose();
            release.CreateUnnamed().Content.WriteByte(1);
            ReleaseFile file = release.Publish(TestRelease.Record).Single(f => f.Name.Value == "data/1-of-1.bin");
            Assert.Equal(3_000_000, file.Digest.SizeBytes);
        }
        Assert.Equal(TestRelease.Descriptions + 1, TestRelease.Contents(Target).Count);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_file_that_gets_a_name_late_cannot_take_one_that_is_there()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.WriteText("data/A.bin", "x");
        using IUnnamedFile file = release.CreateUnnamed();
        var refused = Assert.Throws<BadDataException>(() => file.Place(ReleaseName.From("data/a.bin")));
        Assert.Contains("data/a.bin", refused.Message, StringComparison.Ordinal);
        Assert.Equal(TestRelease.Descriptions + 1, release.Publish(TestRelease.Record).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Large_files_are_published_or_vanish_like_small_ones(bool isPublished)
    {
        const int bytes = (1 << 24) + 1;
        for (int turn = 0; turn < 2; turn++)
        {
            using ReleaseFolder release = TestRelease.Begin(Target);
            using (Stream file = release.CreateFile(ReleaseName.From("a/whole.bin"))) file.Write(new byte[bytes]);
            using IUnnamedFile named = release.CreateUnnamed();
            named.Content.Write(new byte[bytes]);
            named.Place(ReleaseName.From("a/late.bin"));
            if (isPublished) Assert.Equal(TestRelease.Descriptions + 2, release.Publish(TestRelease.Record).Length);
        }
        if (isPublished) Assert.Empty(ReleaseCheck.Verify(Target).Findings);
        Assert.Equal(isPublished ? ["set"] : [], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void Writers_may_work_at_the_same_time()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        Parallel.For(0, 200, i => release.WriteText($"folder{i % 7}/{i}.txt", new string('x', i * 100)));
        Assert.Equal(TestRelease.Descriptions + 200, release.Publish(TestRelease.Record).Length);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
    }
}
