using System.Text.Json;
using SegPipeline.Imaging;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class SimpsonsCocoPipelineTests
{
    [Fact]
    public async Task The_first_photos_of_each_class_by_number_are_the_dataset_and_the_others_test_images()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["pic_10", "pic_9", "pic_2"])
            foreach (string character in (string[])["bart_simpson", "homer_simpson"])
                Photo(folder, $"set/{character}/{name}.jpg");
        folder.Write("set/bart_simpson/pic_0001.jpg", "no photo");
        folder.Write("set/.DS_Store", "x");
        await ShippedPipeline.SameBytesAsync(
            folder, "simpsons-coco.yaml", "--set", $"root={folder["set"]}", "--set", "count=2");
        string release = folder["release-1"];
        JsonElement coco = JsonDocument.Parse(File.ReadAllBytes(release + "/instances.json")).RootElement;
        Assert.Equal(["bart_simpson/pic_2.jpg", "homer_simpson/pic_2.jpg", "homer_simpson/pic_9.jpg"],
            coco.GetProperty("images").EnumerateArray().Select(i => i.GetProperty("file_name").GetString()!));
        Assert.Equal([1, 2, 2],
            coco.GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("category_id").GetInt32()));
        Assert.Equal(3, Directory.GetFiles(release + "/img", "*.jpg", SearchOption.AllDirectories).Length);
        Assert.Equal(3, Directory.GetFiles(release + "/test_images", "*.jpg", SearchOption.AllDirectories).Length);
        Assert.Contains("MEDIA_FORMAT", File.ReadAllText(release + "/rejects.jsonl"), StringComparison.Ordinal);
        Assert.Contains("1 left by macOS", File.ReadAllText(release + "/MANIFEST.json"), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task The_sign_language_digits_are_parted_into_a_dataset_and_test_images()
    {
        using var folder = new TempFolder();
        string root = Path.Combine(SharedData.Data!, "kaggle", "sign-language-digits", "Dataset");
        await ShippedPipeline.SameBytesAsync(
            folder, "simpsons-coco.yaml", "--set", $"root={root}", "--set", "count=5");
        int all = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Length;
        string release = folder["release-2"];
        Assert.Equal(25, Directory.GetFiles(release + "/img", "*", SearchOption.AllDirectories).Length);
        Assert.Equal(all - 25, Directory.GetFiles(release + "/test_images", "*", SearchOption.AllDirectories).Length);
    }

    private static void Photo(TempFolder folder, string name)
    {
        string path = folder.Write(name, "");
        File.WriteAllBytes(path, new JpegCodec(quality: 90).Encode(new RgbPixels(4, 3, new byte[36])));
    }
}
