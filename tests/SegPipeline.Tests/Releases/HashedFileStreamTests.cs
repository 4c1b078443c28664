using System.Security.Cryptography;
using SegPipeline.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class HashedFileStreamTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 1, 4099)]
    [InlineData(5_000_000, 1 << 13)]
    [InlineData(5_000_000, 5_000_000)]
    public void What_is_written_in_pieces_is_in_the_file_with_its_digest(int sizeBytes, int pieceBytes)
    {
        using var temp = new TempFolder();
        byte[] content = [.. Enumerable.Range(0, sizeBytes).Select(i => (byte)((i * 31) ^ (i >> 11)))];
        FileDigest digest = default;
        using (var stream = new HashedFileStream(temp["a"], d => digest = d))
        {
            for (int i = 0; i < sizeBytes; i += pieceBytes)
            {
                stream.Write(content.AsSpan(i, Math.Min(pieceBytes, sizeBytes - i)));
                Assert.Equal(Math.Min(i + pieceBytes, sizeBytes), stream.Position);
            }
        }
        Assert.Equal(content, File.ReadAllBytes(temp["a"]));
        Assert.Equal(new FileDigest(sizeBytes, Convert.ToHexStringLower(SHA256.HashData(content))), digest);
        Assert.Equal(digest, FileDigest.OfFile(temp["a"]));
    }

    [FullDeviceFact]
    public void A_full_disk_is_told_once_and_the_file_is_never_called_complete()
    {
        bool complete = false;
        using var temp = new TempFolder();
        File.CreateSymbolicLink(temp["full"], "/dev/full");
        var stream = new HashedFileStream(temp["full"], _ => complete = true, FileMode.Open);
        var failure = Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 4; i++) stream.Write(new byte[1 << 20]);
        });
        Assert.Contains("space", failure.Message, StringComparison.OrdinalIgnoreCase);
        stream.Dispose();
        Assert.False(complete);
    }

    [FullDeviceFact]
    public void A_disk_that_is_full_only_at_the_end_is_told_by_closing_the_file()
    {
        bool complete = false;
        var stream = new HashedFileStream("/dev/full", _ => complete = true, FileMode.Open);
        stream.Write([1, 2, 3]);
        Assert.Throws<IOException>(stream.Dispose);
        Assert.False(complete);
    }

    private sealed class FullDeviceFactAttribute : FactAttribute
    {
        public FullDeviceFactAttribute() => Skip = File.Exists("/dev/full") ? null : "this system has no /dev/full";
    }
}
