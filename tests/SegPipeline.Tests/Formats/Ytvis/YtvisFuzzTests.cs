using System.Text;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Ytvis;

[Trait("Category", "Fuzz")]
public sealed class YtvisFuzzTests : IDisposable
{
    private const string Good = """
        {"info": {"year": 2019}, "videos": [{"id": 1, "file_names": ["a\\00000.jpg", "a/00005.jpg"], "width": 20,
           "height": 10, "length": 2, "void": [null, {"counts": [3, 197], "size": [10, 20]}],
           "palette": "000000ff0000"},
          {"id": "x", "file_names": ["b/c.jpg"], "width": 4, "height": 4, "palette": ["0a0b0c"]}],
         "annotations": [
          {"segmentations": [[[1, 2, 3.5, 4, 5e0, 6]], null], "areas": [5.25, null], "iscrowd": 0, "video_id": 1,
           "bboxes": [[1, 2, 3, 4], null], "category_id": 3, "id": 10, "length": 1},
          {"segmentations": [{"counts": [3, 5, 192], "size": [10, 20]}, []], "iscrowd": 1, "video_id": 1, "id": "y"},
          {"segmentations": [{"counts": "01?", "size": [4, 4]}], "video_id": "x", "score": 0.5, "k": [null]}],
         "categories": [{"id": 3, "name": "n", "partition": 2}]}
        """;

    private static readonly JsonSpoiler Spoiler = new(Good, "\"videos\":[", "\"file_names\":[", "null,");

    private readonly YtvisFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Spoilt_files_give_bad_data_problems_and_nothing_else()
    {
        Assert.False(IsRefused(_files.Reader(Good)));
        int refused = 0;
        var fuzzer = new MutationFuzzer("ytvis", [Encoding.UTF8.GetBytes(Good)])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 800,
            Spoil = Spoiler.Spoil,
        };
        int inputs = fuzzer.Run(input =>
        {
            YtvisReader reader = _files.Reader("", "fuzz.json");
            File.WriteAllBytes(_files["fuzz.json"], input);
            if (IsRefused(reader)) refused++;
        });
        Assert.True(refused >= inputs / 4 && inputs - refused >= inputs / 10, $"{refused} of {inputs} refused");
    }

    /// <summary>Reads everything, and writes everything: as it is, with a member changed, and from its
    /// values.</summary>
    private static bool IsRefused(YtvisReader reader)
    {
        try
        {
            using OpenDataset data = reader.Open(new StageContext("s", 1));
            var samples = new List<Sample>();
            bool isBad = data.Defects.Count > 0;
            for (int i = 0; i < data.Plan.Count; i++) isBad |= !TryRead(data, i, samples);
            YtvisFiles.Write(data.Info, [.. samples.Select(s => s with { RecordChanged = true })]);
            string written = YtvisFiles.Write(data.Info, [.. samples.Select(Anew)]);
            if (!isBad) ReadsBack(written, data);
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
            {
                _ = (i.Box, i.AreaPx, i.Score, i.MemberText("k"));
                foreach (Segmentation shape in i.Segmentations) shape.ToMask(heightPx, widthPx);
            }

            samples.Add(sample);
            return true;
        }
        catch (BadDataException)
        {
            return false;
        }
    }

    private static Sample Anew(Sample sample) => sample with
    {
        SourceRecord = null,
        Instances =
        [
            .. sample.Instances.Select(i => new Instance
            {
                CategoryId = i.CategoryId,
                Segmentations = i.Segmentations,
                AreasPx = i.AreasPx,
            }),
        ],
    };

    private static void ReadsBack(string written, OpenDataset data)
    {
        using var files = new YtvisFiles();
        using OpenDataset again = files.Open(written);
        Assert.Equal(data.Plan.Count, again.Plan.Count);
        for (int i = 0; i < again.Plan.Count; i++)
            Assert.Equal(FormsOf(data.Read(i)), FormsOf(again.Read(i)));
    }

    private static IEnumerable<string> FormsOf(Sample sample) =>
        sample.Instances.Select(i => string.Join(' ', i.Segmentations.Select(s => s.Form)))
            .Order(StringComparer.Ordinal);
}
