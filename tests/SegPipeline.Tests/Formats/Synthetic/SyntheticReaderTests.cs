using SegPipeline.Formats.Synthetic;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Synthetic;

public sealed class SyntheticReaderTests
{
    private static readonly SyntheticReader Small = new()
    {
        Count = 40,
        Width = 64,
        Height = 48,
        Photo = SyntheticPhoto.Png,
        Crowds = 0.2,
    };

    private static Sample[] ReadAll(SyntheticReader reader, long seed = 7)
    {
        using OpenDataset dataset = reader.Open(new StageContext("scenes", seed));
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    private static RgbPixels Photo(Sample sample, int frame = 0)
    {
        using Stream file = sample.Frames[frame].Photo!.OpenRead();
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return new PngCodec().Decode(bytes.ToArray(), sample.Key);
    }

    private static Mask MaskIn(Sample sample, Instance instance, int frame = 0) =>
        instance.Segmentations[frame].ToMask(sample.Frames[frame].HeightPx, sample.Frames[frame].WidthPx)!;

    private static string Describe(IEnumerable<Sample> samples) => string.Join('\n', samples.SelectMany(sample =>
        sample.Instances.Select(i => $"{sample.Key} {sample.Id} {i.Id} {i.CategoryId} {i.IsCrowd} {i.Box} {i.AreaPx} " +
            $"{i.Segmentation.Form} {MaskIn(sample, i).ToCocoString()}")));

    [Fact]
    public void The_same_seed_gives_the_same_scenes_in_any_order_and_any_count()
    {
        string all = Describe(ReadAll(Small));
        using OpenDataset more = (Small with { Count = 80 }).Open(new StageContext("scenes", 7));

        Assert.Equal(all, Describe(Enumerable.Range(0, 40).Reverse().Select(more.Read).Reverse()));
        Assert.NotEqual(all, Describe(ReadAll(Small, seed: 8)));
    }

    [Fact]
    public void The_photo_shows_exactly_what_the_masks_say()
    {
        foreach (Sample sample in ReadAll(Small))
        {
            RgbPixels photo = Photo(sample);
            var shown = new Dictionary<int, Paint>();
            foreach (Instance instance in sample.Instances)
                foreach (int pixel in PixelsOf(MaskIn(sample, instance)))
                    Assert.True(shown.TryAdd(pixel, PaintOf(instance)), "visible masks do not overlap");
            for (int pixel = 0; pixel < 64 * 48; pixel++)
                Assert.True(Shows(photo, pixel, shown.GetValueOrDefault(pixel)), $"{sample.Key} pixel {pixel}");
        }
    }

    [Fact]
    public void Whole_masks_hide_those_before_them()
    {
        foreach (Sample sample in ReadAll(Small with { Masks = SyntheticMasks.Whole }))
        {
            RgbPixels photo = Photo(sample);
            var shown = new Dictionary<int, Paint>();
            foreach (Instance instance in sample.Instances)
                foreach (int pixel in PixelsOf(MaskIn(sample, instance)))
                    shown[pixel] = PaintOf(instance);
            for (int pixel = 0; pixel < 64 * 48; pixel++)
                Assert.True(Shows(photo, pixel, shown.GetValueOrDefault(pixel)), $"{sample.Key} pixel {pixel}");
        }
    }

    [Fact]
    public void Area_and_box_are_those_of_the_mask()
    {
        foreach (Sample sample in ReadAll(Small))
            foreach (Instance instance in sample.Instances)
            {
                Mask mask = MaskIn(sample, instance);
                Assert.Equal(mask.AreaPx, instance.AreaPx);
                Assert.Equal((mask.Box.X, mask.Box.WidthPx), (instance.Box!.Value.X, instance.Box.Value.Width));
            }
    }

    [Fact]
    public void There_are_crowds_hidden_objects_objects_in_parts_and_empty_scenes()
    {
        Sample[] samples = ReadAll(Small with { Count = 200 });
        Instance[] all = [.. samples.SelectMany(s => s.Instances)];

        Assert.Contains(samples, s => s.Instances.IsEmpty);
        Assert.Contains(all, i => i.IsCrowd == true);
        Assert.All(all.Where(i => i.IsCrowd == true), i => Assert.Equal(SegmentationForm.Counts, i.Segmentation.Form));
        Assert.Contains(all, i => i.IsCrowd == false && i.Segmentation.Form == SegmentationForm.Counts);
        Assert.Contains(all, i => i.Segmentation is PolygonSegmentation { Parts.Length: > 1 });
        Assert.Equal(all.Length, all.Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public void Categories_have_a_long_tail_and_names_that_tell_colour_and_outline()
    {
        using OpenDataset dataset = (Small with { Categories = 60 }).Open(new StageContext("scenes", 7));
        int[] counts = new int[7];
        foreach (Instance i in ReadAll(Small with { Count = 400, Categories = 6 }).SelectMany(s => s.Instances))
            counts[i.CategoryId!.Value.Number]++;

        Assert.Equal(60, dataset.Info.Taxonomy.Categories.Select(c => c.Name).Distinct().Count());
        Assert.Equal(("red disc", "disc"),
            (dataset.Info.Taxonomy.Categories[0].Name, dataset.Info.Taxonomy.Categories[0].Supercategory));
        Assert.True(counts[1] > 3 * counts[6] && counts[6] > 0, string.Join(' ', counts));
    }

    [Fact]
    public void A_video_has_a_shape_or_null_for_every_frame_and_shows_it()
    {
        Sample[] videos = ReadAll(Small with { Count = 12, Frames = 6 });
        foreach (Sample video in videos)
        {
            Assert.Equal((SampleKind.Video, 6), (video.Kind, video.Frames.Length));
            foreach (Instance track in video.Instances)
                Assert.Equal([.. track.Segmentations.Select(s => s.HasMask)], track.AreasPx.Select(a => a is not null));
            for (int frame = 0; frame < 6; frame++)
            {
                RgbPixels photo = Photo(video, frame);
                foreach (Instance track in video.Instances.Where(t => t.Segmentations[frame].HasMask))
                    Assert.All(PixelsOf(MaskIn(video, track, frame)),
                        pixel => Assert.True(Shows(photo, pixel, PaintOf(track))));
            }
        }
        Instance[] tracks = [.. videos.SelectMany(v => v.Instances)];
        Assert.Contains(tracks, t => t.Segmentations.Any(s => s.Form == SegmentationForm.Null));
        Assert.Contains(tracks, t => t.Boxes.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(SyntheticPhoto.Jpeg, 1, "000000.jpg", "000000.jpg")]
    [InlineData(SyntheticPhoto.Png, 1, "000000.png", "000000.png")]
    [InlineData(SyntheticPhoto.None, 1, "000000.jpg", "000000.jpg")]
    [InlineData(SyntheticPhoto.Png, 2, "000000", "000000/00000.png")]
    public void Keys_are_file_names_of_images_and_folders_of_videos(
        SyntheticPhoto photo, int frames, string key, string name)
    {
        Sample sample = ReadAll(Small with { Count = 1, Photo = photo, Frames = frames })[0];

        Assert.Equal((key, name), (sample.Key, sample.Frame.Name));
        Assert.Equal(photo == SyntheticPhoto.None, sample.Frame.Photo is null);
    }

    [Fact]
    public void Scenes_do_not_change_with_the_format_of_their_photos()
    {
        string[] Shapes(SyntheticPhoto photo) =>
            [.. ReadAll(Small with { Photo = photo }).SelectMany(s => s.Instances).Select(i => $"{i.Id} {i.Box}")];

        Assert.Equal(Shapes(SyntheticPhoto.Png), Shapes(SyntheticPhoto.None));
    }

    [Fact]
    public void A_JPEG_photo_can_be_decoded()
    {
        Sample sample = ReadAll(Small with { Count = 1, Photo = SyntheticPhoto.Jpeg })[0];

        Assert.Equal(new PhotoHeader(PhotoFormat.Jpeg, 64, 48, 1), PhotoHeader.Read(sample.Frame.Photo!, sample.Key));
    }

    private static Paint PaintOf(Instance instance) =>
        SceneCategories.PaintOf((int)instance.CategoryId!.Value.Number - 1);

    private static IEnumerable<int> PixelsOf(Mask mask)
    {
        byte[] rowMajor = new byte[mask.PixelCount];
        mask.CopyToRowMajor(rowMajor);
        return rowMajor.Index().Where(pixel => pixel.Item != 0).Select(pixel => pixel.Index);
    }

    // The paint in some light between half and full, or, where there is none, the light background.
    private static bool Shows(RgbPixels photo, int pixel, Paint? paint)
    {
        byte[] found = photo.RowMajor[(3 * pixel)..(3 * pixel + 3)];
        if (paint is null) return found.All(level => level >= 180);
        byte[] full = [paint.Red, paint.Green, paint.Blue];
        return Enumerable.Range(130, 126).Any(light => found.Zip(full).All(p => p.First == p.Second * light / 255));
    }
}
