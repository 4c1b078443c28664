using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A small generated dataset of each format, written once for all tests of a class.</summary>
public sealed class ConvertibleDatasets : IAsyncLifetime, IDisposable
{
    /// <summary>Size of the pictures.</summary>
    public const int WidthPx = 64, HeightPx = 48;

    private static readonly Dictionary<string, string> Writers = new(StringComparer.Ordinal)
    {
        ["coco"] = "write.coco: { file: annotations/all.json, images: copy }",
        ["coco_panoptic"] = "write.coco_panoptic: { file: annotations/all.json, images: copy }",
        ["label_maps"] = "write.label_maps: { images: copy }",
        ["voc"] = "write.voc: { set: train, images: copy }",
        ["triplets"] = "write.triplets: { role: gt, names: part, images: copy, taxonomy: classes.csv }",
        ["kaggle_masks"] = "write.kaggle_masks: { images: copy }",
        ["kaggle_rle"] = "write.kaggle_rle: { file: train.csv, class_column: ClassId }",
        ["parquet"] = "write.parquet: { images: embed }",
        ["ytvis"] = "write.ytvis: { file: train.json, frames: copy }",
        ["palette"] = "write.palette: { frames: copy }",
    };

    private readonly TempFolder _folder = new();

    /// <summary>The formats.</summary>
    public static IEnumerable<string> Sources => Writers.Keys.Append("kaggle_classes");

    /// <summary>True when a format's dataset is of videos.</summary>
    public static bool IsVideo(string format) => format is "ytvis" or "palette";

    /// <summary>What a conversion must be told.</summary>
    public static string[] Given(string format) =>
        format == "kaggle_rle" ? ["--read", $"height={HeightPx}", "--read", $"width={WidthPx}"] : [];

    /// <summary>Where a dataset lies.</summary>
    public string PathOf(string format) => _folder[format];

    public async Task InitializeAsync()
    {
        foreach ((string format, string writer) in Writers)
        {
            int frames = IsVideo(format) ? 3 : 1;
            _folder.Write($"{format}.yaml", $$"""
                segpipe: 1
                name: write
                stages:
                  scenes:
                    read.synthetic:
                      { count: 5, crowds: 0, width: {{WidthPx}}, height: {{HeightPx}}, frames: {{frames}} }
                  flat:   { flatten: {} }
                  full:   { drop_empty: {} }
                  out:    { {{writer}} }
                release: { to: {{format}} }
                """);
            CliRun run = await CliRun.InAsync(_folder.Path, "run", $"{format}.yaml", "--quiet");
            Assert.True(run.ExitCode == 0, run.Error);
        }
        string[] photos = Directory.GetFiles(_folder["coco/images"]);
        foreach (string name in (string[])["homer", "lisa"])
        {
            Directory.CreateDirectory(_folder["kaggle_classes/" + name]);
            foreach (string photo in photos.Take(2))
                File.Copy(photo, _folder[$"kaggle_classes/{name}/{Path.GetFileName(photo)}"]);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
