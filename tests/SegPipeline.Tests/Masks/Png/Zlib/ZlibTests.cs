using System.IO.Compression;
using SegPipeline.Masks.Png;
using SegPipeline.Masks.Png.Zlib;
using SegPipeline.Stages;
using SegPipeline.Tests.Masks.Bitmaps;

namespace SegPipeline.Tests.Masks.Png.Zlib;

public sealed class ZlibTests
{
    public static TheoryData<string> Contents =>
        ["one", "zeros", "labels", "ramp", "noise", "text", "bits", "far", "long"];

    [Theory]
    [MemberData(nameof(Contents))]
    public void What_is_deflated_here_is_inflated_by_another_library_and_here(string content)
    {
        byte[] bytes = Make(content);
        foreach (PngCompression compression in Enum.GetValues<PngCompression>())
            foreach ((int rowBytes, int pixelBytes) in new[] { (101, 1), (1, 1), (40_000, 1), (301, 3), (9, 8) })
            {
                using DeflateOutput stream = Deflater.Deflate(bytes, rowBytes, pixelBytes, compression);
                byte[] deflated = stream.Written.ToArray();
                Assert.Equal(bytes, InflateElsewhere(deflated));
                Assert.Equal((InflateStatus.Complete, bytes.Length), Inflate(deflated, bytes.Length, out byte[] here));
                Assert.Equal(bytes, here);
            }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void What_another_library_deflates_is_inflated_here(string content)
    {
        byte[] bytes = Make(content);
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
            foreach (ZLibCompressionStrategy strategy in Enum.GetValues<ZLibCompressionStrategy>())
            {
                byte[] deflated = DeflateElsewhere(bytes, level, strategy);
                Assert.Equal((InflateStatus.Complete, bytes.Length), Inflate(deflated, bytes.Length, out byte[] here));
                Assert.Equal(bytes, here);
            }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_stream_cut_off_anywhere_is_told_from_one_that_is_too_short_or_too_long(string content)
    {
        byte[] bytes = Make(content)[..Math.Min(Make(content).Length, 3000)];
        byte[] deflated = DeflateElsewhere(bytes, CompressionLevel.Optimal, ZLibCompressionStrategy.Default);
        for (int length = 0; length < deflated.Length; length += 1 + deflated.Length / 300)
            Assert.Equal(InflateStatus.CutOff, Inflate(deflated[..length], bytes.Length, out _).Status);
        Assert.Equal(InflateStatus.TooShort, Inflate(deflated, bytes.Length + 1, out _).Status);
        Assert.Equal(InflateStatus.TooLong, Inflate(deflated, bytes.Length - 1, out _).Status);
    }

    [Theory]
    [InlineData("78010101", InflateStatus.CutOff)]
    [InlineData("79010300", InflateStatus.BadHeader)]
    [InlineData("78020300000001", InflateStatus.BadHeader)]
    [InlineData("78200300000001", InflateStatus.BadHeader)]
    [InlineData("88000300000001", InflateStatus.BadHeader)]
    [InlineData("780107000000000001", InflateStatus.BadBlock)]
    [InlineData("7801010100FFFF0000000001", InflateStatus.BadBlock)]
    [InlineData("780103000000000002", InflateStatus.BadChecksum)]
    [InlineData("78010302000000000001", InflateStatus.BadDistance)]
    [InlineData("7801FDFF00000000000000000001", InflateStatus.BadBlock)]
    public void A_malformed_stream_is_refused_for_what_it_is(string hex, object status) =>
        Assert.Equal(status, Inflate(Convert.FromHexString(hex), 0, out _).Status);

    [Fact]
    public void Nothing_is_a_stream_too()
    {
        using DeflateOutput stream = Deflater.Deflate([], 1, 1, PngCompression.Balanced);
        Assert.Empty(InflateElsewhere(stream.Written.ToArray()));
        Assert.Equal((InflateStatus.Complete, 0), Inflate(stream.Written.ToArray(), 0, out _));
        Assert.Equal(InflateStatus.TooShort, Inflate(stream.Written.ToArray(), 1, out _).Status);
    }

    [Fact]
    public void Any_change_of_a_stream_ends_in_a_status_and_never_in_another_content()
    {
        KeyedRandom random = SampleRank.Stream(4, "zlib", "changes");
        byte[] bytes = Make("labels");
        byte[] deflated = DeflateElsewhere(bytes, CompressionLevel.Optimal, ZLibCompressionStrategy.Default);
        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. deflated];
            for (int flips = random.NextInt(1, 4); flips > 0; flips--)
                changed[random.NextInt(0, changed.Length)] ^= (byte)(1 << random.NextInt(0, 8));
            (InflateStatus status, int written) = Inflate(changed, bytes.Length, out byte[] here);
            Assert.InRange(written, 0, bytes.Length);
            if (status == InflateStatus.Complete) Assert.Equal(bytes, here);
        }
    }

    [Fact]
    public void Codes_stay_within_their_limit_and_waste_nothing()
    {
        int[] fibonacci = new int[40];
        for (int i = 0; i < fibonacci.Length; i++) fibonacci[i] = i < 2 ? 1 : fibonacci[i - 1] + fibonacci[i - 2];
        foreach (int maxBits in new[] { 7, 9, 15 })
        {
            byte[] lengths = new byte[fibonacci.Length];
            HuffmanLengths.Find(fibonacci, maxBits, lengths);
            Assert.All(lengths, length => Assert.InRange(length, 1, maxBits));
            Assert.Equal(1L << maxBits, lengths.Sum(length => 1L << maxBits - length));
        }
    }

    [Fact]
    public void Frequent_symbols_have_the_shortest_codes()
    {
        byte[] lengths = new byte[6];
        HuffmanLengths.Find([0, 40, 10, 30, 0, 20], 15, lengths);
        Assert.Equal([0, 1, 3, 2, 0, 3], lengths);
        HuffmanLengths.Find([0, 0, 9, 0, 0, 0], 15, lengths);
        Assert.Equal([1, 0, 1, 0, 0, 0], lengths);
    }

    [Fact]
    public void Checksums_are_those_of_the_standards()
    {
        Assert.Equal(0x11E60398u, Adler32.Of("Wikipedia"u8));
        Assert.Equal(1u, Adler32.Of([]));
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0u, Crc32.Of([]));
        byte[] large = [.. Enumerable.Repeat((byte)255, 100_003)];
        uint first = 1, second = 0;
        foreach (byte value in large) second = (second + (first = (first + value) % 65521)) % 65521;
        Assert.Equal(second << 16 | first, Adler32.Of(large));
    }

    [Fact]
    public void Checksums_are_those_of_the_polynomial_for_every_length()
    {
        KeyedRandom random = SampleRank.Stream(3, "crc", "lengths");
        byte[] bytes = new byte[700];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)random.NextBits();
        uint state = uint.MaxValue;
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(~state, Crc32.Of(bytes.AsSpan(0, length)));
            state ^= bytes[length];
            for (int bit = 0; bit < 8; bit++) state = (state & 1) != 0 ? state >> 1 ^ 0xEDB88320 : state >> 1;
        }
    }

    private static byte[] Make(string content)
    {
        KeyedRandom random = SampleRank.Stream(3, "zlib", content);
        byte[] bytes = new byte[content switch { "one" => 1, "far" => 140_000, "long" => 90_000, _ => 20_200 }];
        if (content == "labels") return DrawnPictures.Draw(200, 101, 7, ref random);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(content switch
            {
                "zeros" => 0u,
                "ramp" => (ulong)i * (ulong)i >> 7,
                "bits" => random.NextBits() & 1,
                "text" => "the quick brown fox"[i % 19],
                "far" when i >= 40_000 => bytes[i - 32_768],
                _ => random.NextBits(),
            });
        return bytes;
    }

    private static (InflateStatus Status, int Written) Inflate(byte[] deflated, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        byte[] padded = [.. deflated, .. new byte[BitSource.PaddingBytes]];
        return (Inflater.Inflate(padded, bytes, out int written), written);
    }

    private static byte[] InflateElsewhere(byte[] deflated)
    {
        using var zlib = new ZLibStream(new MemoryStream(deflated), CompressionMode.Decompress);
        var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] DeflateElsewhere(byte[] bytes, CompressionLevel level, ZLibCompressionStrategy strategy)
    {
        var target = new MemoryStream();
        var options = new ZLibCompressionOptions
        {
            CompressionLevel = level switch
            {
                CompressionLevel.NoCompression => 0,
                CompressionLevel.Fastest => 1,
                CompressionLevel.Optimal => 6,
                _ => 9,
            },
            CompressionStrategy = strategy,
        };
        using (var zlib = new ZLibStream(target, options)) zlib.Write(bytes);
        return target.ToArray();
    }
}
