using System.Text;
using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class LvvisBaseNovelPipelineTests
{
    private const string File = "lvvis-base-novel.yaml";
    private const int Videos = 60, Categories = 12;

    [Fact]
    public async Task Both_halves_together_hold_every_object_once_and_records_are_those_of_the_source()
    {
        using var folder = new TempFolder();
        string source = Generate();
        await RunAsync(folder, folder.Write("train.json", source));
        using JsonDocument all = JsonDocument.Parse(source);
        using JsonDocument baseFile = Written(folder, "base"), novelFile = Written(folder, "novel");

        int[] baseIds = Ids(baseFile, "annotations"), novelIds = Ids(novelFile, "annotations");
        Assert.NotEmpty(baseIds);
        Assert.NotEmpty(novelIds);
        Assert.Equal(Ids(all, "annotations").ToHashSet(), baseIds.Concat(novelIds).ToHashSet());
        Assert.Equal(Ids(all, "annotations").Length, baseIds.Length + novelIds.Length);
        Assert.Equal(Ids(all, "categories").Where(id => PartitionOf(id) <= 1), Ids(baseFile, "categories"));
        Assert.Equal(Ids(all, "categories").Where(id => PartitionOf(id) >= 2), Ids(novelFile, "categories"));
        foreach (string list in (string[])["videos", "annotations", "categories"])
            Assert.Empty(Records(baseFile, list).Concat(Records(novelFile, list)).Except(Records(all, list)));
    }

    [Fact]
    public async Task A_video_is_in_the_file_of_a_half_when_it_has_an_object_of_it_or_when_asked_for()
    {
        using var folder = new TempFolder();
        string source = folder.Write("train.json", Generate());
        await RunAsync(folder, source);
        using (JsonDocument novel = Written(folder, "novel"))
        {
            int[] withObjects = [.. novel.RootElement.GetProperty("annotations").EnumerateArray()
                .Select(a => a.GetProperty("video_id").GetInt32()).Distinct().Order(Comparer<int>.Default)];
            Assert.Equal(withObjects, Ids(novel, "videos"));
            Assert.InRange(withObjects.Length, 1, Videos - 1);
        }

        await ShippedPipeline.RunAsync(File, folder["kept"], 2, "--set", "annotations=" + source, "--set",
            "keep_empty=true");
        using JsonDocument kept = JsonDocument.Parse(System.IO.File.ReadAllText(
            Path.Combine(folder["kept"], "annotations", "novel_instances.json")));
        Assert.Equal(Videos, Ids(kept, "videos").Length);
    }

    [RealDataFact]
    public async Task A_file_of_OVIS_with_partitions_is_cut_without_touching_a_record()
    {
        using var folder = new TempFolder();
        string path = Path.Combine(SharedData.Data!, "ytvis", "ovis-3f", "annotations_train.json");
        using JsonDocument ovis = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        int used = ovis.RootElement.GetProperty("annotations")[0].GetProperty("category_id").GetInt32();
        await ShippedPipeline.SameBytesAsync(folder, File, "--set", "annotations=" + path,
            "--set", $"base=id == {used}", "--set", $"novel=id != {used}", "--set", "keep_empty=true");
        string written = System.IO.File.ReadAllText(
            Path.Combine(folder["release-1"], "annotations", "base_instances.json"));
        using JsonDocument cut = JsonDocument.Parse(written);
        string[] expected = [.. ovis.RootElement.GetProperty("annotations").EnumerateArray()
            .Where(a => a.GetProperty("category_id").GetInt32() == used).Select(a => a.GetRawText())];
        Assert.Equal(expected,
            cut.RootElement.GetProperty("annotations").EnumerateArray().Select(a => a.GetRawText()));
    }

    private static Task RunAsync(TempFolder folder, string source) =>
        ShippedPipeline.SameBytesAsync(folder, File, "--set", "annotations=" + source);

    private static JsonDocument Written(TempFolder folder, string half) => JsonDocument.Parse(
        System.IO.File.ReadAllText(Path.Combine(folder["release-1"], "annotations", half + "_instances.json")));

    private static int[] Ids(JsonDocument file, string list) =>
        [.. file.RootElement.GetProperty(list).EnumerateArray().Select(r => r.GetProperty("id").GetInt32())];

    private static IEnumerable<string> Records(JsonDocument file, string list) =>
        file.RootElement.GetProperty(list).EnumerateArray().Select(r => r.GetRawText());

    private static int PartitionOf(int category) => category % 4;

    /// <summary>A file of LV-VIS's shape: back-slash names, compressed strings, no supercategories.</summary>
    private static string Generate()
    {
        var videos = new List<string>();
        var annotations = new List<string>();
        for (int v = 0; v < Videos; v++)
        {
            videos.Add($$"""
                {"license": 1, "height": 10, "width": 20, "length": 2, "id": {{v + 1}},
                 "file_names": ["D:\\x\\JPEGImages\\{{v:D5}}\\00000.jpg", "{{v:D5}}/00005.jpg"]}
                """);
            for (int k = 0; k <= v % 3; k++)
                annotations.Add($$"""
                    {"video_id": {{v + 1}}, "iscrowd": 0, "segmentations": [null, {"size": [10, 20], "counts": "3U6"}],
                     "category_id": {{(5 * v + 7 * k) % Categories + 1}}, "id": {{annotations.Count + 1}}}
                    """);
        }

        IEnumerable<string> categories = Enumerable.Range(1, Categories).Reverse().Select(
            c => $$"""{"id": {{c}}, "name": "cat ({{c}})", "partition": {{PartitionOf(c)}} }""");
        var text = new StringBuilder("{\"info\": {}, \"videos\": [").AppendJoin(", ", videos)
            .Append("], \"categories\": [").AppendJoin(", ", categories)
            .Append("], \"annotations\": [").AppendJoin(", ", annotations).Append("]}");
        return text.ToString();
    }
}
