using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Masks.Bitmaps;

public sealed class BitmapRunsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_lengths_of_a_bitmap_are_those_found_pixel_by_pixel(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "bitmaps", "encode");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            byte[] rowMajor = DrawnPictures.Draw(height, width, labels: 3, ref random);
            byte[] columnMajor = Transpose(rowMajor, height, width);
            uint[] expected = CountOneByOne(columnMajor);
            Assert.Equal(expected, Mask.FromBitmapRowMajor(height, width, rowMajor).Counts.ToArray());
            Assert.Equal(expected, Mask.FromBitmapColumnMajor(height, width, columnMajor).Counts.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_bitmap_comes_back_from_its_run_lengths(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "bitmaps", "decode");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            byte[] rowMajor = DrawnPictures.Draw(height, width, labels: 2, ref random);
            Mask mask = Mask.FromBitmapRowMajor(height, width, rowMajor);
            byte[] decoded = [.. Enumerable.Repeat((byte)9, rowMajor.Length)];
            mask.CopyToRowMajor(decoded);
            Assert.Equal(rowMajor, decoded);
            mask.CopyToColumnMajor(decoded);
            Assert.Equal(Transpose(rowMajor, height, width), decoded);
        }
    }

    [Theory]
    [InlineData(new uint[] { 0, 0, 7, 3, 20 })]
    [InlineData(new uint[] { 5, 3, 0, 2, 20 })]
    [InlineData(new uint[] { 0, 6, 0, 6, 18 })]
    [InlineData(new uint[] { 6, 0, 0, 0, 6, 18, 0 })]
    [InlineData(new uint[] { 0, 30, 0, 0 })]
    [InlineData(new uint[] { 30, 0 })]
    public void Runs_of_length_zero_change_no_pixel(uint[] counts)
    {
        Mask mask = Mask.FromCounts(6, 5, counts);
        byte[] rowMajor = new byte[30], columnMajor = new byte[30];
        mask.CopyToRowMajor(rowMajor);
        mask.CopyToColumnMajor(columnMajor);
        Assert.Equal(Transpose(rowMajor, 6, 5), columnMajor);
        int foreground = counts.Where((_, i) => i % 2 == 1).Sum(c => (int)c);
        Assert.Equal(foreground, rowMajor.Count(p => p == 1));
    }

    [Fact]
    public void Neighbouring_values_other_than_zero_are_one_run()
    {
        Mask mask = Mask.FromBitmapRowMajor(5, 1, [0, 2, 3, 255, 0]);
        Assert.Equal([1, 3, 1], mask.Counts.ToArray());
        Assert.Equal(mask, Mask.FromBitmapColumnMajor(5, 1, [0, 2, 3, 255, 0]));
    }

    [Fact]
    public void A_bitmap_of_another_size_is_refused()
    {
        Mask mask = Mask.Full(3, 4);
        Assert.Throws<ArgumentException>(() => Mask.FromBitmapRowMajor(3, 4, new byte[11]));
        Assert.Throws<ArgumentException>(() => Mask.FromBitmapColumnMajor(3, 4, new byte[13]));
        Assert.Throws<ArgumentException>(() => mask.CopyToRowMajor(new byte[11]));
        Assert.Throws<ArgumentException>(() => mask.CopyToColumnMajor(new byte[13]));
        Assert.Throws<ArgumentException>(() => new RowMajorPixels<byte>(new byte[11], 3, 4).WidthPx);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RowMajorPixels<byte>([], -1, 0).WidthPx);
    }

    [Fact]
    public void A_long_side_costs_nothing_when_there_are_no_pixels()
    {
        foreach ((int height, int width) in new[] { (int.MaxValue, 0), (0, int.MaxValue) })
        {
            Mask mask = Mask.FromBitmapRowMajor(height, width, []);
            Assert.Equal([0], mask.Counts.ToArray());
            Assert.Equal(mask, Mask.FromBitmapColumnMajor(height, width, []));
            mask.CopyToRowMajor([]);
            mask.CopyToColumnMajor([]);
            Assert.Empty(LabelRegions.Of<byte>(new([], height, width), LabelRoles.BackgroundOnly).Objects);
        }
        var canvas = new LabelCanvas<byte>(int.MaxValue, 0, background: 0);
        Assert.Equal(0, canvas.Paint(Mask.Empty(int.MaxValue, 0), 1, PaintRule.Over));
    }

    private static byte[] Transpose(byte[] rowMajor, int height, int width)
    {
        byte[] columnMajor = new byte[rowMajor.Length];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                columnMajor[x * height + y] = rowMajor[y * width + x];
        return columnMajor;
    }

    private static uint[] CountOneByOne(byte[] columnMajor)
    {
        var counts = new List<uint> { 0 };
        bool inside = false;
        foreach (byte pixel in columnMajor)
        {
            if (pixel != 0 != inside)
            {
                counts.Add(0);
                inside = !inside;
            }
            counts[^1]++;
        }
        return [.. counts];
    }
}
