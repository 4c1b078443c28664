using System.Text;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

[Trait("Category", "Fuzz")]
public sealed class CocoFuzzTests : IDisposable
{
    private const string Good = """
        {"info": {"year": 2024}, "images": [{"id": 1, "file_name": "a.jpg", "width": 20, "height": 10, "tags": ["x"]},
          {"id": 2, "coco_url": "http://h/b/c.jpg", "width": 4, "height": 4}],
         "annotations": [
          {"segmentation": [[1, 2, 3.5, 4, 5e0, 6], [1,1,2,2,3,1]], "area": 5.25, "iscrowd": 0, "image_id": 1,
           "bbox": [1, 2, 3, 4], "category_id": 3, "id": 10},
          {"segmentation": {"counts": [3, 5, 192], "size": [10, 20]}, "iscrowd": 1, "image_id": 1, "id": "x\u0041"},
          {"segmentation": {"counts": "01?", "size": [4, 4]}, "image_id": 2, "score": 0.5, "k": [null, {"y": true}]}],
         "categories": [{"id": 3, "name": "n", "supercategory": "s"}]}
        """;

    private static readonly JsonSpoiler Spoiler = new(Good, "\"images\":[");

    private readonly CocoFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Spoilt_files_give_bad_data_problems_and_nothing_else()
    {
        int refused = 0;
        var fuzzer = new MutationFuzzer("coco", [Encoding.UTF8.GetBytes(Good)])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 1_200,
            Spoil = Spoiler.Spoil,
        };
        int inputs = fuzzer.Run(input =>
        {
            CocoReader reader = _files.Reader("", "fuzz.json");
            File.WriteAllBytes(_files["fuzz.json"], input);
            if (IsRefused(reader, input.Length)) refused++;
        });
        Assert.True(refused >= inputs / 4 && inputs - refused >= inputs / 10, $"{refused} of {inputs} refused");
    }

    /// <summary>Reads everything, and writes everything with a member changed.</summary>
    private static bool IsRefused(CocoReader reader, int seed)
    {
        try
        {
            using OpenDataset data = reader.Open(new StageContext("s", 1));
            using var release = new TestReleaseFolder();
            var samples = new List<Sample>();
            bool isBad = data.Defects.Count > 0;
            for (int i = 0; i < data.Plan.Count; i++) isBad |= !TryRead(data, i, samples);
            CocoRoundTrip.Write(samples, release, data.Info);
            if (!isBad && seed % 4 == 0) ReadsBack(release[CocoRoundTrip.FileName], data);
            return isBad;
        }
        catch (BadDataException e)
        {
            Assert.All(e.Problems, p => Assert.NotEmpty(p.Message));
            return true;
        }
    }

    private static bool TryRead(OpenDataset data, int index, List<Sample> samples)
    {
        try
        {
            Sample sample = data.Read(index);
            (int heightPx, int widthPx) = (sample.Frame.HeightPx, sample.Frame.WidthPx);
            foreach (Instance i in sample.Instances)
                _ = (i.Box, i.AreaPx, i.Score, i.MemberText("k"), i.Segmentation.ToMask(heightPx, widthPx));
            samples.Add(sample with { Instances = [.. sample.Instances.Select(i => i with { Score = 1 })] });
            return true;
        }
        catch (BadDataException)
        {
            return false;
        }
    }

    private static void ReadsBack(string written, OpenDataset data)
    {
        using var files = new CocoFiles();
        using OpenDataset again = files.Open(written);
        Assert.Equal(data.Plan.Select(p => p.Key), again.Plan.Select(p => p.Key));
    }
}
