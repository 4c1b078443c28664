using SegPipeline.Formats.KaggleRle;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleRle;

[Trait("Category", "Fuzz")]
public sealed class KaggleRleFuzzTests : IDisposable
{
    private static readonly byte[][] Seeds =
    [
        "id,rle,class\na.png,1 2 5 1,1\nb.png,,2\na.png,12 1,x\n"u8.ToArray(),
        "\uFEFF\"id\", \"rle\" ,class\r\n\"a\"\"b\",\"1 2\r\n4 1\",1\r\n"u8.ToArray(),
        "id,rle,class\na,-1,1\nb,nan,1\nc,1 12,1"u8.ToArray(),
        "rle,class,id\n3 9223372036854775807,1,a\n1 4294967297,2,b\n"u8.ToArray(),
    ];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Spoilt_tables_give_bad_data_problems_and_nothing_else()
    {
        int read = 0;
        var fuzzer = new MutationFuzzer("csv", Seeds) { MaxAllocatedBytes = 1 << 25, OrdinaryInputs = 1_000 };
        int inputs = fuzzer.Run(input =>
        {
            File.WriteAllBytes(_temp["in.csv"], input);
            if (TryReadAll(ReaderFor(input))) read++;
        });
        Assert.True(read >= inputs / 20 && inputs - read >= inputs / 10, $"{read} of {inputs} read");
    }

    private KaggleRleReader ReaderFor(byte[] input) => new()
    {
        Csv = InputPath.Of(_temp["in.csv"]),
        ImageColumn = "id",
        RleColumn = "rle",
        ClassColumn = input.Length % 2 == 0 ? "class" : null,
        Order = input.Length % 3 == 0 ? PixelOrder.Row : PixelOrder.Column,
        Relative = input.Length % 5 == 0,
        Width = 3,
        Height = 4,
    };

    private static bool TryReadAll(KaggleRleReader reader)
    {
        try
        {
            Assert.Empty(reader.Check());
            using OpenDataset data = reader.Open(StageHarness.Context);
            bool isGood = data.Defects.Count == 0;
            for (int i = 0; i < data.Plan.Count; i++) isGood &= TryRead(data, i);
            return isGood;
        }
        catch (BadDataException e)
        {
            Assert.All(e.Problems, p => Assert.NotEmpty(p.Message));
            return false;
        }
    }

    private static bool TryRead(OpenDataset data, int index)
    {
        try
        {
            Sample image = data.Read(index);
            foreach (Instance instance in image.Instances)
                Assert.Equal(12, instance.Segmentation.ToMask(4, 3)!.WidthPx * 4);
            return true;
        }
        catch (BadDataException)
        {
            return false;
        }
    }
}
