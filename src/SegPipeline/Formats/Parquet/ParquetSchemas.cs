using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>The tables that samples are written as. See the README.</summary>
internal static class ParquetSchemas
{
    /// <summary>The table of images, or of videos.</summary>
    public static ParquetNode Of(SampleKind kind) => kind == SampleKind.Video
        ? ParquetNode.Root([
            Number("video_id"), Text("key"), Number("width"), Number("height"),
            ParquetNode.List("frames", ParquetNode.Group("element",
                Text("file_name"), Number("position"), Number("width"), Number("height"), Image())),
            ParquetNode.List("objects", ParquetNode.Group("element",
                Number("id"), Choice("category"), Number("iscrowd"), Real("score"),
                ParquetNode.List("bbox", Box("element")), ParquetNode.List("area", Real("element")),
                ParquetNode.List("segmentation", Shape("element")), Text("extra"))),
            Text("extra")])
        : ParquetNode.Root([
            Number("image_id"), Text("key"), Text("file_name"), Number("width"), Number("height"), Image(),
            ParquetNode.List("objects", ParquetNode.Group("element",
                Number("id"), Choice("category"), Number("iscrowd"), Real("score"),
                Box("bbox"), Real("area"), Shape("segmentation"), Text("extra"))),
            Text("extra")]);

    private static ParquetNode Image() => ParquetNode.Group("image",
        ParquetNode.Leaf("bytes", ParquetType.ByteArray, ParquetEncoding.Plain), Text("path"));

    private static ParquetNode Box(string name) => ParquetNode.List(name, Real("element"));

    private static ParquetNode Shape(string name) => ParquetNode.Group(name,
        Choice("form", ParquetType.ByteArray, ParquetMeaning.Text),
        ParquetNode.List("size", Choice("element")),
        Text("counts"),
        ParquetNode.List("polygons", ParquetNode.List("element", Real("element"))));

    private static ParquetNode Number(string name) =>
        ParquetNode.Leaf(name, ParquetType.Int64, ParquetEncoding.DeltaBinaryPacked);

    private static ParquetNode Choice(
        string name, ParquetType type = ParquetType.Int64, ParquetMeaning meaning = ParquetMeaning.None) =>
        ParquetNode.Leaf(name, type, ParquetEncoding.RleDictionary, meaning);

    private static ParquetNode Real(string name) =>
        ParquetNode.Leaf(name, ParquetType.Double, ParquetEncoding.RleDictionary);

    private static ParquetNode Text(string name) =>
        ParquetNode.Leaf(name, ParquetType.ByteArray, ParquetEncoding.Plain, ParquetMeaning.Text);
}
