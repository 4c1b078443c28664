using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class ToVideoTests
{
    private static readonly Segmentation Shape =
        new MaskSegmentation(TestMasks.FirstPixels(10, 20, 4), SegmentationForm.CompressedCounts);

    private static readonly Segmentation Other =
        new MaskSegmentation(TestMasks.FirstPixels(10, 20, 9), SegmentationForm.Counts);

    [Theory]
    [InlineData("clip", "\"a NaN \\\" Infinity\"")]
    [InlineData("score", "null")]
    [InlineData("low", "[null]")]
    [InlineData("frame_id", "7")]
    [InlineData("other", null)]
    public void Members_are_found_beside_numbers_that_JSON_does_not_know(string name, string? value)
    {
        Sample image = Image("a") with
        {
            SourceRecord = JsonSlice.FromText(
                """{"score": NaN, "clip": "a NaN \" Infinity", "low": [-Infinity], "frame_id": 7}"""),
        };
        Assert.Equal(value, image.MemberText(name));
    }

    [Fact]
    public void Taking_a_video_apart_and_putting_it_together_gives_the_same_video()
    {
        Sample video = Video("v", 3,
            Object(7, category: 2) with
            {
                Segmentations = [Segmentation.Null, Segmentation.Null, Shape],
                AreasPx = [null, null, 4],
                Boxes = [null, null, new Box(0, 0, 1, 4)],
                IsCrowd = false,
                Score = 0.3,
            },
            Object(9) with { Segmentations = [Shape, Segmentation.Null, Other] }) with
        {
            Id = new RecordId(31),
            Frames = [Frame("v/a.jpg", 0), Frame("v/c.jpg", 5), Frame("v/b.jpg", 10)],
        };
        Sample[] frames = [.. new ToFrames().Run(video).Emitted.Select(e => e.Sample).Reverse()];

        StageResult result = new ToVideo().Run(frames);

        Sample back = result.Only;
        Assert.Equal(("v", SampleKind.Video, video.Id), (back.Key, back.Kind, back.Id));
        Assert.Equal(video.Frames.AsEnumerable(), back.Frames);
        Assert.Empty(back.ExtraMembers);
        Assert.Equal(["7", "9"], result.OnlyIds);
        foreach (var (before, after) in video.Instances.Zip(back.Instances))
        {
            Assert.Equal((before.CategoryId, before.IsCrowd, before.Score),
                (after.CategoryId, after.IsCrowd, after.Score));
            Assert.Equal(before.Segmentations.AsEnumerable(), after.Segmentations);
            Assert.Equal(before.AreasPx.IsDefaultOrEmpty ? [] : before.AreasPx, after.AreasPx.AsEnumerable());
            Assert.Equal(before.Boxes.IsDefaultOrEmpty ? [] : before.Boxes, after.Boxes.AsEnumerable());
            Assert.Empty(after.ExtraMembers);
        }
        Assert.Equal(["InstancesDropped part of an object 1"], result.Tallies);
    }

    [Fact]
    public void An_object_is_absent_from_a_frame_without_it_and_unknown_in_one_that_nobody_annotated()
    {
        Sample blank = Image("v/2"), unseen = Image("v/3");
        unseen = unseen with { Frames = [unseen.Frame with { IsAnnotated = false }] };

        Sample video = new ToVideo().Run(Image("v/1", Piece(("object_id", "3"))), blank, unseen).Only;

        Assert.Equal([SegmentationForm.CompressedCounts, SegmentationForm.Null, SegmentationForm.Missing],
            Assert.Single(video.Instances).Segmentations.Select(s => s.Form));
    }

    [Fact]
    public void An_object_known_by_its_number_keeps_it_and_has_no_id()
    {
        Sample video = new ToVideo().Run(
            Image("v/1", Piece(("object_id", "3"))), Image("v/2", Piece(("object_id", "1")), Piece(("object_id", "3"))))
            .Only;

        Assert.Equal(["1", "3"], video.Instances.Select(i => i.MemberText("object_id")!));
        Assert.All(video.Instances, i => Assert.Null(i.Id));
        Assert.Equal([SegmentationForm.Null, SegmentationForm.CompressedCounts],
            video.Instances[0].Segmentations.Select(s => s.Form));
        Assert.Null(video.Id);
    }

    [Fact]
    public void The_instance_id_counts_before_the_track_id_and_that_before_the_number()
    {
        Sample frame = Image("v/1",
            Piece(("instance_id", "1"), ("track_id", "5")), Piece(("track_id", "1"), ("object_id", "5")),
            Piece(("object_id", "1")));
        Sample next = frame with { Key = "v/2" };

        Sample video = new ToVideo().Run(frame, next).Only;

        Assert.Equal(3, video.Instances.Length);
        Assert.Equal(["1", "", ""], video.Instances.Select(i => i.Id?.JsonText ?? ""));
        Assert.Equal(["5", "1", ""], video.Instances.Select(i => i.MemberText("track_id") ?? ""));
    }

    [Theory]
    [InlineData(ObjectIdentity.TrackId, 1)]
    [InlineData(ObjectIdentity.ObjectId, 2)]
    [InlineData(ObjectIdentity.None, 2)]
    public void What_tells_objects_apart_can_be_chosen(ObjectIdentity identity, int objects)
    {
        Sample video = new ToVideo { Identity = identity }.Run(
            Image("v/1", Piece(("track_id", "5"), ("object_id", "1"))),
            Image("v/2", Piece(("track_id", "5"), ("object_id", "2")))).Only;

        Assert.Equal(objects, video.Instances.Length);
    }

    [Fact]
    public void An_instance_that_says_of_no_object_is_one_of_a_single_frame_and_keeps_its_id()
    {
        StageResult result = new ToVideo().Run(
            Image("v/1", Object(4) with { Segmentations = [Shape] }),
            Image("v/2", Object(5) with { Segmentations = [Other] }));

        Assert.Equal(["4", "5"], result.OnlyIds);
        Assert.Equal([Segmentation.Null, Other], result.Only.Instances[1].Segmentations.AsEnumerable());
    }

    [Fact]
    public void Frames_are_in_the_order_of_their_frame_ids()
    {
        Sample video = new ToVideo().Run(FrameOf("v/1.jpg", 20), FrameOf("v/2.jpg", 3), FrameOf("v/3.jpg", 100)).Only;

        Assert.Equal(
            [("v/2.jpg", 3), ("v/1.jpg", 20), ("v/3.jpg", 100)], video.Frames.Select(f => (f.Name, f.Position)));
    }

    [Theory]
    [InlineData("v/f9.jpg v/f10.jpg v/f0008.jpg", "v/f0008.jpg=8 v/f9.jpg=9 v/f10.jpg=10")]
    [InlineData("v/b_7_1.jpg v/a_7_2.jpg", "v/b_7_1.jpg=1 v/a_7_2.jpg=2")]
    [InlineData("v/b10_l.jpg v/a10_r.jpg v/a9.jpg", "v/a9.jpg=0 v/a10_r.jpg=1 v/b10_l.jpg=2")]
    [InlineData("v/b.jpg v/a.jpg", "v/a.jpg=0 v/b.jpg=1")]
    [InlineData("v/b.jpg v/7.jpg", "v/7.jpg=0 v/b.jpg=1")]
    public void Without_frame_ids_frames_are_ordered_by_the_last_number_of_their_names(string names, string order)
    {
        Sample[] images = [.. names.Split(' ').Select(n => Image(n) with { Frames = [Frame(n, 0)] })];

        Sample video = new ToVideo().Run(images).Only;

        Assert.Equal(order, string.Join(' ', video.Frames.Select(f => $"{f.Name}={f.Position}")));
    }

    [Fact]
    public void A_score_is_the_mean_and_a_crowd_in_any_frame_is_one_in_the_video()
    {
        Instance piece = Piece(("track_id", "1"));
        Instance found = new ToVideo().Run(
            Image("v/1", piece with { Score = 0.25, IsCrowd = false }),
            Image("v/2", piece with { Score = 0.75, IsCrowd = true }), Image("v/3", piece)).Only.Instances[0];

        Assert.Equal((0.5, true), (found.Score, found.IsCrowd));
    }

    [Fact]
    public void Members_stay_where_all_frames_agree_and_become_lists_where_they_are_named()
    {
        Sample[] frames = [
            Image("v/1", Piece(("track_id", "1"), ("kind", "7"), ("occlusion", "0"), ("odd", "1"))),
            Image("v/2"), Image("v/3", Piece(("track_id", "1"), ("kind", "7"), ("occlusion", "2"), ("odd", "2")))];

        StageResult result = new ToVideo { PerFrame = ["occlusion", "never"] }.Run(frames);

        Instance found = result.Only.Instances[0];
        Assert.Contains("Note members that differ between frames 1", result.Tallies);
        Assert.Equal("7", found.MemberText("kind"));
        Assert.Equal("[0, null, 2]", found.MemberText("occlusion"));
        Assert.Equal(["kind", "occlusion", "track_id"], found.ExtraMembers.Keys);
    }

    [Fact]
    public void Pieces_of_different_categories_are_an_error_that_names_both()
    {
        Instance piece = Piece(("instance_id", "8"));

        var e = Assert.Throws<BadDataException>(() => new ToVideo().Run(
            Image("v/1", piece), Image("v/2", piece with { CategoryId = new RecordId(2) })));

        Assert.StartsWith("an annotation of 'v/2': the object with instance_id 8 has category 2 here and 1 in 'v/1'",
            e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_object_twice_in_a_frame_and_one_frame_twice_in_a_video_are_errors()
    {
        Instance piece = Piece(("instance_id", "8"));

        Assert.Equal("OBJECT_TWICE", FailsWith(() => new ToVideo().Run(Image("v/1", piece, piece))));
        Assert.Equal("FRAME_TWICE", FailsWith(() => new ToVideo().Run(FrameOf("v/1", 4), FrameOf("v/2", 4))));
    }

    [Fact]
    public void Images_can_be_put_together_by_a_member_that_becomes_the_key()
    {
        var byClip = new ToVideo { By = VideoBy.Member, Member = "clip" };
        Sample one = Image("a") with { SourceRecord = JsonSlice.FromText("""{"id": 1, "clip": "x y"}""") };
        Sample two = Image("b"), named = two with { ExtraMembers = two.ExtraMembers.Add("clip", "\"x y\"") };

        Assert.False(byClip.KeysSuffice);
        Assert.Equal("x y", byClip.Run(one, named).Only.Key);
        Assert.Equal("NO_VIDEO", FailsWith(() => byClip.Observe(two)));
    }

    [Fact]
    public void An_image_in_no_folder_is_an_error() => Assert.Equal("NO_FOLDER",
        FailsWith(() => new ToVideo().GroupOf(new Candidate("a.jpg", Observed: null))));

    [Fact]
    public void A_member_needs_to_be_asked_for_and_named()
    {
        Assert.Single(new ToVideo { Member = "clip" }.Check());
        Assert.Single(new ToVideo { By = VideoBy.Member }.Check());
    }

    [Fact]
    public void The_dataset_is_one_of_videos()
    {
        var info = new DatasetInfo
        {
            Document = [new("videos", JsonSlice.FromText("[]")), new("images", null), new("annotations", null)],
        };

        DatasetInfo videos = new ToVideo().Describe(info);

        Assert.Equal(SampleKind.Video, videos.Kind);
        Assert.Equal(["videos", "annotations"], videos.Document.Select(m => m.Name));
        Assert.All(videos.Document, m => Assert.Null(m.Value));
        Assert.Equal("KIND", FailsWith(() => new ToVideo().Describe(videos)));
    }

    private static Frame Frame(string name, int position) => new(name, 20, 10) { Position = position };

    private static Sample FrameOf(string key, int frameId)
    {
        Sample image = Image(key);
        return image with
        {
            Frames = [Frame(key, 0)],
            ExtraMembers = image.ExtraMembers.Add("frame_id", $"{frameId}"),
        };
    }

    private static Instance Piece(params (string Name, string Json)[] members)
    {
        var piece = new Instance { CategoryId = new RecordId(1), Segmentations = [Shape] };
        return piece with
        {
            ExtraMembers = piece.ExtraMembers.AddRange(members.ToDictionary(m => m.Name, m => m.Json)),
        };
    }
}
