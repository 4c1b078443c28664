using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class ChecksumCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_list_has_every_file_but_junk_in_ordinal_order()
    {
        Write("data/b.png", "data/B.png", "data/a/x.png", "data/.DS_Store");
        File.WriteAllText(_temp["data/empty.txt"], "");
        CliRun run = await RunAsync("checksum", "make", "data");
        Assert.Equal(0, run.ExitCode);
        string[] names = ["data/B.png", "data/a/x.png", "data/b.png", "data/empty.txt"];
        Assert.Equal(names.Select(n => $"{Sha256(n)}  {n}"), run.Lines);
        Assert.Contains("warning: passed over 1 of 5 files in 'data': 1 left by macOS", run.Error, Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_written_names_files_relative_to_itself_and_leaves_itself_out()
    {
        Write("data/a/x.png", "data/b.png");
        Assert.Equal(0, (await RunAsync("checksum", "make", "data", "--to", "data/SHA256SUMS")).ExitCode);
        string once = File.ReadAllText(_temp["data/SHA256SUMS"]);
        Assert.Equal(0, (await RunAsync("checksum", "make", "data", "--to", "data/SHA256SUMS")).ExitCode);
        Assert.Equal(once, File.ReadAllText(_temp["data/SHA256SUMS"]));
        Assert.Equal($"{Sha256("data/a/x.png")}  a/x.png\n{Sha256("data/b.png")}  b.png\n", once);
    }

    [Fact]
    public async Task A_folder_as_it_was_listed_is_complete_and_unchanged()
    {
        Write("data/a/x.png", "data/b.png");
        await RunAsync("checksum", "make", "data", "--to", "data/SHA256SUMS");
        CliRun run = await RunAsync("checksum", "check", "data/SHA256SUMS");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("data/SHA256SUMS: complete and unchanged (2 files, ", run.Out, Ordinal);
    }

    [Fact]
    public async Task Files_that_are_missing_changed_and_extra_are_told()
    {
        Write("data/a.png", "data/b.png");
        await RunAsync("checksum", "make", "data", "--to", "data/SHA256SUMS");
        string before = Sha256("data/a.png");
        File.WriteAllText(_temp["data/a.png"], "other");
        File.Delete(_temp["data/b.png"]);
        Write("data/new.png", "data/.DS_Store");
        CliRun run = await RunAsync("checksum", "check", "data/SHA256SUMS");
        Assert.Equal(65, run.ExitCode);
        string told = $"data/a.png: error: expected SHA-256 {before}, found {Sha256("data/a.png")}";
        Assert.Contains(told, run.Error, Ordinal);
        Assert.Contains("data/b.png: error: the file is missing; fetch it again [FILE_MISSING]", run.Error, Ordinal);
        Assert.Contains("data/new.png: error: the list does not have this file", run.Error, Ordinal);
        Assert.Contains("data/SHA256SUMS: 3 findings", run.Error, Ordinal);
        CliRun lenient = await RunAsync("checksum", "check", "data/SHA256SUMS", "--ignore-extra");
        Assert.Contains("data/SHA256SUMS: 2 findings", lenient.Error, Ordinal);
    }

    [Fact]
    public async Task A_file_that_lies_outside_the_folder_of_the_list_is_refused()
    {
        Write("data/a.png", "b.png");
        CliRun run = await RunAsync("checksum", "make", "b.png", "--to", "data/SHA256SUMS");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("[NOT_BELOW]", run.Error, Ordinal);
        Assert.False(File.Exists(_temp["data/SHA256SUMS"]));
    }

    [Fact]
    public async Task Published_files_are_known_by_their_digests()
    {
        Write("new.tar", "old.tar", "set.tar");
        _temp.Write("known.yaml", "files:\n" +
            $"- {{ name: X/set.tar, dataset: A set, holds: 7 videos, status: current, " +
            $"sha256: {Sha256("new.tar")} }}\n" +
            $"- {{ name: X/set.tar, dataset: A set, note: was cut, status: superseded, " +
            $"sha256: {Sha256("old.tar")} }}\n");
        CliRun current = await RunAsync("checksum", "identify", "new.tar", "--in", "known.yaml");
        Assert.Equal((0, "new.tar: A set (set.tar, current release): 7 videos\n"), (current.ExitCode, current.Out));
        CliRun other = await RunAsync("checksum", "identify", "old.tar", "set.tar", "gone.tar", "--in", "known.yaml");
        Assert.Equal(65, other.ExitCode);
        Assert.Contains(
            "old.tar: error: A set (set.tar, superseded release): was cut; fetch the current", other.Error, Ordinal);
        Assert.Contains("is no known file; by its name it could be A set (set.tar, current", other.Error, Ordinal);
        Assert.Contains("gone.tar: error: there is no such file", other.Error, Ordinal);
    }

    [Fact]
    public async Task The_built_in_list_is_used_when_none_is_given()
    {
        Write("zhiyuan_objv2_val.json");
        CliRun run = await RunAsync("checksum", "identify", "zhiyuan_objv2_val.json");
        Assert.Contains("by its name it could be Objects365 v2, validation annotations", run.Error, Ordinal);
    }

    [ToolFact("sha256sum")]
    public async Task Coreutils_agrees()
    {
        Write("data/a b.png", "data/-", "data/x\\y.png", "data/é/z.png");
        await RunAsync("checksum", "make", "data", "--to", "data/SHA256SUMS");
        using Process check = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--strict", "SHA256SUMS"])
        {
            WorkingDirectory = _temp["data"],
            RedirectStandardOutput = true,
        })!;
        string told = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.Equal((0, 4), (check.ExitCode, told.Split(": OK\n").Length - 1));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private Task<CliRun> RunAsync(params string[] args) => CliRun.InAsync(_temp.Path, args);

    private void Write(params string[] names)
    {
        foreach (string name in names) _temp.Write(name, "content of " + name);
    }

    private string Sha256(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(_temp[name]))));
}
