using System.Security.Cryptography;
using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Stages;

public sealed class SampleRankTests
{
    [Fact]
    public void The_order_is_that_of_the_SHA256_digests_as_hexadecimal_text()
    {
        string[] keys = [.. Enumerable.Range(0, 200).Select(i => $"image{i}.jpg")];
        string[] byRank = [.. keys.OrderBy(k => SampleRank.Of(-5, "chosen", k))];
        string[] byHex = [.. keys.OrderBy(HexDigest, StringComparer.Ordinal)];
        Assert.Equal(byHex, byRank);
    }

    private static string HexDigest(string key) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"-5\0chosen\0{key}")));

    [Fact]
    public void Seed_salt_and_key_all_matter()
    {
        SampleRank one = SampleRank.Of(1, "a", "b");
        Assert.NotEqual(one, SampleRank.Of(2, "a", "b"));
        Assert.NotEqual(one, SampleRank.Of(1, "b", "b"));
        Assert.NotEqual(one, SampleRank.Of(1, "a", "c"));
        Assert.Equal(one, SampleRank.Of(1, "a", "b"));
    }

    [Fact]
    public void The_share_below_a_threshold_is_near_the_threshold()
    {
        int below = Enumerable.Range(0, 20_000).Count(i => SampleRank.Of(0, "s", $"{i}").Fraction < 0.25);
        Assert.InRange(below, 4_800, 5_200);
    }

    [Fact]
    public void A_stream_of_random_numbers_is_the_same_on_every_machine()
    {
        KeyedRandom random = SampleRank.Stream(7, "scenes", "0");
        KeyedRandom again = SampleRank.Stream(7, "scenes", "0");
        for (int i = 0; i < 100; i++) Assert.Equal(random.NextBits(), again.NextBits());
        int[] draws = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt(-3, 4))];
        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], draws.Distinct().OrderBy(d => d));
        double[] fractions = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
        Assert.All(fractions, f => Assert.InRange(f, 0, 1 - 1e-16));
    }
}
