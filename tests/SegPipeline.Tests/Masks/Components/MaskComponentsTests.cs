using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.Components;

public sealed class MaskComponentsTests
{
    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Components_are_those_found_by_flooding_pixels(Connectivity connectivity) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, mask =>
            MaskComponents.Split(mask, connectivity).SequenceEqual(Flooded(new Bitmap(mask), connectivity))));

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Components_partition_the_mask(Connectivity connectivity) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, mask =>
        {
            IReadOnlyList<Mask> parts = MaskComponents.Split(mask, connectivity);
            return parts.Sum(p => p.AreaPx) == mask.AreaPx && parts.All(p => !p.IsEmpty)
                && (parts.Count == 0 ? mask.IsEmpty : MaskSets.Union([.. parts]).Equals(mask));
        }));

    [Fact]
    public void Components_are_ordered_by_their_first_pixel_column_by_column()
    {
        Mask mask = Bitmap.Drawn(
            "..#.",
            "#.#.",
            "..##",
            "#...");
        Assert.Equal(
            [
                Bitmap.Drawn("....", "#...", "....", "...."),
                Bitmap.Drawn("....", "....", "....", "#..."),
                Bitmap.Drawn("..#.", "..#.", "..##", "...."),
            ],
            MaskComponents.Split(mask, Connectivity.Eight));
    }

    [Fact]
    public void Touching_corners_connect_eight_ways_only()
    {
        Mask mask = Bitmap.Drawn("#.#", ".#.", "#.#");
        Assert.Equal(5, MaskComponents.Split(mask, Connectivity.Four).Count);
        Assert.Equal([mask], MaskComponents.Split(mask, Connectivity.Eight));
    }

    [Fact]
    public void The_end_of_a_column_does_not_touch_the_start_of_the_next()
    {
        Mask mask = Mask.FromCounts(4, 3, [3, 2, 7]);
        Assert.Equal(2, MaskComponents.Split(mask, Connectivity.Eight).Count);
        Assert.Equal(2, MaskComponents.Split(Mask.FromCounts(2, 3, [1, 2, 3]), Connectivity.Four).Count);
        Assert.Single(MaskComponents.Split(Mask.FromCounts(2, 3, [1, 2, 3]), Connectivity.Eight));
        Assert.Single(MaskComponents.Split(Mask.FromCounts(1, 6, [1, 2, 3]), Connectivity.Four));
    }

    [Fact]
    public void Two_arms_that_meet_late_are_one_component()
    {
        Mask mask = Bitmap.Drawn(
            "#####.###",
            "....#.#.#",
            "###.#.#.#",
            "#.#.#.#.#",
            "#.###.#.#",
            "#.....#.#",
            "#######.#");
        Assert.Equal([mask], MaskComponents.Split(mask, Connectivity.Four));
    }

    [Fact]
    public void Runs_of_length_zero_do_not_part_a_component() =>
        Assert.Equal(
            [Mask.FromCounts(6, 5, [5, 1, 24]), Mask.FromCounts(6, 5, [6, 4, 20])],
            MaskComponents.Split(Mask.FromCounts(6, 5, [5, 3, 0, 2, 20, 0]), Connectivity.Eight));

    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Components_are_those_of_OpenCV()
    {
        foreach (JsonElement c in GoldenCases.Load("components.json"))
        {
            Mask mask = GoldenCases.Mask(c.GetProperty("mask"));
            Check(c.GetProperty("components_4"), MaskComponents.Split(mask, Connectivity.Four));
            Check(c.GetProperty("components_8"), MaskComponents.Split(mask, Connectivity.Eight));
        }

        static void Check(JsonElement expected, IReadOnlyList<Mask> found) => Assert.Equal(
            expected.EnumerateArray().Select(e => e.GetString()!).Order(StringComparer.Ordinal),
            found.Select(m => m.ToCocoString()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Mask> Flooded(Bitmap pixels, Connectivity connectivity)
    {
        var reached = new HashSet<(int X, int Y)>();
        for (int x = 0; x < pixels.WidthPx; x++)
            for (int y = 0; y < pixels.HeightPx; y++)
            {
                if (!pixels[x, y] || reached.Contains((x, y))) continue;
                HashSet<(int X, int Y)> part = Flood(pixels, (x, y), connectivity);
                reached.UnionWith(part);
                yield return pixels.Where((px, py) => part.Contains((px, py)));
            }
    }

    private static HashSet<(int X, int Y)> Flood(Bitmap pixels, (int X, int Y) seed, Connectivity connectivity)
    {
        HashSet<(int X, int Y)> part = [seed];
        Stack<(int X, int Y)> open = new(part);
        while (open.TryPop(out var at))
            for (int dx = -1; dx <= 1; dx++)
                for (int dy = -1; dy <= 1; dy++)
                {
                    (int X, int Y) next = (at.X + dx, at.Y + dy);
                    if (connectivity == Connectivity.Four && dx != 0 && dy != 0) continue;
                    if (pixels.Contains(next.X, next.Y) && pixels[next.X, next.Y] && part.Add(next)) open.Push(next);
                }
        return part;
    }
}
