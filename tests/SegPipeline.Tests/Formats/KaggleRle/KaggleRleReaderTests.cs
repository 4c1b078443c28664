using SegPipeline.Formats.KaggleRle;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleRle;

public sealed class KaggleRleReaderTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Pairs_count_down_columns_from_one()
    {
        Mask mask = OnlyMask("id,rle\na.png,2 3 9 1\n");
        Assert.Equal([1u, 3, 4, 1, 3], mask.Counts.ToArray());
        Assert.Equal((4, 3), (mask.HeightPx, mask.WidthPx));
    }

    [Theory]
    [InlineData(PixelOrder.Column, 0, false, "1 3 8 1")]
    [InlineData(PixelOrder.Column, 0, true, "1 3 4 1")]
    [InlineData(PixelOrder.Column, 1, true, "2 3 4 1")]
    [InlineData(PixelOrder.Row, 1, false, "3 1 4 1 7 1 10 1")]
    public void Every_way_of_counting_gives_the_same_mask(PixelOrder order, int first, bool relative, string rle)
    {
        Mask expected = OnlyMask("id,rle\na.png,2 3 9 1\n");
        Assert.Equal(expected, OnlyMask($"id,rle\na.png,{rle}\n", stage => stage with
        {
            Order = order,
            Base = first,
            Relative = relative,
        }));
    }

    [Fact]
    public void Rows_of_an_image_are_its_instances_wherever_they_stand()
    {
        using OpenDataset dataset = Open("id,rle\nb,1 1\na,2 1\nb,3 1\n");
        Assert.Equal(["b", "a"], dataset.Plan.Select(p => p.Key));
        Assert.Equal(["1 1", "3 1"], dataset.Read(0).Instances.Select(RleOf));
        Assert.Equal(["2 1"], dataset.Read(1).Instances.Select(RleOf));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData(" NaN ")]
    [InlineData("\"\"")]
    public void An_image_of_which_a_row_says_that_there_is_nothing_exists(string nothing)
    {
        using OpenDataset dataset = Open($"id,rle\na,{nothing}\n");
        Assert.Empty(dataset.Read(0).Instances);
        Assert.Equal(12, dataset.Read(0).Frame.WidthPx * dataset.Read(0).Frame.HeightPx);
    }

    [Fact]
    public void Byte_order_mark_carriage_returns_quotes_blanks_and_empty_lines_are_understood()
    {
        string text = "\uFEFF\"EncodedPixels\", \"Image, Id\"\r\n\"1 2\", \"a \"\"b\"\".png\"\r\n\r\n 3 1 ,c.png";
        using OpenDataset dataset = Open(text, stage => stage with
        {
            ImageColumn = "Image, Id",
            RleColumn = "EncodedPixels",
        });
        Assert.Equal(["a \"b\".png", "c.png"], dataset.Plan.Select(p => p.Key));
        Assert.Equal(["1 2", "3 1"], dataset.Plan.Select((_, i) => RleOf(dataset.Read(i).Instances[0])));
    }

    [Fact]
    public void A_row_across_blocks_of_the_file_is_whole()
    {
        string pairs = string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"{2 * i + 1} 1"));
        using OpenDataset dataset = Open($"id,rle\na,{pairs}\nb,1 5\n", stage => stage with
        {
            Height = 1000,
            Width = 1000,
        });
        Assert.Equal(200_000, ((MaskSegmentation)dataset.Read(0).Instances[0].Segmentation).Mask.AreaPx);
        Assert.Equal("1 5", RleOf(dataset.Read(1).Instances[0]));
    }

    [Fact]
    public void Another_separator_is_stated_and_never_guessed()
    {
        Assert.Equal(2, OnlyMask("id;rle\na;1 2\n", stage => stage with { Separator = ";" }).AreaPx);
        var thrown = Assert.Throws<BadDataException>(() => Open("id;rle\na;1 2\n"));
        Assert.Contains("set 'separator'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_are_numbers_are_the_ids()
    {
        using OpenDataset dataset = Open("id,cls,rle\na,10,1 1\na,2,2 1\n", stage => stage with
        {
            ClassColumn = "cls",
            RleColumn = "rle",
        });
        Assert.Equal(["2", "10"], dataset.Info.Taxonomy.Categories.Select(c => c.Id.JsonText));
        Assert.Equal(["10", "2"], dataset.Read(0).Instances.Select(i => i.CategoryId!.Value.JsonText));
    }

    [Fact]
    public void A_class_behind_the_image_is_split_off_at_the_last_underscore()
    {
        using OpenDataset dataset = Open("id,rle\na_1.jpg_Fish,1 1\na_1.jpg_Bird,\n", stage => stage with
        {
            SplitImageClass = true,
        });
        Assert.Equal(["a_1.jpg"], dataset.Plan.Select(p => p.Key));
        Assert.Equal(["Bird", "Fish"], dataset.Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Equal("2", Assert.Single(dataset.Read(0).Instances).CategoryId!.Value.JsonText);
    }

    [Theory]
    [InlineData("1", "RLE_ODD", "found 1 numbers")]
    [InlineData("1 2 5", "RLE_ODD", "found 3 numbers")]
    [InlineData("1 1.0", "RLE_NUMBER", "found '1.0' at character 3")]
    [InlineData("a 1", "RLE_NUMBER", "found 'a' at character 1")]
    [InlineData("-3 1", "RLE_NUMBER", "found '-3'")]
    [InlineData("99999999999999999999 1", "RLE_NUMBER", "found '99999999999999999999'")]
    [InlineData("0 1", "RLE_START", "begins before the first pixel, 1")]
    [InlineData("1 0", "RLE_LENGTH", "pair 1 (1 0) has no pixel")]
    [InlineData("5 2 1 1", "RLE_ORDER", "pair 2 (1 1) begins before the pair before it ends, at 6")]
    [InlineData("1 3 3 1", "RLE_ORDER", "pair 2 (3 1)")]
    [InlineData("12 2", "RLE_RANGE", "ends at pixel 13, the last one is 12")]
    [InlineData("1 9223372036854775807", "RLE_RANGE", "the last one is 12")]
    public void Pairs_that_break_a_rule_are_told_with_their_place(string rle, string code, string part)
    {
        using OpenDataset dataset = Open($"id,rle\nx,\na,{rle}\n");
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => dataset.Read(1)).Problems);
        Assert.Equal((code, 3L, "train.csv"), (problem.Code, problem.Line, problem.File));
        Assert.Equal("image 'a', column 'rle'", problem.Record);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,rle\na,1 1,9\n", "CSV_FIELDS", 2)]
    [InlineData("id,rle\nb,\na\n", "CSV_FIELDS", 3)]
    [InlineData("id,rle\na\"b\"c,1 1\n", "CSV_QUOTES", 2)]
    [InlineData("id,rle\n,1 1\n", "CSV_IMAGE", 2)]
    public void A_row_that_is_about_no_image_is_a_defect_of_the_file(string text, string code, long line)
    {
        using OpenDataset dataset = Open(text);
        Problem problem = Assert.Single(dataset.Defects).Problem;
        Assert.Equal((code, line), (problem.Code, problem.Line));
    }

    [Theory]
    [InlineData("", "CSV_EMPTY")]
    [InlineData("a.png,1 2 5 1\nb.png,1 1\n", "CSV_COLUMN")]
    [InlineData("id,rle\n\"a,1 1\n", "CSV_QUOTES")]
    public void A_file_that_is_no_table_is_refused(string text, string code) =>
        Assert.Equal(code, StageHarness.FailsWith(() => Open(text)));

    [Fact]
    public void A_column_that_is_not_there_is_told_with_the_one_that_was_meant()
    {
        var thrown = Assert.Throws<BadDataException>(() =>
            Open("ImageId,EncodedPixels\n", stage => stage with { RleColumn = "EncodedPixel" }));
        Assert.Contains("did you mean 'EncodedPixels'?", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_that_fall_into_stripes_are_warned_about()
    {
        Mask square = Mask.FromCounts(20, 50, [5 * 20 + 5, 10, 10, 10, 10, 10, 845]);
        var text = new System.Text.StringBuilder("id,rle\na,");
        new RlePairs(PixelOrder.Row, 1, RunStarts.TheFirstPixel).Write(square, text);
        static KaggleRleReader Sized(KaggleRleReader stage) => stage with { Height = 20, Width = 50 };
        Open(text.ToString(), Sized).Dispose();
        Assert.Contains("with 'order: row' the outlines", Assert.Single(_warnings), StringComparison.Ordinal);
        _warnings.Clear();
        Open(text.ToString(), stage => Sized(stage) with { Order = PixelOrder.Row }).Dispose();
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Keys_that_make_no_sense_together_are_told()
    {
        var stage = new KaggleRleReader { Csv = InputPath.Of("a.csv") };
        Assert.Contains("'height' and 'width', or 'images', are needed for sizes", stage.Check());
        Assert.Contains("'height' and 'width' go together", (stage with { Height = 3 }).Check());
        Assert.Contains("'separator' must be one ASCII character other than a quote",
            (stage with { Separator = "::" }).Check());
        Assert.Contains("'split_image_class' and 'class_column' exclude each other",
            (stage with { SplitImageClass = true, ClassColumn = "c" }).Check());
    }

    [RealDataFact]
    public void The_TGS_salt_masks_are_read()
    {
        using OpenDataset dataset = Real("tgs-salt-rle-csv/train.csv", new KaggleRleReader
        {
            Csv = InputPath.Of("x"),
            Height = 101,
            Width = 101,
            ImageExtension = ".png",
        });
        Assert.Equal(4000, dataset.Plan.Count);
        Sample[] samples = [.. Enumerable.Range(0, 4000).Select(dataset.Read)];
        Assert.Equal(2438, samples.Count(s => s.Instances.Length == 1));
        Assert.Equal("575d24d81d.png", samples[0].Key);
        Assert.Equal([5050u, 5151], ((MaskSegmentation)samples[1].Instances[0].Segmentation).Mask.Counts.ToArray());
        Assert.Empty(_warnings);
    }

    [RealDataFact]
    public void The_Severstal_masks_are_read_with_four_classes_and_the_wrong_order_is_noticed()
    {
        var stage = new KaggleRleReader
        {
            Csv = InputPath.Of("x"),
            Height = 256,
            Width = 1600,
            SplitImageClass = true,
        };
        using OpenDataset dataset = Real("severstal-rle-csv/pseudo.csv", stage);
        Assert.Equal(1801, dataset.Plan.Count);
        Assert.Equal(782, Enumerable.Range(0, 1801).Sum(i => dataset.Read(i).Instances.Length));
        Assert.Equal(["1", "2", "3", "4"], dataset.Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Empty(_warnings);
        Real("severstal-rle-csv/pseudo.csv", stage with { Order = PixelOrder.Row }).Dispose();
        Assert.Contains("with 'order: column'", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [RealDataFact]
    public void The_Carvana_list_has_images_and_no_masks()
    {
        using OpenDataset dataset = Real("carvana-csv/train_masks.csv", new KaggleRleReader
        {
            Csv = InputPath.Of("x"),
            Height = 1280,
            Width = 1918,
            Order = PixelOrder.Row,
        });
        // The list was made from what a shell printed: it ends with the sums of a folder.
        Assert.Equal(5090, dataset.Plan.Count);
        Assert.Equal("CSV_IMAGE", Assert.Single(dataset.Defects).Problem.Code);
        Assert.Equal("271 00087a6bd4dc_01_mask.gif", dataset.Plan[0].Key);
        Assert.Equal(5088, Enumerable.Range(0, 5088).Count(i => dataset.Read(i).Instances.IsEmpty));
    }

    private OpenDataset Real(string name, KaggleRleReader stage) => (stage with
    {
        Csv = InputPath.Of(Path.Combine(SharedData.Data!, "kaggle", name)),
    }).Open(new StageContext("stage", Seed: 7) { Warn = _warnings.Add });

    private OpenDataset Open(string text, Func<KaggleRleReader, KaggleRleReader>? change = null)
    {
        var stage = new KaggleRleReader
        {
            Csv = new InputPath("train.csv", _temp.Write("train.csv", text)),
            Height = 4,
            Width = 3,
        };
        if (change is not null) stage = change(stage);
        Assert.Empty(stage.Check());
        return stage.Open(new StageContext("stage", Seed: 7) { Warn = _warnings.Add });
    }

    private Mask OnlyMask(string text, Func<KaggleRleReader, KaggleRleReader>? change = null)
    {
        using OpenDataset dataset = Open(text, change);
        return ((MaskSegmentation)Assert.Single(dataset.Read(0).Instances).Segmentation).Mask;
    }

    private static string RleOf(Instance instance)
    {
        var text = new System.Text.StringBuilder();
        new RlePairs(PixelOrder.Column, 1, RunStarts.TheFirstPixel)
            .Write(((MaskSegmentation)instance.Segmentation).Mask, text);
        return text.ToString();
    }
}
