using SegPipeline.Formats.Parquet;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Parquet;

/// <summary>Tables whose footers, page headers, levels and values are changed.</summary>
[Trait("Category", "Fuzz")]
public sealed class ParquetFuzzTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_table_is_read_or_refused()
    {
        byte[][] seeds =
        [
            .. from compression in Enum.GetValues<ParquetCompression>()
               from isVideo in new[] { false, true }
               select PageChecksums.Remove(Table(compression, isVideo)),
        ];
        var fuzzer = new MutationFuzzer("parquet", seeds)
        {
            MaxAllocatedBytes = 1 << 27,
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_temp["in.parquet"], input);
            using OpenDataset data =
                new ParquetReader { Root = InputPath.Of(_temp["in.parquet"]) }.Open(StageHarness.Context);
            for (int i = 0; i < data.Plan.Count; i++)
            {
                Sample sample = data.Read(i);
                foreach (Instance instance in sample.Instances) _ = (instance.Box, instance.AreaPx, instance.Score);
            }
            return true;
        });
    }

    private static byte[] Table(ParquetCompression compression, bool isVideo)
    {
        var writer = new ParquetWriter { Compression = compression };
        using TestReleaseFolder release = isVideo
            ? ParquetSamples.Write(writer, ParquetSamples.Videos, ParquetSamples.Clips())
            : ParquetSamples.Write(writer, ParquetSamples.Pets, ParquetSamples.Stills());
        return release.Bytes("data/train-00000-of-00001.parquet");
    }
}
