using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class ToFramesTests
{
    private static readonly Segmentation Shape =
        new MaskSegmentation(TestMasks.FirstPixels(10, 20, 4), SegmentationForm.CompressedCounts);

    private static readonly Segmentation Nothing = Segmentation.Null;

    [Fact]
    public void Every_frame_becomes_an_image_with_the_objects_that_are_in_it()
    {
        Sample video = Video("v", 3,
            Object(7, category: 2) with
            {
                Segmentations = [Shape, Nothing, Shape],
                AreasPx = [4, null, 5],
                Boxes = [new Box(0, 0, 1, 4), null, new Box(1, 1, 1, 5)],
                IsCrowd = false,
                Score = 0.5,
            },
            Object(9) with { Segmentations = [Nothing, Nothing, Shape] });

        StageResult result = new ToFrames().Run(video with { Id = new RecordId(31) });

        Sample[] images = [.. result.Emitted.Select(e => e.Sample)];
        Assert.Equal(["v/00000.jpg", "v/00001.jpg", "v/00002.jpg"], images.Select(i => i.Key));
        Assert.Equal(video.Frames, images.Select(i => i.Frame));
        Assert.All(images, i => Assert.Equal((SampleKind.Image, null), (i.Kind, i.Id)));
        Assert.All(images, i => Assert.Equal("31", i.ExtraMembers["video_id"]));
        Assert.Equal(["0", "1", "2"], images.Select(i => i.ExtraMembers["frame_id"]));
        Assert.Equal(["7", "", "7,9"], images.Select(InstanceIds));
        Instance last = images[2].Instances[0];
        Assert.Equal(Shape, last.Segmentation);
        Assert.Equal((5, new Box(1, 1, 1, 5)), (last.AreaPx, last.Box));
        Assert.Equal((null, new RecordId(2), false, 0.5), (last.Id, last.CategoryId, last.IsCrowd, last.Score));
        Assert.Equal(["InstancesAdded in several frames 1", "SamplesAdded frames 2"], result.Tallies);
    }

    [Fact]
    public void Frames_without_objects_can_be_dropped()
    {
        Sample video = Video("v", 3, Object(7) with { Segmentations = [Nothing, Shape, Nothing] });

        StageResult result = new ToFrames { Empty = EmptyFrames.Drop }.Run(video);

        Assert.Equal("v/00001.jpg", result.Only.Key);
        Assert.Equal(["SamplesAdded frames 2", "SamplesDropped empty 2"], result.Tallies);
    }

    [Theory]
    [InlineData(FrameNames.Source, "D:\\x\\v\\00005.jpg")]
    [InlineData(FrameNames.Key, "v/00005.jpg")]
    public void An_image_is_named_as_its_frame_or_by_its_key(FrameNames names, string name)
    {
        Sample video = Video("v", 1, Object(1) with { Segmentations = [Shape] });
        video = video with { Frames = [video.Frame with { Name = "D:\\x\\v\\00005.jpg" }] };

        Sample image = new ToFrames { Names = names }.Run(video).Only;

        Assert.Equal(("v/00005.jpg", name), (image.Key, image.Frame.Name));
    }

    [Fact]
    public void Frames_that_nobody_annotated_are_told_of_since_an_image_without_instances_says_otherwise()
    {
        Sample video = Video("v", 3, Object(1) with { Segmentations = [Shape, Shape, Segmentation.Missing] });
        video = video with { Frames = [.. video.Frames.Select((f, i) => f with { IsAnnotated = i < 2 })] };

        Assert.Contains("Note frames that nobody annotated 1", new ToFrames().Run(video).Tallies);
    }

    [Fact]
    public void An_object_that_is_in_no_frame_is_dropped_and_counted()
    {
        Sample video = Video("v", 1, Object(7) with { Segmentations = [Nothing] }, Object(8));

        Assert.Equal(["InstancesDropped in no frame 2"], new ToFrames().Run(video).Tallies);
        Assert.Equal(["InstancesDropped in no frame 2", "SamplesDropped empty 1"],
            new ToFrames { Empty = EmptyFrames.Drop }.Run(video).Tallies);
    }

    [Fact]
    public void An_empty_mask_is_there_and_a_box_without_a_mask_too()
    {
        var empty = new MaskSegmentation(Mask.Empty(10, 20), SegmentationForm.Counts);
        Sample video = Video("v", 2,
            Object(1) with { Segmentations = [empty, Nothing] },
            Object(2) with { Boxes = [null, new Box(0, 0, 2, 2)] });

        Assert.Equal(["1", "2"], new ToFrames().Run(video).Emitted.Select(e => InstanceIds(e.Sample)));
    }

    [Fact]
    public void An_object_without_an_id_keeps_its_number_or_gets_its_place()
    {
        var plain = new Instance { Segmentations = [Shape] };
        var numbered = plain with { ExtraMembers = plain.ExtraMembers.Add("object_id", "5") };

        Sample image = new ToFrames().Run(Video("v", 1, numbered, plain)).Only;

        Assert.Equal(["5", "2"], image.Instances.Select(i => i.MemberText("object_id")!));
        Assert.All(image.Instances, i => Assert.Null(i.MemberText("instance_id")));
        Assert.Equal("\"v\"", image.ExtraMembers["video_id"]);
    }

    [Fact]
    public void Lists_of_one_value_per_frame_are_taken_apart_where_they_are_named()
    {
        Instance thing = Object(7) with { Segmentations = [Shape, Shape] };
        thing = thing with
        {
            ExtraMembers = thing.ExtraMembers.Add("occlusion", "[\"no\", null]").Add("pair", "[1,2]"),
        };

        Instance[] found = [.. new ToFrames { PerFrame = ["occlusion"] }.Run(Video("v", 2, thing)).Emitted
            .Select(e => Assert.Single(e.Sample.Instances))];

        Assert.Equal(["\"no\"", null], found.Select(i => i.MemberText("occlusion")));
        Assert.All(found, i => Assert.Equal("[1,2]", i.MemberText("pair")));
        Sample shorter = Video("v", 1, thing with { Segmentations = [Shape] });
        Assert.Equal("PER_FRAME", FailsWith(() => new ToFrames { PerFrame = ["occlusion"] }.Run(shorter)));
    }

    [Fact]
    public void Members_of_the_video_beyond_the_usual_go_with_every_frame()
    {
        Sample video = Video("v", 1) with
        {
            SourceRecord = JsonSlice.FromText("""{"id": 4, "length": 1, "license": 3, "file_names": ["0.jpg"]}"""),
        };

        Sample image = new ToFrames().Run(video).Only;

        Assert.Equal(["frame_id", "license", "video_id"], image.ExtraMembers.Keys);
    }

    [Fact]
    public void What_a_frame_says_of_itself_goes_with_it()
    {
        Sample video = Video("v", 1);
        Frame frame = video.Frame with { Position = 12, Void = Shape };

        Sample image = new ToFrames().Run(video with { Frames = [frame] }).Only;

        Assert.Equal(frame, image.Frame);
        Assert.Equal("12", image.ExtraMembers["frame_id"]);
    }

    [Theory]
    [InlineData("v/1.jpg", "v/1.jpg", "v/1.jpg")]
    [InlineData("v\\1.jpg", "v/1.jpg", "v\\1.jpg")]
    [InlineData("1.jpg", "v/1.jpg", "v/1.jpg")]
    [InlineData("train/a/1.jpg", "v/1.jpg", "train/a/1.jpg")]
    public void A_key_is_below_that_of_the_video_and_a_bare_name_becomes_it(string name, string key, string newName)
    {
        Sample image = new ToFrames().Run(Video("v", 1) with { Frames = [new Frame(name, 2, 2)] }).Only;

        Assert.Equal((key, newName), (image.Key, image.Frame.Name));
    }

    [Fact]
    public void Two_frames_of_one_name_are_an_error()
    {
        Sample video = Video("v", 0) with { Frames = [new Frame("a/1.jpg", 2, 2), new Frame("b/1.jpg", 2, 2)] };

        Assert.Equal("FRAME_TWICE", FailsWith(() => new ToFrames().Run(video)));
    }

    [Fact]
    public void Lists_that_are_not_as_long_as_the_video_are_an_error() => Assert.Equal("FRAME_COUNT",
        FailsWith(() => new ToFrames().Run(Video("v", 2, Object(1) with { AreasPx = [1] }))));

    [Fact]
    public void A_video_without_frames_is_dropped() =>
        Assert.Equal(["SamplesDropped without frames 1"], new ToFrames().Run(Video("v", 0)).Tallies);

    [Fact]
    public void The_dataset_is_one_of_images_whose_file_lists_no_videos()
    {
        var info = new DatasetInfo
        {
            Kind = SampleKind.Video,
            Document = [
                new("info", JsonSlice.FromText("{}")), new("videos", null),
                new("images", JsonSlice.FromText("[]")), new("annotations", null)],
        };

        DatasetInfo frames = new ToFrames().Describe(info);

        Assert.Equal(SampleKind.Image, frames.Kind);
        Assert.Equal([(("info"), true), ("images", false), ("annotations", false)],
            frames.Document.Select(m => (m.Name, m.Value is not null)));
        Assert.Equal("KIND", FailsWith(() => new ToFrames().Describe(frames)));
    }

    private static string InstanceIds(Sample image) =>
        string.Join(',', image.Instances.Select(i => i.MemberText("instance_id")));
}
