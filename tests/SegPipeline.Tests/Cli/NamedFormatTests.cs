using System.Text.Json;
using SegPipeline.Detection;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>Who names the format gets the dataset read, or is told what the format misses.</summary>
public sealed class NamedFormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_label_images_alone_is_read_when_it_is_said_to_be_one()
    {
        _folder.WriteGrey("maps/a.png", "11/02");
        _folder.WriteGrey("maps/b.png", "33/30");
        CliRun silent = await CliRun.InAsync(_folder.Path, "inspect", "maps");
        Assert.Equal(65, silent.ExitCode);
        Assert.Contains("say so with --format label_maps", silent.Error, StringComparison.Ordinal);

        CliRun named = await CliRun.InAsync(_folder.Path, "inspect", "maps", "--format", "label_maps", "--json");
        Assert.True(named.ExitCode == 0, named.Error);
        JsonElement found = JsonDocument.Parse(named.Out).RootElement;
        Assert.Equal((2, 3), (found.GetProperty("images").GetInt32(), found.GetProperty("instances").GetInt32()));
    }

    [Fact]
    public async Task Its_pictures_are_found_beside_it_and_its_parts_by_their_names()
    {
        _folder.WritePhoto("set/images/a.jpg", 2, 2);
        _folder.WriteGrey("set/guesses/a.png", "11/02");
        DetectedDatasets found = DatasetDetection.Detect(_folder["set/guesses"]).OfFormat("label_maps");
        Assert.True(found.Chosen().Reader!.FindsPhotos);

        _folder.WriteGrey("parts/train/a.png", "11/02");
        _folder.WriteGrey("parts/val/a.png", "11/02");
        CliRun run = await CliRun.InAsync(
            _folder.Path, "inspect", "parts", "--format", "label_maps", "--split", "val", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\"images\": 1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_without_a_table_are_told_with_the_key_that_gives_it()
    {
        _folder.WritePhoto("maps/a.png", 2, 2);
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "maps", "--format", "label_maps");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("taxonomy=FILE; give it with --read", run.Error, StringComparison.Ordinal);

        _folder.Write("colors.csv", "name,r,g,b\nroad,0,0,0\ncar,128,0,0\n");
        run = await CliRun.InAsync(
            _folder.Path, "inspect", "maps", "--format", "label_maps", "--read", "taxonomy=colors.csv");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task What_nothing_tells_is_read_by_the_keys_that_the_format_needs()
    {
        _folder.WritePhoto("set/photo.jpg", 2, 2);
        _folder.WriteGrey("set/deep/in/it/somewhere/a.png", "11/02");
        CliRun silent = await CliRun.InAsync(_folder.Path, "inspect", "set", "--format", "label_maps");
        Assert.Equal(65, silent.ExitCode);
        Assert.Contains("--read labels=...", silent.Error, StringComparison.Ordinal);

        CliRun told = await CliRun.InAsync(_folder.Path, "inspect", "set", "--format", "label_maps",
            "--read", "labels=set/deep/in/it/somewhere");
        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Contains("label_maps", told.Out, StringComparison.Ordinal);

        CliRun wrong = await CliRun.InAsync(_folder.Path, "inspect", "set", "--format", "label_map");
        Assert.Contains("did you mean 'label_maps'?", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_are_not_taken_for_labels_by_who_names_no_format()
    {
        _folder.WriteGrey("scans/a.png", "11/02");
        _folder.WritePhoto("scans/more/b.png", 2, 2);
        Assert.Empty(DatasetDetection.Detect(_folder["scans"]).Candidates);
        CliRun run = await CliRun.InAsync(_folder.Path, "convert", "scans", "out-coco");
        Assert.Equal(65, run.ExitCode);
    }
}
