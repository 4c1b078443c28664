using System.Text;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>Releases that the engine writes: whatever goes wrong, and whenever, the old one stays whole.</summary>
public sealed class ReleaseOfRunTests : IDisposable
{
    private const int Count = 40;

    private readonly TempFolder _temp = new();
    private readonly string _photo;

    public ReleaseOfRunTests() => _photo = _temp.Write("photos/a.jpg", "jpeg");

    private string Target => _temp["out/set"];

    public void Dispose() => _temp.Dispose();

    private async Task RunAsync(FileWriter writer, MemoryReader? reader = null, int workers = 2,
        Action<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        using ReleaseFolder release = TestRelease.Begin(Target);
        PipelineGraph graph = new Graphs()
            .Add("in", reader ?? MemoryReader.Numbered(Count))
            .Add("out", writer with { Photos = writer.Photos ?? new PhotoFile(_photo) }, "in").Graph;
        var options = new RunOptions { Release = release, Workers = workers, Progress = progress };
        RunResult result = await Graphs.RunAsync(graph, options, cancel);
        release.Publish(TestRelease.Record with { Graph = graph, Result = result }, cancel);
    }

    [Fact]
    public async Task The_bytes_do_not_depend_on_the_number_of_workers()
    {
        await RunAsync(new FileWriter(), workers: 1);
        var one = TestRelease.Contents(Target);
        await RunAsync(new FileWriter(), workers: 8);
        Assert.Equal(one, TestRelease.Contents(Target));
        Assert.Equal(TestRelease.Descriptions + 1 + Count, one.Count);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("encode")]
    [InlineData("append 0")]
    [InlineData("append 5")]
    [InlineData("append 9")]
    [InlineData("finish")]
    public async Task A_writer_that_fails_at_any_point_leaves_the_old_release_as_it_was(string point)
    {
        foreach (Exception failure in (Exception[])[
            new BadDataException(new Problem("TEST", "bad")), new IOException("full"), new ArithmeticException()])
        {
            await RunAsync(new FileWriter());
            var old = TestRelease.Contents(Target);
            await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new FileWriter
            {
                At = p => { if (p == point) throw failure; },
            }));
            AssertOld(old);
        }
    }

    [Fact]
    public async Task A_reader_that_fails_leaves_the_old_release_as_it_was()
    {
        await RunAsync(new FileWriter());
        var old = TestRelease.Contents(Target);
        MemoryReader bad = MemoryReader.Numbered(Count) with
        {
            Make = i => i == 17 ? throw new BadDataException(new Problem("TEST", "bad")) : Samples.Of($"k{i:D4}"),
        };
        await Assert.ThrowsAsync<BadDataException>(() => RunAsync(new FileWriter(), bad));
        AssertOld(old);
    }

    [Fact]
    public async Task A_missing_photo_leaves_the_old_release_as_it_was()
    {
        await RunAsync(new FileWriter());
        var old = TestRelease.Contents(Target);
        await Assert.ThrowsAsync<BadDataException>(() =>
            RunAsync(new FileWriter { Photos = new PhotoFile(_temp["photos/missing.jpg"]) }));
        AssertOld(old);
    }

    [Fact]
    public async Task Photos_are_in_their_place_before_the_datasets_they_are_read_from_are_closed()
    {
        MemoryReader reader = MemoryReader.Numbered(Count);
        var photo = new PhotoOfDataset(reader.Log);
        await RunAsync(new FileWriter { Photos = photo }, reader);
        Assert.Equal(Count, photo.Reads);
        Assert.True(reader.Log.IsClosed);
        Assert.Empty(ReleaseCheck.Verify(Target).Findings);
    }

    [Fact]
    public async Task Cancelling_at_any_commit_leaves_the_old_release_as_it_was()
    {
        await RunAsync(new FileWriter());
        var old = TestRelease.Contents(Target);
        for (int after = 1; after <= 10; after++)
        {
            using var cancel = new CancellationTokenSource();
            int calls = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
                new FileWriter { At = p => { if (p == "append 2") cancel.Cancel(); } },
                progress: _ => { if (++calls == after) cancel.Cancel(); },
                cancel: cancel.Token));
            AssertOld(old);
        }
    }

    [Fact]
    public async Task A_first_run_that_fails_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new FileWriter
        {
            At = p => { if (p == "finish") throw new IOException("full"); },
        }));
        Assert.Empty(TestRelease.Entries(_temp["out"]));
    }

    private void AssertOld(SortedDictionary<string, string> old)
    {
        Assert.Equal(old, TestRelease.Contents(Target));
        Assert.Equal(["set"], TestRelease.Entries(_temp["out"]));
    }

    /// <summary>A photo that is slow to read, and cannot be read when its dataset is closed.</summary>
    private sealed class PhotoOfDataset(ReadLog dataset) : Photo
    {
        private int _reads;

        public int Reads => _reads;

        public override string? FilePath => null;

        public override Stream OpenRead()
        {
            Thread.Sleep(5);
            ObjectDisposedException.ThrowIf(dataset.IsClosed, dataset);
            Interlocked.Increment(ref _reads);
            return new MemoryStream([1, 2, 3]);
        }
    }

    /// <summary>Writes the keys, through a scratch file, and a photo a sample; fails where it is told to.</summary>
    private sealed record FileWriter : Writer
    {
        public Action<string> At { get; init; } = _ => { };

        public Photo? Photos { get; init; }

        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
        {
            At("open");
            return new Output(this, release);
        }

        private sealed class Output(FileWriter writer, IReleaseFolder release) : OpenOutput
        {
            private readonly FileStream _scratch = release.CreateScratchFile();
            private readonly Stream _file = release.CreateFile(ReleaseName.From("keys.txt"));
            private int _appends;

            public override object Encode(IReadOnlyList<Sample> samples)
            {
                writer.At("encode");
                return samples.Select(s => s.Key).ToArray();
            }

            public override void Append(object encoded)
            {
                writer.At($"append {_appends++}");
                foreach (string key in (string[])encoded)
                {
                    _scratch.Write(Encoding.UTF8.GetBytes(key + "\n"));
                    ReleaseName image = ReleaseName.From($"images/{key}.jpg");
                    release.AddPhoto(image, writer.Photos!, MediaTransfer.Copy);
                }
            }

            public override void Finish()
            {
                writer.At("finish");
                _scratch.Position = 0;
                _scratch.CopyTo(_file);
                _file.Dispose();
            }

            public override void Dispose()
            {
                _scratch.Dispose();
                _file.Dispose();
                base.Dispose();
            }
        }
    }
}
