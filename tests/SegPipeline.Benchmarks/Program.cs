using SegPipeline.Benchmarks;
using SegPipeline.Benchmarks.Coco;
using SegPipeline.Benchmarks.EndToEnd;
using SegPipeline.Benchmarks.Folders;
using SegPipeline.Benchmarks.Masks;
using SegPipeline.Benchmarks.Parquet;
using SegPipeline.Benchmarks.Photos;
using SegPipeline.Benchmarks.Pixels;
using SegPipeline.Benchmarks.Shapes;
using SegPipeline.Benchmarks.Video;
using SegPipeline.Benchmarks.Ytvis;

var benchmarks = new SortedDictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["coco"] = CocoBenchmark.Run,
    ["commands"] = CommandsBenchmark.Run,
    ["folders"] = FoldersBenchmark.Run,
    ["masks"] = MaskBenchmark.Run,
    ["parquet"] = ParquetBenchmark.Run,
    ["photos"] = PhotosBenchmark.Run,
    ["pixels"] = PixelsBenchmark.Run,
    ["shapes"] = ShapesBenchmark.Run,
    ["subset"] = SubsetBenchmark.Run,
    ["video"] = VideoBenchmark.Run,
    ["ytvis"] = YtvisBenchmark.Run,
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out Action<string[]>? run))
{
    Table.WriteHead(Console.Out);
    run(args[1..]);
    return 0;
}
Console.Error.WriteLine($"usage: SegPipeline.Benchmarks {string.Join('|', benchmarks.Keys)} [arguments]");
return 2;
