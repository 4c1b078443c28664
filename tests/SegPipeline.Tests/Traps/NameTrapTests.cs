using SegPipeline.Imaging;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>File names in a dataset that lead somewhere else, or that some system cannot store.</summary>
public sealed class NameTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new()
    {
        Reader = "read.coco: { annotations: in.json, images: img }",
        Look = "",
        Writer = "write.coco: { file: out.json, images: copy }",
    };

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("traversal", "../secret.jpg",
        "expected a file name within the folder of pictures, '../secret.jpg' has the part '..'; rename the file in " +
        "the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("traversal below", "x/../../secret.jpg",
        "expected a file name within the folder of pictures, 'x/../../secret.jpg' has the part '..'; rename the " +
        "file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("traversal back-slash", "..\\\\secret.jpg",
        "expected a file name within the folder of pictures, '../secret.jpg' has the part '..'; rename the file in " +
        "the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("absolute", "/etc/passwd",
        "expected a file name within the folder of pictures, '/etc/passwd' is absolute; rename the file in the " +
        "source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("drive", "C:\\\\secret.jpg",
        "expected a file name within the folder of pictures, 'C:/secret.jpg' has a colon (a drive, a stream or an " +
        "address); rename the file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("drive relative", "C:secret.jpg",
        "expected a file name within the folder of pictures, 'C:secret.jpg' has a colon (a drive, a stream or an " +
        "address); rename the file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("UNC", "\\\\\\\\host\\\\share\\\\secret.jpg",
        "expected a file name within the folder of pictures, '//host/share/secret.jpg' is absolute; rename the " +
        "file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("stream", "a.jpg:hidden",
        "expected a file name within the folder of pictures, 'a.jpg:hidden' has a colon (a drive, a stream or an " +
        "address); rename the file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("address", "http://host/a.jpg",
        "expected a file name within the folder of pictures, 'http://host/a.jpg' has a colon (a drive, a stream or " +
        "an address); rename the file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("NUL", "a\\u0000.jpg",
        "expected a file name within the folder of pictures, 'a\\u0000.jpg' has a NUL; rename the file in the " +
        "source, or leave the folder of pictures out [UNSAFE_NAME]")]
    public Task A_name_that_leads_out_of_the_folder_of_pictures_rejects_its_image(
        string row, string name, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("secret.jpg", "secret");
        _trap.Files.Write("img/b.jpg", "b");
        return WithName(name).RejectsAsync("in.json: error: image 7: " + fault, stage: "in",
            key: System.Text.Json.JsonDocument.Parse($"\"{name}\"").RootElement.GetString()!.Replace('\\', '/'));
    }

    [Theory]
    [InlineData("device", "img/con.jpg",
        "segpipe: error: one of samples 'b.jpg' to 'img/con.jpg' in stage 'out': the file name 'img/con.jpg' has " +
        "the part 'con.jpg', a device name on Windows; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("trailing dot", "img./a.jpg",
        "segpipe: error: one of samples 'b.jpg' to 'img./a.jpg' in stage 'out': the file name 'img./a.jpg' has the " +
        "part 'img.', which ends in a dot or blank; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("trailing blank", "a.jpg ",
        "segpipe: error: one of samples 'b.jpg' to 'a.jpg ' in stage 'out': the file name 'a.jpg ' has the part " +
        "'a.jpg ', which ends in a dot or blank; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("control", "a\\nb.jpg",
        "segpipe: error: one of samples 'b.jpg' to 'a\\u000ab.jpg' in stage 'out': the file name 'a\\u000ab.jpg' " +
        "has the control character U+000A; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("empty part", "x//a.jpg",
        "segpipe: error: one of samples 'b.jpg' to 'x//a.jpg' in stage 'out': the file name 'x//a.jpg' has an " +
        "empty part; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("dots part", ".../a.jpg",
        "segpipe: error: one of samples 'b.jpg' to '.../a.jpg' in stage 'out': the file name '.../a.jpg' has the " +
        "part '...', which ends in a dot or blank; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("escape", "\\u001b[31m.jpg",
        "segpipe: error: one of samples 'b.jpg' to '\\u001b[31m.jpg' in stage 'out': the file name " +
        "'\\u001b[31m.jpg' has the control character U+001B; rename the file in the source [UNSAFE_NAME]")]
    [InlineData("dot part", "./a.jpg",
        "segpipe: error: one of samples 'b.jpg' to './a.jpg' in stage 'out': the file name './a.jpg' has the part " +
        "'.'; rename the file in the source [UNSAFE_NAME]")]
    public Task A_name_that_some_system_cannot_store_stops_the_writer(string row, string name, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("img/b.jpg", "b");
        return WithName(name).StopsAsync(fault);
    }

    [Fact]
    public Task A_name_too_long_for_file_systems_stops_the_writer()
    {
        _trap.Files.Write("img/b.jpg", "b");
        string name = new string('x', 252) + ".jpg";
        return WithName(name).StopsAsync(
            $"segpipe: error: one of samples 'b.jpg' to '{name}' in stage 'out': the file name '{name}' has a part " +
            "of more than 255 bytes; rename the file in the source [UNSAFE_NAME]");
    }

    [Theory]
    [InlineData("case", "B.JPG",
        "segpipe: error: stage 'out': 'images/B.JPG' cannot be written: the release already has 'images/b.jpg', " +
        "which some file systems take for the same name; rename one in the source, or write them to different " +
        "folders [NAME_COLLISION]")]
    [InlineData("file as folder", "b.jpg/a.jpg",
        "segpipe: error: stage 'out': 'images/b.jpg/a.jpg' cannot be written: 'images/b.jpg' is already a file of " +
        "the release; rename one in the source, or write them to different folders [NAME_COLLISION]")]
    public Task Names_that_some_system_takes_for_one_stop_the_writer(string row, string name, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("img/b.jpg", "b");
        return WithName(name).StopsAsync(fault);
    }

    [Fact]
    public Task Names_that_differ_in_Unicode_form_stop_the_writer()
    {
        _trap.Files.Write("img/\u00e9.jpg", "a");
        _trap.Files.Write("img/e\u0301.jpg", "b");
        return _trap.WithJson("""
            {"images": [{"id": 7, "file_name": "\u00e9.jpg"}, {"id": 8, "file_name": "e\u0301.jpg"}]}
            """).StopsAsync(
                "segpipe: error: stage 'out': 'images/é.jpg' cannot be written: the release already has " +
                "'images/é.jpg', which some file systems take for the same name; rename one in the source, or " +
                "write them to different folders [NAME_COLLISION]");
    }

    [Theory]
    [InlineData("composed in the file, apart on disk", "\u00e9/\u00fc.jpg", "e\u0301/u\u0308.jpg")]
    [InlineData("apart in the file, composed on disk", "u\u0308.jpg", "\u00fc.jpg")]
    public async Task A_picture_whose_accents_are_written_otherwise_on_disk_is_found(
        string row, string name, string onDisk)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("img/b.jpg", "b");
        _trap.Files.Write("img/" + onDisk, "picture");
        Assert.Contains($"\"{name}\"", await WithName(name).PassesAsync(), StringComparison.Ordinal);
        Assert.Equal("picture", await File.ReadAllTextAsync(_trap.Files["out/images/" + name]));
    }

    [Fact]
    public async Task A_label_image_and_its_picture_meet_however_their_accents_are_written()
    {
        _trap.Files.WriteGrey("labels/e\u0301.png", "12");
        byte[] picture = new PngCodec().Encode(new RgbPixels(2, 1, new byte[6]));
        _trap.Files.WriteBytes("img/\u00e9.png", picture);
        _trap.Reader = "read.label_maps: { labels: labels, images: img }";
        _trap.Writer = "write.label_maps: { images: copy }";
        await _trap.PassesAsync();
        Assert.Equal(picture, await File.ReadAllBytesAsync(_trap.Files["out/images/\u00e9.png"]));
    }

    [Fact]
    public async Task A_name_that_an_unpacker_left_in_another_encoding_is_told()
    {
        if (OperatingSystem.IsWindows()) return;
        // e with acute in code page 437, as unzip leaves it without -O.
        await ToolRun.InAsync(_trap.Files.Path, new Dictionary<string, string>(), "sh", "-c",
            "mkdir labels; : > labels/$(printf '\\202').png");
        _trap.Reader = "read.label_maps: { labels: labels }";
        _trap.Writer = "write.label_maps: {}";
        await _trap.StopsAsync("labels: error: stage 'in': expected file names in UTF-8, found one that is not: " +
            "'\uFFFD.png'; unpack the archive again with the encoding of its names (e.g. unzip -O CP437), or rename " +
            "the file [NAME_ENCODING]");
        await ToolRun.InAsync(_trap.Files.Path, new Dictionary<string, string>(), "rm", "-r", "labels");
    }

    [Theory]
    [InlineData("percent", "%2e%2e/a.jpg")]
    [InlineData("hidden", ".a.jpg")]
    [InlineData("tilde", "~/a.jpg")]
    [InlineData("dollar", "${HOME}/$a.jpg")]
    public async Task A_name_that_only_looks_odd_is_taken_as_it_is(string row, string name)
    {
        Assert.NotEmpty(row);
        _trap.Files.Write("img/b.jpg", "b");
        _trap.Files.Write("img/" + name, "a");
        await WithName(name).PassesAsync();
        Assert.Equal("a", await File.ReadAllTextAsync(_trap.Files["out/images/" + name]));
    }

    [Fact]
    public async Task A_link_in_the_folder_of_pictures_brings_its_bytes_and_no_link()
    {
        _trap.Files.Write("elsewhere.jpg", "linked");
        _trap.Files.Write("img/b.jpg", "b");
        File.CreateSymbolicLink(_trap.Files["img/a.jpg"], _trap.Files["elsewhere.jpg"]);
        await WithName("a.jpg").PassesAsync();
        var copied = new FileInfo(_trap.Files["out/images/a.jpg"]);
        Assert.Null(copied.LinkTarget);
        Assert.Equal("linked", await File.ReadAllTextAsync(copied.FullName));
    }

    private TrapFolder WithName(string name) => _trap.WithJson($$"""
        {"images": [{"id": 8, "file_name": "b.jpg"}, {"id": 7, "file_name": "{{name}}"}]}
        """);
}
