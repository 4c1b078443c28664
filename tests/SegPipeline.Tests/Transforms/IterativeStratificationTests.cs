using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Stages;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

public sealed class IterativeStratificationTests
{
    [Fact]
    public void The_rarest_label_is_spread_first()
    {
        int[][] labels = [[0], [0], [0], [0], [0, 1], [0, 1], [0], [0]];

        int[] parts = IterativeStratification.Divide([0, 1, 2, 3, 4, 5, 6, 7], labels, labelCount: 2, sizes: [4, 4]);

        Assert.NotEqual(parts[4], parts[5]);
    }

    [Fact]
    public void Units_without_labels_fill_what_room_is_left()
    {
        int[] parts = IterativeStratification.Divide([2, 1, 0], [[], [], []], labelCount: 0, sizes: [1, 2]);

        Assert.Equal([1, 0, 1], parts);
    }

    [Fact]
    public void Sizes_are_always_exact()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            KeyedRandom random = SampleRank.Stream(seed, "test", "units");
            int labelCount = random.NextInt(1, 6);
            int[] order = [.. Enumerable.Range(0, random.NextInt(0, 40))];
            int[][] labels = [.. order.Select(_ => RandomLabels(ref random, labelCount))];
            long first = random.NextInt(0, labels.Length + 1);
            long second = random.NextInt(0, labels.Length - (int)first + 1);
            long[] sizes = [first, second, labels.Length - first - second];

            int[] parts = IterativeStratification.Divide(order, labels, labelCount, sizes);

            return sizes.Index().All(size => parts.Count(part => part == size.Index) == size.Item);
        }).QuickCheckThrowOnFailure();
    }

    private static int[] RandomLabels(ref KeyedRandom random, int labelCount)
    {
        var labels = new List<int>();
        for (int label = 0; label < labelCount; label++)
            if (random.NextInt(0, 3) == 0) labels.Add(label);
        return [.. labels];
    }
}
