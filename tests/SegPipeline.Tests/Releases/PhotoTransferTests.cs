using System.Text;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class PhotoTransferTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly PhotoFile _photo;

    public PhotoTransferTests() => _photo = new PhotoFile(_temp.Write("photos/a.jpg", "jpeg"));

    private string Target => _temp["set"];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(MediaTransfer.Copy)]
    [InlineData(MediaTransfer.Hardlink)]
    [InlineData(MediaTransfer.Symlink)]
    public void A_photo_is_in_the_release_with_its_digest(MediaTransfer transfer)
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.AddPhoto(ReleaseName.From("images/a.jpg"), _photo, transfer);
            release.Publish(TestRelease.Record);
        }
        Assert.Equal("jpeg", TestRelease.Contents(Target)["images/a.jpg"]);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
        Assert.Equal(transfer == MediaTransfer.Symlink ? _photo.FilePath : null,
            new FileInfo(Path.Combine(Target, "images/a.jpg")).LinkTarget);
    }

    [Fact]
    public void Only_a_hard_link_shares_its_bytes_with_the_source()
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.AddPhoto(ReleaseName.From("copy.jpg"), _photo, MediaTransfer.Copy);
            release.AddPhoto(ReleaseName.From("link.jpg"), _photo, MediaTransfer.Hardlink);
            release.Publish(TestRelease.Record);
        }
        File.WriteAllText(_photo.FilePath, "edit");
        Assert.Equal("jpeg", TestRelease.Contents(Target)["copy.jpg"]);
        Assert.Equal("edit", TestRelease.Contents(Target)["link.jpg"]);
        Assert.Equal("link.jpg", Assert.Single(ReleaseCheck.Verify(Target).Findings).File);
    }

    [Fact]
    public void Without_transfer_the_photo_stays_where_it_is_and_takes_no_name()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.AddPhoto(ReleaseName.From("a.jpg"), _photo, MediaTransfer.None);
        release.WriteText("a.jpg", "other");
        Assert.Equal(TestRelease.Descriptions + 1, release.Publish(TestRelease.Record).Length);
    }

    [Theory]
    [InlineData(MediaTransfer.Copy)]
    [InlineData(MediaTransfer.Hardlink)]
    public void A_source_that_is_a_link_is_followed(MediaTransfer transfer)
    {
        File.CreateSymbolicLink(_temp["photos/link.jpg"], _photo.FilePath);
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.AddPhoto(ReleaseName.From("a.jpg"), new PhotoFile(_temp["photos/link.jpg"]), transfer);
            release.Publish(TestRelease.Record);
        }
        var file = new FileInfo(Path.Combine(Target, "a.jpg"));
        Assert.Null(file.LinkTarget);
        Assert.Equal(4, file.Length);
    }

    [Theory]
    [InlineData(MediaTransfer.Copy)]
    [InlineData(MediaTransfer.Hardlink)]
    [InlineData(MediaTransfer.Symlink)]
    public void A_photo_made_in_memory_is_written_out(MediaTransfer transfer)
    {
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.AddPhoto(ReleaseName.From("a.jpg"), new MadePhoto(), transfer);
            release.Publish(TestRelease.Record);
        }
        Assert.Equal("made", TestRelease.Contents(Target)["a.jpg"]);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
    }

    [Fact]
    public void The_missing_photo_that_was_asked_for_first_is_the_one_that_is_told()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        var failure = Assert.Throws<BadDataException>(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                string path = i is 3 or 4 or 5 or 6 ? _temp[$"photos/missing{i}.jpg"] : _photo.FilePath;
                release.AddPhoto(ReleaseName.From($"{i}.jpg"), new PhotoFile(path), MediaTransfer.Copy);
            }
            release.Publish(TestRelease.Record);
        });
        Assert.Equal("MEDIA_MISSING", failure.Problems[0].Code);
        Assert.Equal(_temp["photos/missing3.jpg"], failure.Problems[0].File);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_folder_is_no_photo()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.AddPhoto(ReleaseName.From("a.jpg"), new PhotoFile(_temp["photos"]), MediaTransfer.Hardlink);
        Assert.Equal("MEDIA_MISSING", TestRelease.Code(() => release.Publish(TestRelease.Record)));
    }

    [Fact]
    public void Photos_collide_with_files_and_with_each_other()
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        release.AddPhoto(ReleaseName.From("a.jpg"), _photo, MediaTransfer.Copy);
        Assert.Equal("NAME_COLLISION", TestRelease.Code(() =>
            release.AddPhoto(ReleaseName.From("A.jpg"), _photo, MediaTransfer.Copy)));
        Assert.Equal("NAME_COLLISION", TestRelease.Code(() => release.WriteText("a.JPG", "x")));
    }

    [Fact]
    public void No_link_leads_into_the_release_that_is_replaced()
    {
        TestRelease.Make(Target, ("images/a.jpg", "old"));
        var inside = new PhotoFile(Path.Combine(Target, "images/a.jpg"));
        using (ReleaseFolder release = TestRelease.Begin(Target))
            Assert.Equal("LINK_INTO_RELEASE", TestRelease.Code(() =>
                release.AddPhoto(ReleaseName.From("images/a.jpg"), inside, MediaTransfer.Symlink)));
        using (ReleaseFolder release = TestRelease.Begin(Target))
        {
            release.AddPhoto(ReleaseName.From("images/a.jpg"), inside, MediaTransfer.Hardlink);
            release.Publish(TestRelease.Record);
        }
        Assert.Equal("old", TestRelease.Contents(Target)["images/a.jpg"]);
    }

    [Theory]
    [InlineData(3, 100, 3)]
    [InlineData(8, 25, 2)]
    [InlineData(8, 1, 1)]
    public void Photos_made_in_memory_are_bounded_by_threads_and_by_memory(int threads, long bytes, int most)
    {
        var photo = new CountedPhoto();
        int done = 0;
        using (var transfers = new PhotoTransfers((_, _) => Interlocked.Increment(ref done), threads, bytes))
        {
            for (int i = 0; i < 40; i++)
                transfers.Begin(ReleaseName.From($"{i}.jpg"), photo, MediaTransfer.Copy, _temp[$"{i}.jpg"]);
            transfers.AwaitAll();
        }
        Assert.Equal(40, done);
        Assert.InRange(photo.MostAtOnce, 1, most);
    }

    /// <summary>Takes ten bytes, and knows how often it was open at once.</summary>
    private sealed class CountedPhoto : Photo
    {
        private readonly Lock _gate = new();
        private int _now;

        public int MostAtOnce { get; private set; }

        public override string? FilePath => null;

        public override long CostBytes => 10;

        public override Stream OpenRead()
        {
            lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_now);
            Thread.Yield();
            lock (_gate) _now--;
            return new MemoryStream([1]);
        }
    }

    private sealed class MadePhoto : Photo
    {
        public override string? FilePath => null;

        public override Stream OpenRead() => new MemoryStream(Encoding.ASCII.GetBytes("made"));
    }
}
