using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Stages;
using SegPipeline.Tests.Masks.Bitmaps;

namespace SegPipeline.Tests.Masks.LabelImages;

public sealed class LabelCanvasTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Painting_is_what_painting_pixel_by_pixel_gives(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "labels", "canvas");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            var narrow = new LabelCanvas<byte>(height, width, background: 7);
            var wide = new LabelCanvas<uint>(height, width, background: 7);
            byte[] expected = [.. Enumerable.Repeat((byte)7, height * width)];
            for (byte label = 0; label < 6; label++)
            {
                PaintRule rule = random.NextInt(0, 2) == 0 ? PaintRule.Over : PaintRule.Under;
                byte[] bitmap = DrawnPictures.Draw(height, width, labels: 2, ref random);
                Mask mask = Mask.FromBitmapRowMajor(height, width, bitmap);
                long taken = PaintOneByOne(expected, bitmap, label, rule);
                Assert.Equal(taken, narrow.Paint(mask, label, rule));
                Assert.Equal(taken, wide.Paint(mask, label, rule));
                Assert.Equal(expected, narrow.Pixels.Values.ToArray());
                Assert.Equal(expected.Select(l => (uint)l), wide.Pixels.Values.ToArray());
            }
        }
    }

    [Fact]
    public void A_cleared_canvas_is_background()
    {
        var canvas = new LabelCanvas<byte>(2, 2, background: 4);
        canvas.Paint(Mask.Full(2, 2), 1, PaintRule.Over);
        canvas.Clear();
        Assert.Equal([4, 4, 4, 4], canvas.Pixels.Values.ToArray());
    }

    [Fact]
    public void A_mask_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(
            () => new LabelCanvas<byte>(2, 3, background: 0).Paint(Mask.Full(3, 2), 1, PaintRule.Over));

    [Fact]
    public void An_impossible_size_is_refused_before_memory_is_taken() =>
        Assert.Throws<MaskFormatException>(() => new LabelCanvas<byte>(1 << 20, 1 << 20, background: 0));

    private static long PaintOneByOne(byte[] canvas, byte[] bitmap, byte label, PaintRule rule)
    {
        long taken = 0;
        for (int i = 0; i < canvas.Length; i++)
        {
            if (bitmap[i] == 0) continue;
            bool isFree = canvas[i] == 7;
            if (!isFree) taken++;
            if (isFree || rule == PaintRule.Over) canvas[i] = label;
        }
        return taken;
    }
}
