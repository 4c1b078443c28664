using SegPipeline.Formats.Images;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Images;

public sealed class ImagesWriterTests
{
    private static Sample WithPhotos(Sample sample, params string[] names) => sample with
    {
        Frames = [.. names.Select((name, i) => new Frame(name, 20, 10)
        {
            Position = 5 * i,
            Photo = new PhotoFile("/photos/" + name),
        })],
    };

    private static TestReleaseFolder Write(ImagesWriter stage, params Sample[] samples)
    {
        var release = new TestReleaseFolder();
        using OpenOutput output = stage.Open(new DatasetInfo(), release, StageHarness.Context);
        output.Append(output.Encode(samples));
        output.Finish();
        return release;
    }

    [Theory]
    [InlineData(PictureNames.Keep, "images/bart/pic_1.jpg")]
    [InlineData(PictureNames.Flat, "images/pic_1.jpg")]
    [InlineData(PictureNames.Key, "images/k.jpg")]
    public void A_picture_is_named_as_asked(PictureNames names, string expected)
    {
        using TestReleaseFolder release = Write(new ImagesWriter { Names = names },
            WithPhotos(StageHarness.Image("k"), "bart\\pic_1.jpg"));

        Assert.Equal([expected], release.Photos.Select(p => p.Name));
    }

    [Fact]
    public void The_extension_of_a_key_is_not_repeated_and_the_frames_of_a_video_are_numbered()
    {
        using TestReleaseFolder release = Write(new ImagesWriter { Names = PictureNames.Key },
            WithPhotos(StageHarness.Image("a.JPG"), "x.jpg"), WithPhotos(StageHarness.Video("v", 2), "p.png", "q.png"));

        Assert.Equal(["images/a.JPG", "images/v/00000.png", "images/v/00005.png"], release.Photos.Select(p => p.Name));
    }

    [Theory]
    [InlineData(PictureTransfer.Copy, MediaTransfer.Copy)]
    [InlineData(PictureTransfer.Hardlink, MediaTransfer.Hardlink)]
    [InlineData(PictureTransfer.Symlink, MediaTransfer.Symlink)]
    public void It_gets_there_as_asked(PictureTransfer asked, MediaTransfer expected)
    {
        using TestReleaseFolder release = Write(
            new ImagesWriter { Images = asked, Dir = ReleaseName.From("test_images") },
            WithPhotos(StageHarness.Image("a"), "a.jpg"));

        Assert.Equal([("test_images/a.jpg", "/photos/a.jpg", expected)], release.Photos);
        Assert.Empty(release.Names);
    }

    [Fact]
    public void A_missing_picture_or_a_name_that_leads_out_is_an_error()
    {
        Assert.Equal("NO_PICTURE", StageHarness.FailsWith(() => Write(new ImagesWriter(), StageHarness.Image("a"))));
        Assert.Equal("UNSAFE_NAME", StageHarness.FailsWith(() =>
            Write(new ImagesWriter(), WithPhotos(StageHarness.Image("a"), "../a.jpg"))));
    }

    [Fact]
    public void Two_pictures_of_one_name_collide_before_anything_is_overwritten()
    {
        using var folder = new TempFolder();
        folder.Write("bart/1.jpg", "x");
        folder.Write("lisa/1.jpg", "y");
        using ReleaseFolder release = TestRelease.Begin(folder["set"]);
        using OpenOutput output = new ImagesWriter { Names = PictureNames.Flat }
            .Open(new DatasetInfo(), release, StageHarness.Context);
        object encoded = output.Encode([.. new[] { "bart/1.jpg", "lisa/1.jpg" }.Select(name =>
            StageHarness.Image(name) with
            {
                Frames = [new Frame(name, 1, 1) { Photo = new PhotoFile(folder[name]) }],
            })]);

        Assert.Equal("NAME_COLLISION", TestRelease.Code(() => output.Append(encoded)));
    }
}
