using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class KnownDigestsTests : IDisposable
{
    private const string Digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_list_in_configs_is_the_one_that_is_built_in()
    {
        KnownDigests onDisk = KnownDigests.Read(
            InputPath.Of(Path.Combine(SharedData.Root, "configs", "known-digests.yaml")));
        Assert.Equal(onDisk.Files.AsEnumerable(), KnownDigests.Shipped().Files);
    }

    [Fact]
    public void The_training_videos_of_MOSE_have_a_current_and_a_superseded_release()
    {
        IReadOnlyList<KnownFile> releases = KnownDigests.Shipped().Named("MOSE/train.tar.gz");
        Assert.Equal("train.tar.gz", releases[0].FileName);
        Assert.Equal([false, true], releases.Select(r => r.IsSuperseded));
        Assert.Equal("3f805e66ecb576fdd37a1ab2b06b08a428edd71994920443f70d09537918270b", releases[0].Sha256);
        Assert.Equal("8bcb6081699ee273b7983dbe8204daf6045077fe0f356d49f6f365c2b3328bdb", releases[1].Sha256);
        Assert.Contains("330ac20d", releases[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_is_found_in_either_case()
    {
        KnownFile file = KnownDigests.Shipped().Files[0];
        Assert.Equal(file, KnownDigests.Shipped().Find(file.Sha256.ToUpperInvariant()));
        Assert.Null(KnownDigests.Shipped().Find(Digits));
    }

    [Theory]
    [InlineData("- a", "expected a map with the list 'files'")]
    [InlineData("files: [1]", "expected a map for each file")]
    [InlineData("files: [{ name: a, dataset: b, status: current }]", "the key 'sha256' is missing")]
    [InlineData("files: [{ name: a, dataset: b, sha256: 12, status: current }]", "64 hexadecimal digits, found '12'")]
    [InlineData("files: [{ name: a, dataset: b, sha256: " + Digits + ", status: old }]", "found 'old'")]
    [InlineData("files: [{ name: a, datasets: b }]", "did you mean 'dataset'?")]
    [InlineData("files: [", "")]
    public void A_list_of_another_kind_is_refused_with_its_line(string text, string part)
    {
        string path = _temp.Write("known.yaml", "# a comment\n" + text);
        var thrown = Assert.Throws<BadDataException>(() => KnownDigests.Read(new InputPath("known.yaml", path)));
        Assert.StartsWith("known.yaml:", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_that_is_listed_twice_is_refused()
    {
        string line = $"  - {{ name: a, dataset: b, sha256: {Digits}, status: current }}\n";
        string path = _temp.Write("known.yaml", "files:\n" + line + line);
        Assert.Equal("KNOWN_DIGESTS", StageHarness.FailsWith(() => KnownDigests.Read(InputPath.Of(path))));
    }
}
