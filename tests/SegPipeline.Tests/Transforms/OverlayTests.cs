using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

/// <summary>Pictures are 20 x 10 pixels, white, and PNG: without loss.</summary>
public sealed class OverlayTests : IDisposable
{
    private static readonly DatasetInfo Info = new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(7), "seven"), new Category(new RecordId(1), "one")], IsDeclared: true),
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Sample White(params Instance[] instances)
    {
        byte[] white = [.. Enumerable.Repeat((byte)255, 600)];
        File.WriteAllBytes(_folder["a.png"], new PngCodec().Encode(new RgbPixels(20, 10, white)));
        return StageHarness.Image("a", instances) with
        {
            Frames = [new Frame("a.png", 20, 10) { Photo = new PhotoFile(_folder["a.png"]) }],
        };
    }

    private static Instance Square(long category) => StageHarness.Object(1, category) with
    {
        Segmentations = [new MaskSegmentation(PolygonFill.FillBox(10, 20, 2, 2, 6, 6), SegmentationForm.Counts)],
    };

    private static Func<int, int, (byte, byte, byte)> Drawn(Overlay stage, Sample sample)
    {
        Sample drawn = stage.Run(sample, Info).Only;
        byte[] rgb = new PngCodec().Decode(PhotoBytes.ReadAll(drawn.Frame.Photo!), "a.png").RowMajor;
        return (x, y) => (rgb[3 * (20 * y + x)], rgb[3 * (20 * y + x) + 1], rgb[3 * (20 * y + x) + 2]);
    }

    [Fact]
    public void A_mask_is_tinted_and_outlined_in_the_colour_of_its_category()
    {
        var at = Drawn(new Overlay { Alpha = 0.5, Outline = 1 }, White(Square(7)));

        Assert.Equal((255, 255, 255), at(0, 0));
        Assert.Equal(Palette.Voc[1], at(2, 2));
        Assert.Equal(Palette.Voc[1], at(7, 7));
        Assert.Equal((192, 128, 128), at(4, 4));
        Assert.Equal(Palette.Voc[2], Drawn(new Overlay { Outline = 1 }, White(Square(1)))(2, 2));
    }

    [Fact]
    public void Without_outline_and_with_full_alpha_there_is_only_colour()
    {
        var at = Drawn(new Overlay { Alpha = 1, Outline = 0, Colours = OverlayColours.Instance }, White(Square(1)));

        Assert.Equal((Palette.Voc[1], Palette.Voc[1]), (at(2, 2), at(5, 5)));
    }

    [Fact]
    public void Masks_of_a_frame_without_a_stated_size_are_held_against_its_picture()
    {
        Sample Unsized(Instance instance)
        {
            Sample sample = White(instance);
            return sample with { Frames = [sample.Frame with { WidthPx = 0, HeightPx = 0 }] };
        }

        Instance Full(int heightPx) => StageHarness.Object(1, 7) with
        {
            Segmentations = [new MaskSegmentation(Mask.Full(heightPx, 20), SegmentationForm.Counts)],
        };

        Assert.Equal(Palette.Voc[1], Drawn(new Overlay { Outline = 1 }, Unsized(Square(7)))(2, 2));
        foreach (int heightPx in (int[])[5, 30])
            Assert.Equal("RLE_SIZE", StageHarness.FailsWith(() => Drawn(new Overlay(), Unsized(Full(heightPx)))));
    }

    [Fact]
    public void A_crowd_is_striped_and_void_is_striped_the_other_way()
    {
        var stage = new Overlay { Alpha = 1, Outline = 0 };
        var crowd = Drawn(stage, White(Square(7) with { IsCrowd = true }));
        Sample sample = White();
        var @void = Drawn(stage, sample with
        {
            Frames = [sample.Frame with { Void = new MaskSegmentation(Mask.Full(10, 20), SegmentationForm.Counts) }],
        });

        Assert.Equal(((255, 255, 255), Palette.Voc[1]), (crowd(2, 2), crowd(4, 4)));
        Assert.Equal(crowd(6, 3), crowd(5, 4));
        Assert.Equal(((192, 192, 192), (255, 255, 255)), (@void(5, 5), @void(5, 1)));
        Assert.Equal(@void(6, 3), @void(7, 4));
    }

    [Fact]
    public void An_object_without_a_mask_shows_its_box()
    {
        Instance boxed = StageHarness.Object(1, 7) with { Boxes = [new Box(2, 2, 6, 6)] };

        var at = Drawn(new Overlay { Outline = 1 }, White(boxed));

        Assert.Equal((Palette.Voc[1], (255, 255, 255)), (at(2, 5), at(5, 5)));
    }

    [Fact]
    public void Nothing_but_the_picture_changes_and_what_has_none_is_counted()
    {
        Sample sample = White(Square(7));

        StageResult drawn = new Overlay().Run(sample), bare = new Overlay().Run(StageHarness.Image("b", Square(7)));

        Assert.False(drawn.Only.RecordChanged);
        Assert.Equal(sample.Instances[0], drawn.Only.Instances[0]);
        Assert.Equal(["Note pictures 1"], drawn.Tallies);
        Assert.Equal(["Note without a picture 1"], bare.Tallies);
    }

    [Fact]
    public void A_picture_of_another_size_is_an_error_when_it_is_written()
    {
        Sample sample = White();
        sample = sample with { Frames = [sample.Frame with { WidthPx = 21 }] };

        Sample drawn = new Overlay().Run(sample).Only;

        Assert.Equal("MEDIA_SIZE", StageHarness.FailsWith(() => drawn.Frame.Photo!.OpenRead().Dispose()));
    }
}
