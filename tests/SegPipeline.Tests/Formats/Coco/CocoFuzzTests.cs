using System.Text;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

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

    private static readonly byte[][] Pieces =
    [
        "\""u8.ToArray(), "\\"u8.ToArray(), "[[["u8.ToArray(), "]"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
        "1e400"u8.ToArray(), "-1"u8.ToArray(), "99999999999999999999"u8.ToArray(), "null"u8.ToArray(),
        "NaN"u8.ToArray(), "\"id\":"u8.ToArray(), "\"images\":["u8.ToArray(), "\\ud800"u8.ToArray(), [0xFF], [0],
        "0.5"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "\"\""u8.ToArray(),
    ];

    private static readonly string[] Values =
    [
        "0", "-1", "1.0", "1e400", "99999999999999999999", "0.5", "null", "true", "NaN", "-Infinity", "\"\"", "\"id\"",
        "[]", "{}", "[[]]", "[null]", "{\"size\": [1, 1]}", "\"\\ud800\"", "\"b'0'\"", "2147483648",
    ];

    private readonly CocoFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Spoilt_files_give_bad_data_problems_and_nothing_else()
    {
        int refused = 0, accepted = 0;
        for (int seed = 0; seed < 1200; seed++)
        {
            CocoReader reader = _files.Reader("", "fuzz.json");
            File.WriteAllBytes(_files["fuzz.json"], seed % 2 == 0 ? SpoilBytes(seed) : SpoilValues(seed));
            if (IsRefused(reader, seed)) refused++;
            else accepted++;
        }

        Assert.True(refused > 300 && accepted > 150, $"{refused} refused, {accepted} accepted");
    }

    private static byte[] SpoilBytes(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "fuzz", "coco");
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(Good)];
        for (int edits = random.NextInt(1, 4); edits > 0; edits--)
        {
            int at = random.NextInt(0, bytes.Count);
            int span = Math.Min(random.NextInt(1, 12), bytes.Count - at);
            byte[] piece = Pieces[random.NextInt(0, Pieces.Length)];
            switch (random.NextInt(0, 4))
            {
                case 0: bytes.RemoveRange(at, span); break;
                case 1: bytes.InsertRange(at, piece); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.NextInt(0, bytes.Count - span), span)); break;
                default: bytes[at] ^= (byte)(1 << random.NextInt(0, 8)); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts other values in place of some: what comes out is mostly JSON still.</summary>
    private static byte[] SpoilValues(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "fuzz", "values");
        string[] tokens = JsonTokens.Of(Good);
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            int at = random.NextInt(0, tokens.Length);
            if (tokens[at].Length > 1 || char.IsAsciiDigit(tokens[at][0]))
                tokens[at] = Values[random.NextInt(0, Values.Length)];
        }

        return Encoding.UTF8.GetBytes(string.Concat(tokens));
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
