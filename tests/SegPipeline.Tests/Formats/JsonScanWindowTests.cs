using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

/// <summary>Pieces of a file that are read ahead, and what is kept in front of them.</summary>
public sealed class JsonScanWindowTests : IDisposable
{
    private const int ReadBytes = 128;
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Pieces_are_the_file_and_what_is_kept_stands_in_front_of_them_whatever_its_length()
    {
        for (int length = 0; length <= 5 * ReadBytes; length++)
        {
            byte[] bytes = Made(length);
            using var file = SourceFile.FromMemory("a.json", bytes);
            using var window = new JsonScanWindow(file, ReadBytes);
            long next = 0;
            // From the second piece on all from a byte of the first on is kept.
            while (window.Advance(next == 0 ? null : length % ReadBytes))
            {
                Assert.Equal(next, window.Offset);
                Assert.Equal(bytes.AsSpan((int)next, window.Count), window.Bytes[..window.Count]);
                Assert.Equal(!bytes.AsSpan((int)next, window.Count).ContainsAnyInRange((byte)128, (byte)255),
                    window.IsAscii);
                Assert.True(window.Bytes[window.Count..].IndexOfAnyExcept((byte)' ') < 0);
                next += window.Count;
                int kept = Math.Min(length % ReadBytes, (int)next);
                Assert.Equal(bytes.AsSpan(kept, (int)next - kept), window.Text(kept, next));
            }

            Assert.Equal(length, next);
            Assert.Equal(length, window.Offset);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(ReadBytes + 1, 2)]
    [InlineData((3 * ReadBytes) - 1, 3)]
    [InlineData(4 * ReadBytes, 4)]
    [InlineData((6 * ReadBytes) + 7, 7)]
    public void A_file_whose_length_changes_while_it_is_read_ends_where_it_ends(int lengthThen, int mostPieces)
    {
        string path = _temp["a.json"];
        File.WriteAllBytes(path, Made(4 * ReadBytes));
        using SourceFile file = SourceFile.Open(path);
        using var window = new JsonScanWindow(file, ReadBytes);
        Assert.True(window.Advance(keepFrom: null));
        // As another program does, which asks nobody.
        byte[] then = Made(lengthThen);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.Write(then);
            other.SetLength(lengthThen);
        }

        int pieces = 1;
        long end = window.Count;
        for (; window.Advance(keepFrom: null); end += window.Count) pieces++;
        Assert.InRange(pieces, 1, mostPieces);
        // The second piece may have been read before.
        Assert.True(end == Math.Max(lengthThen, ReadBytes) || end == Math.Max(lengthThen, 2 * ReadBytes), $"{end}");
    }

    [Fact]
    public async Task Many_are_read_at_once_and_given_up_anywhere()
    {
        string path = _temp["a.json"];
        byte[] bytes = Made(64 * ReadBytes);
        File.WriteAllBytes(path, bytes);
        using SourceFile file = SourceFile.Open(path);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
        {
            using var window = new JsonScanWindow(file, ReadBytes);
            for (int piece = 0; piece < i % 70 && window.Advance(window.Offset); piece++)
                Assert.Equal(bytes.AsSpan((int)window.Offset, window.Count), window.Bytes[..window.Count]);
        })));
    }

    [Fact]
    public void A_file_that_can_no_longer_be_read_is_told_with_the_piece_and_not_when_it_is_given_up()
    {
        string path = _temp["a.json"];
        File.WriteAllBytes(path, Made(8 * ReadBytes));
        SourceFile file = SourceFile.Open(path);
        using var read = new JsonScanWindow(file, ReadBytes);
        Assert.True(read.Advance(keepFrom: null));
        Assert.True(read.Advance(keepFrom: null));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            while (read.Advance(keepFrom: null)) { }
        });
    }

    private static byte[] Made(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)(i % 251 == 250 ? 200 : (i * 7 % 90) + 33);
        return bytes;
    }
}
