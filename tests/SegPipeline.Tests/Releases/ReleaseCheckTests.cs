using System.Diagnostics;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class ReleaseCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _set;

    public ReleaseCheckTests()
    {
        _set = _temp["set"];
        TestRelease.Make(_set, ("a.json", "{ }"), ("masks/b.txt", "b"), ("-", "dash"), (" odd *name", "blank"));
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Lines of the checksums, which do not list themselves.</summary>
    private const int Listed = 4 + TestRelease.Descriptions - 1;

    private (string Code, string? File)[] Findings() =>
        [.. ReleaseCheck.Verify(_set).Findings.Select(f => (f.Code, f.File))];

    [Fact]
    public void A_sound_release_has_no_findings_and_all_its_files_are_read()
    {
        ReleaseVerdict verdict = ReleaseCheck.Verify(_set);
        Assert.Empty(verdict.Findings);
        Assert.Equal(Listed, verdict.Files);
        Assert.Equal(
            Directory.EnumerateFiles(_set, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) -
            new FileInfo(Path.Combine(_set, "SHA256SUMS")).Length, verdict.Bytes);
    }

    [Fact]
    public void Every_single_flipped_bit_is_found()
    {
        foreach (string name in (string[])["a.json", "masks/b.txt", "README.md", "pipeline.yaml"])
        {
            string path = Path.Combine(_set, name);
            byte[] bytes = File.ReadAllBytes(path);
            bytes[^1] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.Equal([("FILE_CHANGED", name)], Findings());
            bytes[^1] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_the_two_lists_is_found()
    {
        foreach (string name in (string[])["SHA256SUMS", "MANIFEST.json"])
        {
            string path = Path.Combine(_set, name);
            byte[] bytes = File.ReadAllBytes(path);
            for (int i = 0; i < bytes.Length; i += 7)
            {
                bytes[i] ^= 4;
                File.WriteAllBytes(path, bytes);
                Assert.NotEmpty(Findings());
                bytes[i] ^= 4;
            }
            File.WriteAllBytes(path, bytes);
            Assert.Empty(Findings());
        }
    }

    [Fact]
    public void A_missing_file_is_found()
    {
        File.Delete(Path.Combine(_set, "a.json"));
        Assert.Equal([("FILE_MISSING", "a.json")], Findings());
    }

    [Fact]
    public void An_extra_file_is_found_in_any_folder()
    {
        _temp.Write("set/masks/.hidden", "x");
        _temp.Write("set/new/c.txt", "x");
        Assert.Equal([("FILE_EXTRA", "masks/.hidden"), ("FILE_EXTRA", "new/c.txt")], Findings());
    }

    [Fact]
    public void Missing_checksums_are_found()
    {
        File.Delete(Path.Combine(_set, "SHA256SUMS"));
        Assert.Equal([("FILE_MISSING", "SHA256SUMS")], Findings());
    }

    [Fact]
    public void A_missing_manifest_is_found()
    {
        File.Delete(Path.Combine(_set, "MANIFEST.json"));
        Assert.Equal([("MANIFEST_DAMAGED", "MANIFEST.json"), ("FILE_MISSING", "MANIFEST.json")], Findings());
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_a_file_that_cannot_be_read()
    {
        File.Delete(Path.Combine(_set, "a.json"));
        File.CreateSymbolicLink(Path.Combine(_set, "a.json"), _temp["nowhere"]);
        Assert.Equal([("FILE_UNREADABLE", "a.json")], Findings());
    }

    [Fact]
    public void A_file_changed_together_with_its_checksum_is_found_by_the_manifest()
    {
        _temp.Write("set/a.json", "[ ]");
        string sums = Path.Combine(_set, "SHA256SUMS");
        string changed = FileDigest.OfFile(Path.Combine(_set, "a.json")).Sha256;
        string[] lines = File.ReadAllLines(sums);
        int line = Array.FindIndex(lines, l => l.EndsWith("  a.json", StringComparison.Ordinal));
        lines[line] = changed + "  a.json";
        File.WriteAllLines(sums, lines);
        Assert.Equal([("LISTS_DIFFER", "a.json")], Findings());
    }

    [Fact]
    public void Names_that_lead_out_of_the_release_are_not_followed()
    {
        string sums = Path.Combine(_set, "SHA256SUMS");
        File.AppendAllText(sums, new string('0', 64) + "  ../../etc/passwd\n");
        var finding = Assert.Single(ReleaseCheck.Verify(_set).Findings);
        Assert.Equal(("CHECKSUMS_DAMAGED", Listed + 1L), (finding.Code, finding.Line));
    }

    [Fact]
    public void Every_finding_says_what_to_do()
    {
        File.Delete(Path.Combine(_set, "a.json"));
        _temp.Write("set/masks/b.txt", "c");
        _temp.Write("set/extra", "x");
        _temp.Write("set/MANIFEST.json", "{");
        Assert.All(ReleaseCheck.Verify(_set).Findings, f => Assert.NotNull(f.Remedy));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_holds_no_release_is_bad_data()
    {
        Assert.Equal("NO_RELEASE", TestRelease.Code(() => ReleaseCheck.Verify(_temp["nowhere"])));
        Assert.Equal("NO_RELEASE", TestRelease.Code(() => ReleaseCheck.Verify(_temp.Path + "/set/masks")));
    }

    [ToolFact("sha256sum")]
    public void The_checksums_are_those_that_sha256sum_checks()
    {
        var start = new ProcessStartInfo("sha256sum", ["--check", "--strict", "SHA256SUMS"])
        {
            WorkingDirectory = _set,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Listed, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l =>
            l.EndsWith(": OK", StringComparison.Ordinal)));
    }
}
