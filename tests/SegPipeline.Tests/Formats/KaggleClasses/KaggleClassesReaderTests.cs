using SegPipeline.Formats.KaggleClasses;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleClasses;

public sealed class KaggleClassesReaderTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_folder_is_the_category_and_the_box_the_whole_picture()
    {
        Photo("homer/pic_1.png", widthPx: 7, heightPx: 5);
        Photo("bart/pic_1.png", widthPx: 4, heightPx: 3);
        using OpenDataset dataset = Open();
        Assert.Equal(["bart/pic_1.png", "homer/pic_1.png"], dataset.Plan.Select(p => p.Key));
        Assert.Equal(["1 bart", "2 homer"], dataset.Info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}"));
        Sample homer = dataset.Read(1);
        Assert.Equal((7, 5), (homer.Frame.WidthPx, homer.Frame.HeightPx));
        Instance instance = Assert.Single(homer.Instances);
        Assert.Equal("2", instance.CategoryId!.Value.JsonText);
        Assert.Equal(new Box(0, 0, 7, 5), instance.Box);
        Assert.Equal(35, instance.AreaPx);
        Assert.False(instance.Segmentation.HasMask);
        Assert.True(File.Exists(homer.Frame.Photo!.FilePath));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_plan_is_in_ordinal_order_and_classes_whose_names_begin_alike_stay_apart()
    {
        foreach (string name in (string[])["a/pic_9.png", "a/pic_10.png", "a b/x.png", "a-b/x.png", "A/x.png"])
            Photo(name);
        using OpenDataset dataset = Open();
        Assert.Equal(["A/x.png", "a b/x.png", "a-b/x.png", "a/pic_10.png", "a/pic_9.png"],
            dataset.Plan.Select(p => p.Key));
        Assert.Equal(["A", "a", "a b", "a-b"], dataset.Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Equal(["1", "3", "4", "2", "2"],
            Enumerable.Range(0, 5).Select(i => dataset.Read(i).Instances[0].CategoryId!.Value.JsonText));
    }

    [Fact]
    public void Images_have_no_instances_where_only_the_folder_is_to_tell()
    {
        Photo("a/x.png");
        using OpenDataset dataset = Open(stage => stage with { Instance = ClassInstance.None });
        Assert.Empty(dataset.Read(0).Instances);
        Assert.Single(dataset.Info.Taxonomy.Categories);
    }

    [Fact]
    public void Extensions_count_in_any_case_and_what_is_no_photo_is_told()
    {
        Photo("a/x.PNG");
        _temp.Write("set/a/notes.txt", "x");
        _temp.Write("set/a/.DS_Store", "x");
        _temp.Write("set/a/empty.png", "");
        _temp.Write("set/a/deeper/y.png", "x");
        Photo("loose.png");
        using OpenDataset dataset = Open();
        Assert.Equal(["a/x.PNG"], dataset.Plan.Select(p => p.Key));
        Assert.Equal(2, _warnings.Count);
        string junk = "passed over 4 of 6 files in 'set': 1 left by macOS, 1 without bytes, " +
            "1 with another extension, 1 that are folders deeper";
        Assert.Contains(junk, _warnings[0], StringComparison.Ordinal);
        Assert.Contains("passed over 1 photo in 'set' itself", _warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_photo_is_an_error_of_its_image()
    {
        Photo("a/x.png");
        _temp.Write("set/a/y.png", "what is this");
        using OpenDataset dataset = Open();
        Assert.Equal("a/x.png", dataset.Read(0).Key);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => dataset.Read(1)).Problems);
        Assert.Equal("MEDIA_FORMAT", problem.Code);
        Assert.EndsWith("a/y.png", problem.File!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.png", "found 1 photo without one")]
    [InlineData("a/b/x.png", "found only folders within folders")]
    [InlineData("a/x.txt", "found none")]
    public void A_folder_without_class_folders_is_refused(string name, string part)
    {
        Photo(name);
        var thrown = Assert.Throws<BadDataException>(() => Open());
        Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("name the folder whose folders are the classes", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_without_a_dot_is_refused() => Assert.Equal(
        ["an extension begins with a dot, found 'jpg'"],
        new KaggleClassesReader { Root = InputPath.Of("x"), Extensions = ["jpg"] }.Check());

    [RealDataFact]
    public void The_sign_language_digits_are_read()
    {
        string root = Path.Combine(SharedData.Data!, "kaggle", "sign-language-digits", "Dataset");
        using OpenDataset dataset = Open(stage => stage with { Root = InputPath.Of(root) });
        Assert.Equal(["0", "1", "2", "3", "4"], dataset.Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Equal(Directory.GetFiles(root, "*.JPG", SearchOption.AllDirectories).Length, dataset.Plan.Count);
        Assert.All(Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read),
            sample => Assert.Equal((100, 100), (sample.Frame.WidthPx, sample.Frame.HeightPx)));
    }

    private OpenDataset Open(Func<KaggleClassesReader, KaggleClassesReader>? change = null)
    {
        var stage = new KaggleClassesReader { Root = new InputPath("set", _temp["set"]) };
        if (change is not null) stage = change(stage);
        Assert.Empty(stage.Check());
        return stage.Open(new StageContext("stage", Seed: 7) { Warn = _warnings.Add });
    }

    private void Photo(string name, int widthPx = 2, int heightPx = 2)
    {
        string path = _temp.Write("set/" + name, "");
        var pixels = new RgbPixels(widthPx, heightPx, new byte[3 * widthPx * heightPx]);
        File.WriteAllBytes(path, new PngCodec().Encode(pixels));
    }
}
