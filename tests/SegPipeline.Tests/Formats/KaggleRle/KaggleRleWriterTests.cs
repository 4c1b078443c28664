using SegPipeline.Formats.KaggleRle;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleRle;

public sealed class KaggleRleWriterTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static readonly DatasetInfo Info = new()
    {
        Taxonomy = new Taxonomy([new(new(1), "Fish"), new(new(2), "a, \"b\"")], IsDeclared: true),
    };

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Each_instance_is_a_row_and_an_image_without_any_an_empty_one()
    {
        string text = Write(Stage, Image("x.png", Square(1), Square(2)), Image("y.png"));
        Assert.Equal("ImageId,EncodedPixels\nx.png,2 2 6 2\nx.png,2 2 6 2\ny.png,\n", text);
    }

    [Theory]
    [InlineData(PixelOrder.Column, 0, false, "1 2 5 2")]
    [InlineData(PixelOrder.Column, 0, true, "1 2 2 2")]
    [InlineData(PixelOrder.Column, 1, true, "2 2 2 2")]
    [InlineData(PixelOrder.Row, 1, false, "4 2 7 2")]
    public void Pixels_are_counted_as_asked(PixelOrder order, int first, bool relative, string rle)
    {
        KaggleRleWriter stage = Stage with { Order = order, Base = first, Relative = relative };
        Assert.Equal($"ImageId,EncodedPixels\nx.png,{rle}\n", Write(stage, Image("x.png", Square(1))));
    }

    [Fact]
    public void Names_columns_and_the_word_for_nothing_are_as_asked()
    {
        KaggleRleWriter stage = Stage with
        {
            ImageColumn = "id",
            RleColumn = "rle_mask",
            ImageExtension = ".png",
            ClassColumn = "class",
            Empty = "-1",
            Separator = ";",
        };
        Assert.Equal("id;class;rle_mask\nx;\"a, \"\"b\"\"\";2 2 6 2\n\"y;z\";;-1\n",
            Write(stage, Image("x.PNG", Square(2)), Image("y;z")));
    }

    [Fact]
    public void Every_category_has_a_row_for_each_image_where_asked()
    {
        KaggleRleWriter stage = Stage with { JoinImageClass = true, Rows = RleRowsPerImage.Categories };
        Assert.Equal("ImageId,EncodedPixels\nx_Fish,2 2 6 2\nx_Fish,2 2 6 2\n\"x_a, \"\"b\"\"\",\n",
            Write(stage, Image("x", Square(1), Square(1))));
    }

    [Fact]
    public void An_instance_without_a_mask_is_refused() => Assert.Equal("NO_MASK",
        StageHarness.FailsWith(() => Write(Stage, Image("x", new Instance { CategoryId = new RecordId(1) }))));

    [Fact]
    public void An_instance_of_no_category_is_refused_where_the_class_is_written() => Assert.Equal("RLE_CLASS",
        StageHarness.FailsWith(() => Write(Stage with { ClassColumn = "c" }, Image("x", Square(9)))));

    [RealDataFact]
    public void The_TGS_salt_file_goes_through_byte_for_byte() => RoundTrips(
        "tgs-salt-rle-csv/train.csv",
        new KaggleRleReader { Csv = InputPath.Of("x"), Height = 101, Width = 101, ImageExtension = ".png" },
        Stage with { ImageColumn = "id", RleColumn = "rle_mask", ImageExtension = ".png" });

    [RealDataFact]
    public void The_Severstal_file_goes_through_byte_for_byte() => RoundTrips(
        "severstal-rle-csv/pseudo.csv",
        new KaggleRleReader { Csv = InputPath.Of("x"), Height = 256, Width = 1600, SplitImageClass = true },
        Stage with { ImageColumn = "ImageId_ClassId", JoinImageClass = true, Rows = RleRowsPerImage.Categories });

    [Theory]
    [InlineData(PixelOrder.Column, 0, true)]
    [InlineData(PixelOrder.Row, 1, false)]
    [InlineData(PixelOrder.Row, 0, true)]
    public void What_is_written_in_any_way_is_read_back(PixelOrder order, int first, bool relative)
    {
        KeyedRandom random = SampleRank.Stream(5, "masks", "any");
        Sample[] samples = [.. Enumerable.Range(0, 40).Select(i => Image($"{i}.png", new Instance
        {
            Segmentations = [new MaskSegmentation(Any(ref random), SegmentationForm.Counts)],
        }))];
        string text = Write(Stage with { Order = order, Base = first, Relative = relative }, samples);
        using OpenDataset again = new KaggleRleReader
        {
            Csv = InputPath.Of(_temp.Write("again.csv", text)),
            Height = 4,
            Width = 3,
            Order = order,
            Base = first,
            Relative = relative,
        }.Open(StageHarness.Context);
        for (int i = 0; i < samples.Length; i++)
            Assert.Equal(MaskOf(samples[i]), again.Read(i).Instances.Length == 0
                ? Mask.Empty(4, 3)
                : MaskOf(again.Read(i)));
    }

    private static KaggleRleWriter Stage => new() { File = ReleaseName.From("out.csv") };

    private static void RoundTrips(string name, KaggleRleReader reader, KaggleRleWriter writer)
    {
        string path = Path.Combine(SharedData.Data!, "kaggle", name);
        using OpenDataset dataset = (reader with { Csv = InputPath.Of(path) }).Open(StageHarness.Context);
        Sample[] samples = [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
        Assert.Equal(File.ReadAllText(path), Write(writer, dataset.Info, samples));
    }

    private static string Write(KaggleRleWriter stage, params Sample[] samples) => Write(stage, Info, samples);

    private static string Write(KaggleRleWriter stage, DatasetInfo info, Sample[] samples)
    {
        Assert.Empty(stage.Check());
        using var release = new TestReleaseFolder();
        using (OpenOutput output = stage.Open(info, release, StageHarness.Context))
        {
            foreach (Sample[] chunk in samples.Chunk(7)) output.Append(output.Encode(chunk));
            output.Finish();
        }
        Assert.Contains($"out.csv images {samples.Length}", release.Records);
        return release["out.csv"];
    }

    private static Sample Image(string name, params Instance[] instances) =>
        new() { Key = name, Frames = [new Frame(name, WidthPx: 3, HeightPx: 4)], Instances = [.. instances] };

    private static Instance Square(long category) => new()
    {
        CategoryId = new RecordId(category),
        Segmentations = [new MaskSegmentation(Mask.FromCounts(4, 3, [1, 2, 2, 2, 5]), SegmentationForm.Counts)],
    };

    private static Mask Any(ref KeyedRandom random)
    {
        byte[] pixels = new byte[12];
        for (int i = 0; i < 12; i++) pixels[i] = (byte)random.NextInt(0, 2);
        return Mask.FromBitmapColumnMajor(4, 3, pixels);
    }

    private static Mask MaskOf(Sample sample) => ((MaskSegmentation)sample.Instances[0].Segmentation).Mask;
}
