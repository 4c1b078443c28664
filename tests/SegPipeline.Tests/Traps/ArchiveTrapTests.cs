using System.Formats.Tar;
using System.IO.Compression;
using SegPipeline.Cli;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>
/// Archives in the place of a dataset. Nothing takes one apart, so that no name, link or size within can do harm; every
/// reader says what it found and what to do.
/// </summary>
public sealed class ArchiveTrapTests : IDisposable
{
    private const string Folder = "a: error: stage 'in': expected a folder, found a file; unpack it when it is an " +
        "archive, and name the folder it was unpacked to [NOT_A_FOLDER]";

    private readonly TrapFolder _trap = new() { Look = "", Writer = "write.jsonl: { file: out.jsonl }" };

    public void Dispose() => _trap.Dispose();

    private static byte[] Archive(string kind)
    {
        // What would be extracted: a file outside, a link to one, a device.
        using var memory = new MemoryStream();
        switch (kind)
        {
            case "zip":
                using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
                    zip.CreateEntry("../outside.txt").Open().Dispose();
                break;
            case "tar":
                using (var tar = new TarWriter(memory, leaveOpen: true))
                {
                    tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "a.jpg") { LinkName = "/etc/passwd" });
                    tar.WriteEntry(new UstarTarEntry(TarEntryType.CharacterDevice, "b.jpg"));
                }
                break;
            default:
                using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(new byte[1 << 20]);
                break;
        }
        return memory.ToArray();
    }

    [Theory]
    [InlineData("zip", "a ZIP archive")]
    [InlineData("tar", "a tar archive")]
    [InlineData("gz", "a file that gzip packed")]
    public async Task A_file_that_is_an_archive_is_told_as_such_by_every_reader_of_files(string kind, string what)
    {
        _trap.Files.WriteBytes("a", Archive(kind));
        foreach (string reader in (string[])["coco: { annotations: a }", "ytvis: { annotations: a }",
            "coco_panoptic: { annotations: a, panoptic: a }"])
        {
            _trap.Reader = "read." + reader;
            await _trap.StopsAsync(
                $"a:1: error: stage 'in': expected JSON, found {what}; unpack the file first [JSON_PACKED]");
        }
        _trap.Reader = "read.kaggle_rle: { csv: a, width: 3, height: 4 }";
        await _trap.StopsAsync(
            $"a: error: stage 'in': expected a table of text, found {what}; unpack the file first [CSV_PACKED]");
        _trap.Reader = "read.parquet: { root: a }";
        await _trap.StopsAsync("a: error: stage 'in': expected a Parquet file, which begins with 'PAR1', found " +
            $"{what}; unpack the file first [NOT_PARQUET]");
    }

    [Theory]
    [InlineData("label_maps: { labels: a }")]
    [InlineData("palette: { masks: a }")]
    [InlineData("voc: { root: a }")]
    [InlineData("kaggle_classes: { root: a }")]
    [InlineData("kaggle_masks: { root: a }")]
    public Task A_folder_that_is_an_archive_is_told_by_every_reader_of_folders(string reader)
    {
        _trap.Files.WriteBytes("a", Archive("zip"));
        _trap.Reader = "read." + reader;
        return _trap.StopsAsync(Folder);
    }

    [Fact]
    public Task Pictures_in_an_archive_are_told_before_anything_runs()
    {
        _trap.Files.WriteBytes("a", Archive("zip"));
        _trap.Reader = "read.coco: { annotations: in.json, images: a }";
        return _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).StopsAsync(Folder);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("convert")]
    public async Task A_command_that_looks_what_a_path_is_says_that_it_is_an_archive(string command)
    {
        _trap.Files.WriteBytes("a.tar.gz", Archive("gz"));
        string[] further = command == "convert" ? ["out", "--to", "coco"] : [];
        CliRun run = await CliRun.InAsync(_trap.Files.Path, [command, "a.tar.gz", .. further]);
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Equal("a.tar.gz: error: this is a file that gzip packed, which is not looked into; unpack it, and " +
            "name the folder or file that was in it [DATASET_PACKED]", run.Errors[0]);
    }
}
