using SegPipeline.Formats.Coco;
using SegPipeline.Formats.CocoPanoptic;
using SegPipeline.Formats.Images;
using SegPipeline.Formats.Jsonl;
using SegPipeline.Formats.KaggleMasks;
using SegPipeline.Formats.KaggleRle;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Formats.Parquet;
using SegPipeline.Formats.Scores;
using SegPipeline.Formats.Triplets;
using SegPipeline.Formats.Voc;
using SegPipeline.Formats.Yolo;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Traps;

/// <summary>Every writer there is, with everything switched on that takes names from the data.</summary>
internal static class WriterCases
{
    /// <summary>By the name in YAML: each way of naming files.</summary>
    public static Dictionary<string, Writer[]> All { get; } = new(StringComparer.Ordinal)
    {
        ["write.coco"] =
        [
            new CocoWriter { File = Json, Images = MediaTransfer.Copy },
            new CocoWriter { File = Json, Images = MediaTransfer.Symlink },
            new CocoWriter { File = Json, Images = MediaTransfer.Hardlink },
        ],
        ["write.coco_panoptic"] = [new CocoPanopticWriter { File = Json, Images = MediaTransfer.Copy }],
        ["write.images"] =
            [.. Enum.GetValues<PictureNames>().Select(names => new ImagesWriter { Names = names })],
        ["write.jsonl"] = [new JsonlWriter { File = Json }],
        ["write.kaggle_masks"] = [new KaggleMasksWriter { Images = MediaTransfer.Copy }],
        ["write.kaggle_rle"] = [new KaggleRleWriter { File = ReleaseName.From("out.csv") }],
        ["write.label_maps"] = [new LabelMapsWriter { Images = MediaTransfer.Copy }],
        ["write.palette"] =
        [
            new PaletteWriter { Frames = MediaTransfer.Copy, SequencesFile = ReleaseName.From("all.txt"), Meta = Json },
        ],
        ["write.parquet"] =
        [
            .. Enum.GetValues<ParquetImages>().Select(images => new ParquetWriter
            {
                Images = images,
                Compression = ParquetCompression.Snappy,
            }),
        ],
        ["write.scores"] = [new ScoresWriter { File = Json }],
        ["write.triplets"] =
        [
            .. Enum.GetValues<TripletNames>().Select(names => new TripletsWriter
            {
                Role = TripletRole.Gt,
                Names = names,
                Images = MediaTransfer.Copy,
            }),
        ],
        ["write.voc"] = [new VocWriter { Set = "val", Images = MediaTransfer.Copy }],
        ["write.yolo"] =
        [
            .. Enum.GetValues<YoloNames>().Select(names => new YoloWriter
            {
                Split = "val",
                Names = names,
                Images = MediaTransfer.Copy,
            }),
        ],
        ["write.ytvis"] = [new YtvisWriter { File = Json, Frames = MediaTransfer.Copy }],
    };

    private static ReleaseName Json => ReleaseName.From("out.json");
}
