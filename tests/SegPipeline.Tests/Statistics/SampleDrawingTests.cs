using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Tests.Statistics;

public sealed class SampleDrawingTests
{
    [Fact]
    public void The_samples_with_the_smallest_ranks_are_drawn_in_whatever_order_they_come()
    {
        DrawnSample[] all = [.. Enumerable.Range(0, 200).Select(i => new DrawnSample(1, 0, 0, i, $"key {i}"))];
        string[] expected = [.. all.OrderBy(s => SampleRank.Of(7, "report", s.Key)).Take(5).Select(s => s.Key)];

        Assert.Equal(expected, Draw(all).Drawn.Select(s => s.Key));
        Assert.Equal(expected, Draw(all.Reverse()).Drawn.Select(s => s.Key));
    }

    [Fact]
    public void Of_samples_with_one_key_the_first_place_is_drawn()
    {
        DrawnSample[] both = [new(3, 1, 0, 8, "k"), new(3, 0, 0, 8, "k")];

        Assert.Equal([both[1]], Draw(both).Drawn);
        Assert.Equal([both[1]], Draw(both.Reverse()).Drawn);
    }

    private static SampleDrawing Draw(IEnumerable<DrawnSample> samples)
    {
        var drawing = new SampleDrawing(seed: 7, most: 5);
        foreach (DrawnSample sample in samples) drawing.Add(sample);
        return drawing;
    }
}
