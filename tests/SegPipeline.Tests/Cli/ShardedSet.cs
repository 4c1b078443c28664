using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A small dataset whose run is divided into shards: ten chunks.</summary>
internal sealed class ShardedSet : IDisposable
{
    public const int Images = 300;

    private readonly CocoSet _set = new(Images);

    public ShardedSet()
    {
        _set.Write("all: { read.coco: { annotations: instances.json, images: photos } }",
            "some: { sample: { count: 250, stratify: category } }",
            "out: { write.coco: { file: set.json, images: copy, ids: dense } }");
        for (int i = 1; i <= Images; i++) _set.WriteFile($"photos/{i}.jpg", $"photo {i}");
    }

    /// <summary>The dataset and its pipeline.</summary>
    public CocoSet Set => _set;

    public string this[string name] => _set[name];

    public void Dispose() => _set.Dispose();

    /// <summary>The command line of a shard.</summary>
    public static string[] WordsOf(int index, int of) =>
        ["shard", "p.yaml", "--plan", "plan.json", "--index", $"{index}", "--of", $"{of}", "--to", "out"];

    public Task<CliRun> FreezeAsync() => OkAsync("plan", "p.yaml", "--freeze", "plan.json");

    public Task<CliRun> TryShardAsync(int index, int of) => _set.RunAsync(WordsOf(index, of));

    public Task<CliRun> ShardAsync(int index, int of) => OkAsync(WordsOf(index, of));

    public async Task ShardAllAsync(int of)
    {
        for (int index = 0; index < of; index++) await ShardAsync(index, of);
    }

    public Task<CliRun> MergeAsync() => _set.RunAsync("merge", "p.yaml", "--plan", "plan.json", "--to", "out");

    /// <summary>The folder of all shards of the only plan.</summary>
    public string Root() => Directory.GetDirectories(_set.Path, ".out.shards-*").Single();

    public string FolderOf(int index, int of) => Path.Combine(Root(), $"{index}-of-{of}");

    public string JournalOf(int index, int of) => Path.Combine(FolderOf(index, of), "journal");

    /// <summary>Writes a dataset of an image and its mask, for <c>read.kaggle_masks</c>: <c>cells</c>.</summary>
    public void WriteCell()
    {
        foreach (string name in (string[])["cells/a/images/a.png", "cells/a/masks/m.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_set[name])!);
            File.WriteAllBytes(_set[name], PngWriter.EncodeGrey(
                LabelPngs.Pixels("01/10", LabelPngs.Labels("01/10")), PngCompression.Fastest));
        }
    }

    public async Task<CliRun> OkAsync(params string[] arguments)
    {
        CliRun run = await _set.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
