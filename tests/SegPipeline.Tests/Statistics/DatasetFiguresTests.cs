using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Statistics;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Statistics;

public sealed class DatasetFiguresTests
{
    [Fact]
    public void Samples_instances_crowds_and_categories_are_counted()
    {
        DatasetFigures figures = Of(
            Image("a", Square(1, 4), Square(1, 2) with { IsCrowd = true }, Square(2, 4)), Image("b", Square(1, 4)),
            Image("c"));

        Assert.Equal((3, 0, 3), (figures.Samples, figures.Videos, figures.Frames));
        Assert.Equal((4, 1, 1), (figures.Instances, figures.Crowds, figures.EmptySamples));
        Assert.Equal(
            [new CategoryFigures(new RecordId(1), 3, 2, 1), new CategoryFigures(new RecordId(2), 1, 1, 0)],
            figures.Categories);
        Assert.Equal([(0, 1L), (1, 1L), (3, 1L)], figures.InstancesPerSample.Ascending);
        Assert.Equal([(64, 64, 3L)], figures.PictureSizes);
    }

    [Fact]
    public void An_area_that_is_stated_counts_before_that_of_run_lengths_and_a_polygon_without_one_has_none()
    {
        Instance stated = Square(1, 4) with { AreasPx = [1024.0] };
        Instance polygon = new() { Segmentations = [new PolygonSegmentation([[1, 1, 5, 1, 5, 5]])] };

        DatasetFigures figures = Of(Image("a", Square(1, 4), stated, polygon));

        Assert.Equal((3, 2), (figures.Shapes, figures.MeasuredShapes));
        Assert.Equal((1L, 1L, 0L), figures.SizeClasses);
        Assert.Equal([(SizeBins.Of(16, 4096), 1L), (SizeBins.Of(1024, 4096), 1L)], figures.RelativeSizes.Ascending);
        Assert.Equal([(SegmentationForm.Polygons, 1L), (SegmentationForm.Counts, 2L)], figures.Forms);
    }

    [Fact]
    public void Of_videos_the_objects_of_each_frame_and_the_frames_of_each_object_are_counted()
    {
        Segmentation shape = Square(1, 4).Segmentation;
        var video = new Sample
        {
            Key = "v",
            Kind = SampleKind.Video,
            Frames = [new Frame("0", 64, 64), new Frame("1", 64, 64), new Frame("2", 64, 64) { IsAnnotated = false }],
            Instances =
            [
                new Instance { Segmentations = [shape, shape, Segmentation.Null] },
                new Instance { Segmentations = [Segmentation.Null, shape, Segmentation.Null] },
                new Instance { Boxes = [null, null, new Box(1, 1, 2, 2)] },
            ],
        };

        DatasetFigures figures = Of(video);

        Assert.Equal((1, 3, 1, 4), (figures.Videos, figures.Frames, figures.UnannotatedFrames, figures.Shapes));
        Assert.Equal([(1, 2L), (2, 1L)], figures.ObjectsPerFrame.Ascending);
        Assert.Equal([(1, 2L), (2, 1L)], figures.Lifetimes.Ascending);
        Assert.Equal([(3, 1L)], figures.VideoLengths.Ascending);
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_told_and_ends_nothing()
    {
        DatasetFigures figures = Of(Image("a", new Instance(new BadSource(), 0, null, new RecordId(3), null)));

        Assert.Equal((1, 1, 0), (figures.Instances, figures.UnreadableInstances, figures.Shapes));
    }

    [Fact]
    public void Figures_add_up_to_the_same_in_any_order_and_through_the_journal()
    {
        Sample[] samples = [.. Enumerable.Range(0, 40).Select(i => Image($"{i}",
            [.. Enumerable.Range(0, i % 5).Select(k => Square(1 + (i + k) % 3, 1 + (i * k) % 30))]))];
        DatasetFigures whole = Of(samples);

        DatasetFigures[] parts = [.. samples.Chunk(7).Select(Of)];
        var forwards = new DatasetFigures();
        foreach (DatasetFigures part in parts) forwards.Add(ThroughJournal(part));
        var backwards = new DatasetFigures();
        foreach (DatasetFigures part in parts.Reverse()) backwards.Add(part);

        Assert.Equal(Text(whole), Text(forwards));
        Assert.Equal(Text(whole), Text(backwards));
        Assert.NotEqual(Text(whole), Text(parts[0]));
    }

    private static DatasetFigures ThroughJournal(DatasetFigures figures)
    {
        var writer = new JournalWriter(_ => null);
        figures.Save(writer);
        return DatasetFigures.Load(new JournalReader(writer.Written, _ => throw new InvalidOperationException()));
    }

    private static string Text(DatasetFigures f) => string.Join('\n',
        f.Samples, f.Frames, f.Instances, f.Crowds, f.EmptySamples, f.Shapes, f.MeasuredShapes, f.SizeClasses,
        string.Join(' ', f.Categories), string.Join(' ', f.PictureSizes), string.Join(' ', f.Forms),
        string.Join(' ', f.InstancesPerSample.Ascending), string.Join(' ', f.RelativeSizes.Ascending));

    private static DatasetFigures Of(params Sample[] samples)
    {
        var figures = new DatasetFigures();
        foreach (Sample sample in samples) figures.Add(sample);
        return figures;
    }

    private static Sample Image(string key, params Instance[] instances) =>
        new() { Key = key, Frames = [new Frame(key, 64, 64)], Instances = [.. instances] };

    private static Instance Square(long category, int sidePx) => StageHarness.Object(1, category) with
    {
        Segmentations =
            [new MaskSegmentation(PolygonFill.FillBox(64, 64, 2, 2, sidePx, sidePx), SegmentationForm.Counts)],
    };

    private sealed class BadSource : InstanceSource
    {
        private static BadDataException Bad => new(new Problem("BAD", "bad"));

        public override System.Collections.Immutable.ImmutableArray<Segmentation> ReadSegmentations(int ordinal) =>
            throw Bad;

        public override System.Collections.Immutable.ImmutableArray<double?> ReadAreas(int ordinal) => throw Bad;

        public override System.Collections.Immutable.ImmutableArray<Box?> ReadBoxes(int ordinal) => throw Bad;

        public override double? ReadScore(int ordinal) => null;

        public override string? ReadMember(int ordinal, string name) => null;

        public override JsonSlice? Record(int ordinal) => null;

        public override long? Order(int ordinal) => null;
    }
}
