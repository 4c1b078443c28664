using System.Text;
using SegPipeline.Formats;
using SegPipeline.Formats.CocoPanoptic;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.CocoPanoptic;

[Trait("Category", "Fuzz")]
public sealed class CocoPanopticFuzzTests
{
    private static readonly string Good = PanopticFiles.Json(PanopticFiles.Image, PanopticFiles.Annotation);

    private static readonly JsonSpoiler Spoiler = new(Good,
        "\"segments_info\":[", "\"color\":[", "null,");

    [Fact]
    public void Spoilt_files_give_bad_data_problems_and_nothing_else()
    {
        using var folder = new TempFolder();
        CocoPanopticReader reader = PanopticFiles.Reader(folder);
        Assert.False(IsRefused(reader));
        var fuzzer = new MutationFuzzer("panoptic", [Encoding.UTF8.GetBytes(Good)])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 600,
            Spoil = Spoiler.Spoil,
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(folder["p.json"], input);
            return !IsRefused(reader);
        });
    }

    /// <summary>Reads everything, and writes everything: as it is, and with all that can change changed.</summary>
    private static bool IsRefused(CocoPanopticReader reader)
    {
        try
        {
            using OpenDataset data = reader.Open(StageHarness.Context);
            Sample[] samples = [.. Enumerable.Range(0, data.Plan.Count).Select(data.Read)];
            foreach (Instance i in samples.SelectMany(s => s.Instances)) _ = (i.Box, i.AreaPx, i.Score);
            Write(data.Info, samples);
            Write(data.Info, [.. samples.Select(Changed)]);
            return data.Defects.Count > 0;
        }
        catch (BadDataException e)
        {
            Assert.All(e.Problems, p => Assert.NotEmpty(p.Message));
            return true;
        }
    }

    private static void Write(DatasetInfo info, Sample[] samples)
    {
        using var release = new TestReleaseFolder();
        var stage = new CocoPanopticWriter
        {
            File = ReleaseName.From("p.json"),
            Ids = SegmentNumbering.Color,
            Stuff = StuffSegments.Merge,
            Overlap = OverlapRule.LowestWins,
        };
        stage.Write(release, info, samples);
        Assert.NotEqual(0, Encoding.UTF8.GetByteCount(release["p.json"]));
    }

    private static Sample Changed(Sample sample) => sample with
    {
        RecordChanged = true,
        Instances = [.. sample.Instances.Select(i => i with { IsCrowd = true, Segmentations = i.Segmentations })],
    };
}
