using System.Runtime.InteropServices;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Stages;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks;

/// <summary>Decoders of untrusted bytes: whatever they are fed, only the declared exceptions come out.</summary>
[Trait("Category", "Fuzz")]
public sealed class MaskFuzzTests
{
    private const int MaxPngBytes = 1 << 20;

    [Fact]
    public void A_png_is_read_or_refused()
    {
        var fuzzer = new MutationFuzzer("png", PngSeeds())
        {
            // Rows, samples, the compressed bytes and what pools and tables add to them.
            MaxAllocatedBytes = 6 * MaxPngBytes,
            OrdinaryInputs = 20_000,
            Repair = NaivePng.RepairChecksums,
        };
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        int inputs = fuzzer.Run(input =>
        {
            try
            {
                using PngImage image = PngReader.Read(input, MaxPngBytes);
                Assert.InRange(image.Header.WidthPx * (long)image.Header.HeightPx, 1, MaxPngBytes * 8L);
                outcomes.Add("read");
            }
            catch (PngFormatException e)
            {
                Assert.InRange(e.BytePosition, 0, input.Length);
                outcomes.Add(e.Code);
            }
        });
        if (inputs < 1_000) return;
        // The changes get past the checksums to the checks behind them.
        Assert.True(outcomes.Count >= 10, string.Join(' ', outcomes));
        Assert.Contains("read", outcomes);
        Assert.Contains(PngFault.Deflate, outcomes);
    }

    [Fact]
    public void A_run_length_string_is_read_or_refused()
    {
        byte[][] seeds =
        [
            "7330005"u8.ToArray(), "0n0"u8.ToArray(), "3120O11OO14O3"u8.ToArray(), "81608"u8.ToArray(),
            "PeQ31Pjbh4_[T2SV]WK_dkmoo1moYfVg3"u8.ToArray(), Encoding.ASCII.GetBytes(new string('1', 200)),
        ];
        var fuzzer = new MutationFuzzer("run lengths", seeds) { MaxAllocatedBytes = 1 << 20 };
        fuzzer.Run(input =>
        {
            try
            {
                Mask mask = Mask.FromCocoString(6, 5, input);
                byte[] pixels = new byte[30];
                mask.CopyToRowMajor(pixels);
                Assert.Equal(mask.AreaPx, pixels.Count(p => p == 1));
                Assert.Equal(mask, Mask.FromBitmapRowMajor(6, 5, pixels));
            }
            catch (MaskFormatException e)
            {
                Assert.InRange(e.Position, 0, Math.Max(input.Length, 30));
            }
        });
    }

    [Fact]
    public void A_polygon_is_filled_or_refused()
    {
        double[][] seeds =
        [
            [1, 1, 1, 4, 4, 4, 4, 1], [0, 0, 4, 4, 0, 4, 4, 0], [.5, .5, .5, 250.5, 300.5, 200, 3.5, .5],
            [-3, -3, -3, 9, 5000, 9, 9, -3], [1e8, 1e8, -1e8, 17, 3, -1e8], [2, 2, 2, 2, 2, 2],
        ];
        var fuzzer = new MutationFuzzer("polygons", [.. seeds.Select(s => MemoryMarshal.AsBytes<double>(s).ToArray())])
        {
            // Twenty edges at most, each of which crosses each column once.
            MaxAllocatedBytes = 1 << 22,
        };
        fuzzer.Run(input =>
        {
            double[] xy = MemoryMarshal.Cast<byte, double>(input.AsSpan(0, input.Length & ~7)).ToArray();
            PolygonRule rule = input.Length % 3 == 0 ? PolygonRule.Pycocotools : PolygonRule.Strict;
            try
            {
                Mask mask = PolygonFill.Fill(211, 307, xy, rule);
                Assert.Equal(mask, Mask.FromCocoString(211, 307, mask.ToCocoString()));
            }
            catch (MaskFormatException e)
            {
                Assert.InRange(e.Position, 0, xy.Length);
            }
        });
    }

    private static List<byte[]> PngSeeds()
    {
        KeyedRandom random = SampleRank.Stream(1, "fuzz", "png seeds");
        var seeds = new List<byte[]>();
        (int, int)[] formats = [(0, 1), (0, 8), (0, 16), (2, 8), (3, 2), (3, 8), (4, 8), (6, 16)];
        foreach ((int colorType, int bitDepth) in formats)
            foreach (bool interlaced in new[] { false, true })
                seeds.Add(NaivePng.Write(
                    NaivePicture.Draw(23, 11, colorType, bitDepth, interlaced, ref random), row => (byte)(row % 5)));
        byte[] labels = new byte[300 * 200];
        labels.AsSpan(10_000, 9_000).Fill(3);
        foreach (PngCompression compression in Enum.GetValues<PngCompression>())
            seeds.Add(PngWriter.EncodeIndexed(new(labels, 200, 300), Palette.Voc, compression));
        return seeds;
    }
}
