using System.Collections.Immutable;
using SegPipeline.Formats.Parquet;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Formats.Parquet;

/// <summary>Small datasets with all that a table can hold.</summary>
internal static class ParquetSamples
{
    /// <summary>A double whose bits no arithmetic makes.</summary>
    public static double OddNaN { get; } = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0123);

    /// <summary>Images with two categories.</summary>
    public static DatasetInfo Pets { get; } = new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(7), "cat", "animal"), new Category(RecordId.FromJson("\"d\""), "dog")],
            IsDeclared: true),
        Document = [new DocumentMember("info", JsonSlice.FromText("{\"year\": 2020}")),
            new DocumentMember("images", null)],
    };

    /// <summary>Videos.</summary>
    public static DatasetInfo Videos { get; } = new() { Kind = SampleKind.Video };

    /// <summary>Stills with every form of shape and with every member missing.</summary>
    public static Sample[] Stills()
    {
        var mask = TestMasks.FirstPixels(10, 20, 3);
        Segmentation[] shapes =
        [
            new PolygonSegmentation([[0, -0.0, 1e-300, 0.1, 2, 2.5], [1, 2, 3, 4, 5, 6, 7, 8]]),
            new MaskSegmentation(mask, SegmentationForm.Counts),
            new MaskSegmentation(mask, SegmentationForm.CompressedCounts),
            new MaskSegmentation(mask, SegmentationForm.LabelRegion),
            Segmentation.Null, Segmentation.EmptyList, Segmentation.Missing,
        ];
        Instance[] objects = [.. shapes.Select((shape, i) => Object(i + 1, category: 7) with
        {
            Segmentations = [shape],
            AreasPx = [i + 0.5],
            Boxes = [new Box(-0.0, i, 3.25, 4)],
            IsCrowd = i % 2 == 0,
        })];
        objects[2] = objects[2] with { Score = 0.1, CategoryId = RecordId.FromJson("\"d\"") };
        objects[3] = objects[3] with
        {
            Id = RecordId.FromJson("1.0"),
            CategoryId = new RecordId(99),
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("note", "{\"é\": [1]}"),
        };
        return
        [
            Image("a", objects) with { Id = new RecordId(1L << 60) },
            Image("b") with { Id = RecordId.FromJson("\"b-1\"") },
            Image("c", new Instance()),
        ];
    }

    /// <summary>A video with absent objects, and one with nothing.</summary>
    public static Sample[] Clips() =>
    [
        Video("v", 3, Object(1) with
        {
            AreasPx = [2, null, -0.0],
            Boxes = [new Box(0, 0, 1, 2), null, new Box(1, 1, 1, 1)],
            Segmentations = [new PolygonSegmentation([[0, 0, 1, 0, 1, 2.5]]), Segmentation.Null,
                new MaskSegmentation(TestMasks.FirstPixels(10, 20, 5), SegmentationForm.CompressedCounts)],
        }, new Instance()) with { Id = new RecordId(3) },
        Video("w", 1),
    ];

    /// <summary>Writes samples in chunks of a size.</summary>
    public static TestReleaseFolder Write(
        ParquetWriter writer, DatasetInfo info, Sample[] samples, int chunk = 2)
    {
        Assert.Empty(writer.Check());
        var release = new TestReleaseFolder();
        using OpenOutput output = writer.Open(info, release, Context);
        object[] chunks = [.. samples.Chunk(chunk).Reverse().Select(output.Encode).Reverse()];
        foreach (object encoded in chunks) output.Append(encoded);
        output.Finish();
        return release;
    }
}
