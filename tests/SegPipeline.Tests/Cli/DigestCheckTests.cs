using System.Security.Cryptography;
using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>What a run does about the digests that its readers ask for.</summary>
public sealed class DigestCheckTests : IDisposable
{
    private const string Other = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private readonly CocoSet _set = new(images: 3);

    public void Dispose() => _set.Dispose();

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_set.Annotations)));

    [Fact]
    public async Task The_digest_that_is_stated_passes_in_any_spelling()
    {
        foreach (string digest in (string[])[Sha256, "sha256:" + Sha256, Sha256.ToUpperInvariant()])
        {
            CliRun run = await RunAsync($"{{ sha256: '{digest}' }}");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal("as the pipeline states", Checked());
        }
    }

    [Fact]
    public async Task Another_digest_ends_the_run_and_releases_nothing()
    {
        CliRun run = await RunAsync($"{{ sha256: '{Other}' }}");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains($"instances.json: error: expected SHA-256 {Other}, found {Sha256} in", run.Error, Ordinal);
        Assert.Contains("fetch the file again", run.Error, Ordinal);
        Assert.Contains("Nothing was released.", run.Error, Ordinal);
        Assert.False(Directory.Exists(_set["out"]));
    }

    [Fact]
    public async Task Another_digest_is_a_warning_where_the_pipeline_says_so()
    {
        CliRun run = await RunAsync($"{{ sha256: '{Other}', unknown: warn }}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"warning: all: instances.json: expected SHA-256 {Other}", run.Error, Ordinal);
        Assert.Equal("another one than the pipeline states", Checked());
        Assert.Contains("instances.json: expected", Manifest().GetProperty("warnings").GetRawText(), Ordinal);
    }

    [Fact]
    public async Task The_current_release_of_a_known_file_passes_and_is_told()
    {
        Known(("current", Sha256), ("superseded", Other));
        Assert.Equal(0, (await RunAsync("{ known: set.json, in: known.yaml }")).ExitCode);
        Assert.Equal("current release of A set", Checked());
    }

    [Fact]
    public async Task A_superseded_release_is_warned_about_with_the_publishers_note()
    {
        Known(("superseded", Sha256), ("current", Other));
        CliRun run = await RunAsync("{ known: set.json, in: known.yaml }");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("this is a superseded release of A set: frames are missing; fetch the current one, which has " +
            $"SHA-256 {Other}", run.Error, Ordinal);
        Assert.Equal("superseded release of A set", Checked());
    }

    [Fact]
    public async Task A_superseded_release_is_an_error_where_the_pipeline_says_so()
    {
        Known(("superseded", Sha256), ("current", Other));
        CliRun run = await RunAsync("{ known: set.json, in: known.yaml, superseded: fail }");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("[DIGEST_SUPERSEDED]", run.Error, Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_known_release_is_an_error()
    {
        Known(("current", Other));
        CliRun run = await RunAsync("{ known: set.json, in: known.yaml }");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains($"expected A set with SHA-256 {Other} in 7 bytes, found {Sha256}", run.Error, Ordinal);
        Assert.Contains("[DIGEST_UNKNOWN]", run.Error, Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_known_is_an_error_with_the_one_that_was_meant()
    {
        CliRun run = await RunAsync("{ known: zhiyuan_objv2_va.json }");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("did you mean 'zhiyuan_objv2_val.json'?", run.Error, Ordinal);
    }

    [Theory]
    [InlineData("{ known: set.jsn, in: known.yaml }", "did you mean 'set.json'?")]
    [InlineData("{ list: known.yaml }", "known.yaml:1: error: expected 64")]
    public async Task A_list_that_is_of_no_use_is_found_before_any_record_is_read(string digest, string message)
    {
        Known(("current", Sha256));
        File.WriteAllText(_set.Annotations, "{\"images\":[");
        CliRun run = await RunAsync(digest);
        Assert.Equal(65, run.ExitCode);
        Assert.Contains(message, run.Error, Ordinal);
        Assert.DoesNotContain("instances.json", run.Error, Ordinal);
        CliRun check = await _set.RunAsync("check", "p.yaml");
        Assert.Equal(65, check.ExitCode);
        Assert.Contains(message, check.Error, Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_also_told_to_be_another_one()
    {
        File.WriteAllText(_set.Annotations, "{\"images\":[");
        CliRun run = await RunAsync($"{{ sha256: '{Other}' }}");
        Assert.Equal(65, run.ExitCode);
        Assert.Equal(2, run.Errors.Count(line => line.Contains("error:", Ordinal)));
        Assert.Contains("[DIGEST_DIFFERS]", run.Error, Ordinal);
    }

    [Fact]
    public async Task A_list_of_digests_is_about_every_input_file()
    {
        _set.WriteFile("SHA256SUMS", $"{Sha256}  instances.json\n{Other}  photos/1.jpg\n");
        Assert.Equal(0, (await RunAsync("{ list: SHA256SUMS }")).ExitCode);
        Assert.Equal("as listed in SHA256SUMS", Checked());

        _set.WriteFile("SHA256SUMS", $"{Other}  instances.json\n");
        Assert.Contains("[DIGEST_DIFFERS]", (await RunAsync("{ list: SHA256SUMS }")).Error, Ordinal);

        _set.WriteFile("SHA256SUMS", $"{Other}  photos/1.jpg\n");
        Assert.Contains("[DIGEST_NOT_LISTED]", (await RunAsync("{ list: SHA256SUMS }")).Error, Ordinal);

        _set.WriteFile("SHA256SUMS", "what is this\n");
        Assert.Contains("SHA256SUMS:1: error: expected 64", (await RunAsync("{ list: SHA256SUMS }")).Error, Ordinal);
    }

    [Fact]
    public async Task Every_mask_of_a_folder_of_videos_is_held_against_a_list()
    {
        using var mose = new TempFolder();
        for (int frame = 0; frame < 30; frame++) mose.WriteIndexed($"Annotations/v/{frame:D5}.png", "01");
        await CliRun.InAsync(mose.Path, "checksum", "make", "Annotations", "--to", "SHA256SUMS");
        string list = mose["SHA256SUMS"];
        _set.Write(
            $"all: {{ read.palette: {{ masks: '{mose["Annotations"]}', digest: {{ list: '{list}' }} }} }}",
            "file: { write.ytvis: { file: a.json } }");
        CliRun same = await _set.RunAsync("run", "p.yaml", "--quiet");
        Assert.Equal((0, ""), (same.ExitCode, same.Error));
        Assert.Equal("as listed in SHA256SUMS", Checked());

        mose.Write("SHA256SUMS", $"{Other}  Annotations/v/00000.png\n");
        CliRun other = await _set.RunAsync("run", "p.yaml", "--quiet");
        Assert.Equal(65, other.ExitCode);
        Assert.Equal(21, other.Errors.Count(line => line.Contains("error:", Ordinal)));
        Assert.Contains("error: 10 other files are not the ones that were asked for either", other.Error, Ordinal);
    }

    [Fact]
    public async Task The_digest_of_a_folder_needs_a_list()
    {
        _set.Write($"all: {{ drop: [out], read.palette: {{ masks: mose, digest: {{ sha256: '{Other}' }} }} }}");
        CliRun run = await _set.RunAsync("check", "p.yaml");
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("'digest' of a folder needs 'list'", run.Error, Ordinal);
    }

    [Theory]
    [InlineData("{}", "'digest' needs exactly one of 'sha256', 'known' and 'list'")]
    [InlineData("{ known: a, list: instances.json }", "needs exactly one of")]
    [InlineData("{ sha256: abc }", "must be 64 hexadecimal digits, found 'abc'")]
    [InlineData("{ sha256: '" + Other + "', in: instances.json }", "'in' of 'digest' needs 'known'")]
    public async Task A_check_that_makes_no_sense_is_found_before_anything_runs(string digest, string message)
    {
        CliRun run = await RunAsync(digest);
        Assert.Equal(78, run.ExitCode);
        Assert.Contains(message, run.Error, Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private Task<CliRun> RunAsync(string digest)
    {
        _set.Write(
            $"all: {{ read.coco: {{ annotations: instances.json, digest: {digest} }} }}",
            "file: { write.coco: { file: a.json } }");
        return _set.RunAsync("run", "p.yaml", "--quiet");
    }

    private void Known(params (string Status, string Sha256)[] files) => _set.WriteFile("known.yaml", "files:\n" +
        string.Concat(files.Select(f => "  - { name: set.json, dataset: A set, bytes: 7, status: " + f.Status +
            $", sha256: '{f.Sha256}', note: frames are missing }}\n")));

    private JsonElement Manifest() => JsonDocument.Parse(File.ReadAllBytes(_set["out/MANIFEST.json"])).RootElement;

    private string? Checked() => Manifest().GetProperty("inputs")[0].GetProperty("checked").GetString();
}
