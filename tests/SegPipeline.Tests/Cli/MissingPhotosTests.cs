using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class MissingPhotosTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yolo")]
    [InlineData("coco")]
    public async Task A_conversion_tells_how_many_photos_are_missing_and_the_first(string format)
    {
        WriteSet("a", "b", "c", "d", "e");
        _folder.WritePhoto("set/images/b.jpg", 4, 4);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "set", "out", "--to", format);
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("4 of 5 photos are missing: a.jpg, c.jpg, d.jpg and 1 more.", run.Errors);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task A_single_one_is_told_once()
    {
        WriteSet("a", "b");
        _folder.WritePhoto("set/images/a.jpg", 4, 4);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "set", "out-yolo");
        Assert.Contains("b.jpg: error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("photos are missing", run.Error, StringComparison.Ordinal);
    }

    private void WriteSet(params string[] names)
    {
        string images = string.Join(",", names.Select((name, i) =>
            $$"""{"id":{{i + 1}},"file_name":"{{name}}.jpg","width":4,"height":4}"""));
        _folder.Write("set/all.json", $$"""{"images":[{{images}}],"annotations":[],"categories":[]}""");
    }
}
