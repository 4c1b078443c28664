using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class InputDigestsTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static RunResult Result(params (string, string)[] inputs) =>
        new(new Ledger([])) { InputFiles = [.. inputs] };

    [Fact]
    public async Task Every_input_of_the_run_gets_its_digest_begun_or_not_in_the_run_s_order()
    {
        string a = _temp.Write("a", "abc");
        string b = _temp.Write("b", "");
        using var digests = new InputDigests();
        digests.Begin(Graph(new OneFile { File = InputPath.Of(b), Folder = InputPath.Of(_temp.Path) }));
        var inputs = await digests.CompleteAsync(Result(("x", b), ("y", a), ("z", b)), default);
        Assert.Equal(["x", "y", "z"], inputs.Select(i => i.Node));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", inputs[1].Digest.Sha256);
        Assert.Equal(inputs[0].Digest, inputs[2].Digest);
        Assert.Equal(3, inputs[1].Digest.SizeBytes);
    }

    [Fact]
    public async Task Of_an_input_that_is_a_link_the_file_at_its_end_counts()
    {
        string file = _temp.Write("data/a", "abc");
        File.CreateSymbolicLink(_temp["b"], file);
        File.CreateSymbolicLink(_temp["c"], _temp["b"]);
        using var digests = new InputDigests();
        var inputs = await digests.CompleteAsync(Result(("x", _temp["c"])), default);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", inputs[0].Digest.Sha256);
        using var more = new InputDigests();
        more.Begin(Graph(new OneFile { File = InputPath.Of(_temp["c"]) }));
        while (!more.IsDone(_temp["c"])) await Task.Yield();
        File.AppendAllText(file, "d");
        var failure = await Assert.ThrowsAsync<BadDataException>(() =>
            more.CompleteAsync(Result(("x", _temp["c"])), default));
        Assert.Equal("INPUT_CHANGED", failure.Problems[0].Code);
    }

    [Fact]
    public async Task An_input_that_changes_while_it_is_read_is_told()
    {
        string path = _temp.Write("a", "abc");
        using var digests = new InputDigests();
        digests.Begin(Graph(new OneFile { More = [InputPath.Of(path)] }));
        while (!digests.IsDone(path)) await Task.Yield();
        File.AppendAllText(path, "d");
        var failure = await Assert.ThrowsAsync<BadDataException>(() =>
            digests.CompleteAsync(Result(("x", path)), default));
        Assert.Equal(("INPUT_CHANGED", path), (failure.Problems[0].Code, failure.Problems[0].File));
    }

    [Fact]
    public async Task An_input_that_vanishes_is_told()
    {
        using var digests = new InputDigests();
        var failure = await Assert.ThrowsAsync<BadDataException>(() =>
            digests.CompleteAsync(Result(("x", _temp["nowhere"])), default));
        Assert.Equal("FILE_UNREADABLE", failure.Problems[0].Code);
    }

    [Fact]
    public void Names_of_inputs_do_not_depend_on_where_the_data_lies()
    {
        FileDigest none = new(0, "");
        var names = InputNames.Of([
            new("a", "/mnt/x/coco/instances.json", none),
            new("b", "/mnt/x/davis/Masks/one/0.png", none),
            new("b", "/mnt/x/davis/Masks/two/0.png", none),
            new("b", "/mnt/x/davis/Masksmeta.json", none)]).Select(n => n.Name);
        Assert.Equal(["instances.json", "Masks/one/0.png", "Masks/two/0.png", "Masksmeta.json"], names);
    }

    private static PipelineGraph Graph(Stage stage) => new("g", 0, [new GraphNode("x", stage, [])]);

    private sealed record OneFile : Reader
    {
        public InputPath? File { get; init; }

        public InputPath? Folder { get; init; }

        public IReadOnlyList<InputPath> More { get; init; } = [];

        public override OpenDataset Open(StageContext context) => throw new NotSupportedException();
    }
}
