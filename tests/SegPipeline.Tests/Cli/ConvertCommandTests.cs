using System.Security.Cryptography;
using SegPipeline.Cli.Commands;
using SegPipeline.Cli.Converting;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class ConvertCommandTests(ConvertibleDatasets datasets) : IClassFixture<ConvertibleDatasets>, IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string source in ConvertibleDatasets.Sources)
                foreach (ConversionTarget target in ConversionTarget.All)
                    pairs.Add(source, target.Format);
            return pairs;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Every_format_becomes_every_other_or_says_why_not(string source, string target)
    {
        CliRun run = await ConvertAsync(source, target);
        if (Refusal(source, ConversionTarget.Find(target)!) is { } sentence)
        {
            Assert.Equal(65, run.ExitCode);
            Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["out"]));
            return;
        }
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "verify", "out")).ExitCode);
        // YOLO is only written; everything else is read back as what it was to be.
        if (target == "yolo") return;
        Assert.Equal(target, SegPipeline.Detection.DatasetDetection.Detect(_folder["out"]).Best().Format);
        if (source == "kaggle_classes") return;
        var common = ConvertedContent.Of(source, target);
        string[] before = ConvertedContent.Read(datasets.PathOf(source), common);
        Assert.NotEmpty(before);
        Assert.Equal(before, ConvertedContent.Read(_folder["out"], common));
    }

    [Theory]
    [InlineData("ytvis", "palette")]
    [InlineData("coco", "yolo")]
    [InlineData("triplets", "coco")]
    [InlineData("kaggle_rle", "coco")]
    public async Task The_pipeline_that_is_saved_checks_clean_and_gives_the_same_bytes(string source, string target)
    {
        Assert.Equal(0, (await ConvertAsync(source, target, "--save-pipeline", "sub/p.yaml")).ExitCode);
        string first = Digest("out");
        CliRun check = await CliRun.InAsync(_folder.Path, "check", "sub/p.yaml", "--inputs");
        Assert.True(check.ExitCode == 0, check.Error);
        Directory.Delete(_folder["out"], recursive: true);
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "sub/p.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(first, Digest("out"));
    }

    [Fact]
    public async Task Videos_come_back_from_images_of_folders()
    {
        Assert.Equal(0, (await ConvertAsync("palette", "coco")).ExitCode);
        CliRun back = await CliRun.InAsync(_folder.Path, "convert", "out", "back-palette", "--quiet");
        Assert.True(back.ExitCode == 0, back.Error);
        string[] masks = Files(datasets.PathOf("palette"), "*.png");
        Assert.NotEmpty(masks);
        Assert.Equal(masks, Files(_folder["back-palette"], "*.png"));
    }

    [Fact]
    public async Task What_is_inserted_is_told_with_its_cost()
    {
        CliRun run = await CliRun.InAsync(_folder.Path,
            "convert", datasets.PathOf("ytvis"), "out-yolo", "--photos", "none");
        Assert.Contains("to_frames: every frame becomes an image", run.Out, StringComparison.Ordinal);
        Assert.Contains("to_polygons: masks become polygons", run.Out, StringComparison.Ordinal);
        Assert.Contains("write.yolo: not kept: crowds", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out-yolo/images"]));
    }

    [Fact]
    public void The_page_about_converting_tells_of_every_format_what_is_not_kept()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Root, "docs", "converting.md"));
        foreach (ConversionTarget target in ConversionTarget.All)
            Assert.Matches($@"(?m)^\| `{target.Format}` \|.*\| {target.Loses} \|$", page);
    }

    [Fact]
    public async Task A_format_that_nobody_names_is_asked_for()
    {
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", datasets.PathOf("coco"), "out");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("say with --to which format to write: coco, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_that_is_there_is_overwritten_only_when_told()
    {
        _folder.Write("p.yaml", "years of work");
        CliRun run = await ConvertAsync("coco", "voc", "--save-pipeline", "p.yaml");
        Assert.Equal((2, "years of work"), (run.ExitCode, File.ReadAllText(_folder["p.yaml"])));
        run = await ConvertAsync("coco", "voc", "--save-pipeline", "p.yaml", "--force");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("# coco as voc", File.ReadAllText(_folder["p.yaml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_reader_lacks_is_told_with_what_it_was_probably_meant_to_be()
    {
        CliRun run = await ConvertAsync("coco", "voc", "--read", "imagse=photos");
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("unknown key 'imagse' in read.coco", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_writer_lacks_is_told_with_the_option_that_gave_it()
    {
        CliRun run = await ConvertAsync("coco", "yolo", "--write", "splitt=val");
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("--write: error: unknown key 'splitt' in write.yolo", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set palette: grey, or ids: dense", true)]
    [InlineData("put the photos there, or set images: none", true)]
    [InlineData("download them, or put the dataset there", false)]
    [InlineData(null, false)]
    public void Only_a_remedy_that_asks_for_a_key_is_explained(string? remedy, bool asks) =>
        Assert.Equal(asks, ConvertCommand.AsksForKey(remedy));

    [Fact]
    public async Task A_key_that_a_stage_asks_to_be_set_can_be_set_on_the_command_line()
    {
        _folder.WriteGrey("davis/Annotations/bear/00000.png", "0V");
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "davis", "out-palette");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("set palette: grey, or ids: dense", run.Error, StringComparison.Ordinal);
        Assert.Contains("Keys of the writer are set with --write KEY=VALUE", run.Error, StringComparison.Ordinal);
        run = await CliRun.InAsync(_folder.Path, "convert", "davis", "out-palette", "--write", "palette=grey");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Theory]
    [InlineData("<out> is empty; name a path", "")]
    [InlineData("'train' and 'Train' are the same part", "out-yolo", "--split", "train,Train")]
    [InlineData("'val' and 'validation' are the same part", "out-yolo", "--split", "val,train,validation")]
    [InlineData("sub: error: there is a folder of this name; choose another name",
        "out-yolo", "--save-pipeline", "sub", "--force")]
    public async Task What_cannot_be_meant_is_a_fault_of_the_command_line(string message, params string[] args)
    {
        Directory.CreateDirectory(_folder["sub"]);
        CliRun run = await CliRun.InAsync(_folder.Path, ["convert", datasets.PathOf("coco"), .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal([_folder["sub"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("<path> is empty; name a path", "")]
    [InlineData("--html takes a file, and '.' is a folder", "coco", "--html", ".")]
    public async Task What_cannot_be_inspected_is_told_before_anything_is_read(string message, params string[] args)
    {
        CliRun run = await CliRun.InAsync(Path.GetDirectoryName(datasets.PathOf("coco"))!, ["inspect", .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images/é.jpg", "images/e\u0301.jpg", "out-yolo/images/train/é.jpg")]
    [InlineData("images\\\\a.jpg", "images/a.jpg", "out-yolo/images/train/a.jpg")]
    public async Task Photos_are_found_whatever_slashes_and_accents_their_names_have(
        string recorded, string onDisk, string released)
    {
        WriteCoco(recorded);
        _folder.WritePhoto(onDisk, 4, 4);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "a.json", "out-yolo");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(_folder[released]));
    }

    [Theory]
    [InlineData("sets/one", "sets/one/")]
    [InlineData("sets/one/a.json", "sets")]
    public async Task A_dataset_is_not_replaced_by_what_it_is_converted_to(string source, string release)
    {
        WriteCoco("a.jpg");
        Directory.CreateDirectory(_folder["sets/one"]);
        File.Move(_folder["a.json"], _folder["sets/one/a.json"]);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", source, release, "--to", "coco");
        Assert.Equal((2, $"{release}: error: what is to be converted lies in it and would be replaced; " +
            "name another folder\n"), (run.ExitCode, run.Error));
        Assert.True(File.Exists(_folder["sets/one/a.json"]));
    }

    [Fact]
    public async Task That_no_photos_were_found_is_told_unless_none_are_wanted()
    {
        WriteCoco("a.jpg");
        const string told = "no photos were found; --read images=FOLDER brings them along";
        Assert.Contains(told, (await CliRun.InAsync(_folder.Path, "convert", "a.json", "out-yolo")).Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain(told,
            (await CliRun.InAsync(_folder.Path, "convert", "a.json", "out-yolo", "--photos", "none")).Out,
            StringComparison.Ordinal);
        CliRun inspect = await CliRun.InAsync(_folder.Path, "inspect", "a.json", "--photos");
        Assert.Equal((65, "a.json: error: --photos has none to look at; give their folder with " +
            "--read images=FOLDER\n"), (inspect.ExitCode, inspect.Error));
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("ytvis")]
    public async Task Tables_come_back_with_the_photos_they_have_and_without_those_they_lack(string source)
    {
        IEnumerable<string> Photos(string name) =>
            Directory.EnumerateFiles(_folder[name], "*.jpg", SearchOption.AllDirectories);
        string path = datasets.PathOf(source);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "convert", path, "none-parquet", "--photos", "none"))
            .ExitCode);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "none-parquet", "none", "--to", source);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("no photos were found; --read images=FOLDER", run.Out, StringComparison.Ordinal);
        Assert.Empty(Photos("none"));
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, "convert", path, "all-parquet")).ExitCode);
        run = await CliRun.InAsync(_folder.Path, "convert", "all-parquet", "all", "--to", source);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("no photos", run.Out, StringComparison.Ordinal);
        Assert.NotEmpty(Photos("all"));
    }

    [Fact]
    public async Task A_photo_that_is_missing_is_told_with_how_to_go_without()
    {
        WriteCoco("a.jpg");
        Directory.CreateDirectory(_folder["p"]);
        string[] command = ["convert", "a.json", "out-yolo", "--read", "images=p", "--photos"];
        CliRun run = await CliRun.InAsync(_folder.Path, [.. command, "copy"]);
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("With --photos none it is done without photos.", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.InAsync(_folder.Path, [.. command, "none"])).ExitCode);
    }

    [Fact]
    public async Task A_pipeline_file_is_run_and_not_converted()
    {
        _folder.Write("p.yaml", "segpipe: 1\nname: p\nstages:\n  a: { read.synthetic: {} }\n" +
            "  b: { write.coco: { file: a.json } }\nrelease: { to: out }\n");
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "p.yaml", "out", "--to", "voc");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("use 'segpipe run'", run.Error, StringComparison.Ordinal);
    }

    private static string? Refusal(string source, ConversionTarget target) =>
        source == "kaggle_classes" && target.NeedsMasks ? "class folders have no masks"
        : source == "kaggle_classes" && target.Kind == SampleKind.Video ? "class folders hold single photos"
        : source == "kaggle_rle" && target.NeedsPhotos ? "no photos were found"
        : target.Kind == SampleKind.Video && !ConvertibleDatasets.IsVideo(source)
            ? "no folders tell which of these images"
        : null;

    private Task<CliRun> ConvertAsync(string source, string target, params string[] further) => CliRun.InAsync(
        _folder.Path,
        ["convert", datasets.PathOf(source), "out", "--to", target, "--quiet", .. ConvertibleDatasets.Given(source),
            .. further]);

    private string Digest(string release) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder[release + "/SHA256SUMS"])));

    private void WriteCoco(string fileName) => _folder.Write("a.json",
        $$"""{"images": [{"id": 1, "file_name": "{{fileName}}", "width": 4, "height": 4}], "annotations": """ +
        """[{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 2, 2], "area": 4, "segmentation": """ +
        """[[0, 0, 2, 0, 2, 2]], "iscrowd": 0}], "categories": [{"id": 1, "name": "cat"}]}""");

    private static string[] Files(string folder, string pattern) =>
    [
        .. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetFileName(f) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
    ];
}
