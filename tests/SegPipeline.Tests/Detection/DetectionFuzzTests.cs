using System.Text;
using SegPipeline.Detection;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Detection;

/// <summary>A folder that somebody asks what it is, whatever lies in it.</summary>
[Trait("Category", "Fuzz")]
public sealed class DetectionFuzzTests : IDisposable
{
    private static readonly (string Name, string Text)[] Seeds =
    [
        ("a.json", """{"images": [{"id": 1, "file_name": "d/a.jpg"}], "annotations": [{"image_id": 1}]}"""),
        ("a.json", """[{"image_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}, {}, {"a": ["b"]}]"""),
        ("a.json", """{"videos": [{"id": 1, "file_names": ["v/0.jpg"]}, {}], "annotations": [["x"]], "k": "v"}"""),
        ("a.json", """{"annotations": [{"file_name": "a.png", "segments_info": [{"id": 1}]}], "images": []}"""),
        ("meta.json", """{"videos": {"v": {"objects": {"1": {"category": "cat", "frames": ["00000"]}}}}}"""),
        ("train.csv", "ImageId,EncodedPixels\na.jpg,1 2 5 1\n"),
        ("classes.csv", "Idx,Name\n1,cat\n2,dog\n"),
        ("a.parquet", "PAR1 \u0015\u0004\u0015\u0004 image bytes path objects bbox PAR1"),
        ("p.yaml", "segpipe: 1\nname: p\nstages:\n  in: { read.synthetic: { count: 1 } }\n"),
        ("MANIFEST.json", """{"segpipe_manifest": 1, "stages": [{"name": "out", "stage": "write.coco"}]}"""),
        ("Annotations/v/00000.png", "\u0089PNG\r\n"), ("labels/a.png", "\u0089PNG\r\n"),
        ("ImageSets/Segmentation/val.txt", "a\nb\n"), ("x_gt.png", "\u0089PNG\r\n"), ("x_im.jpg", "\u00FF\u00D8"),
    ];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_is_something_or_nothing()
    {
        // The first byte tells the name, the rest is what stands in the file.
        byte[][] seeds = [.. Seeds.Select((s, i) => (byte[])[(byte)i, .. Encoding.Latin1.GetBytes(s.Text)])];
        var fuzzer = new MutationFuzzer("detection", seeds) { MaxAllocatedBytes = 1 << 25, OrdinaryInputs = 800 };
        fuzzer.RunRefusing(input =>
        {
            string name = Seeds[input.Length == 0 ? 0 : input[0] % Seeds.Length].Name;
            string folder = _temp["d"];
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            _temp.Write("d/" + name, "");
            File.WriteAllBytes(_temp["d/" + name], input.Length == 0 ? [] : input[1..]);
            DatasetDetection.Detect(_temp["d/" + name]);
            DatasetDetection.Detect(folder).Chosen();
            return true;
        });
    }
}
