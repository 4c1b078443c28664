using System.Text;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Model;

public sealed class SourceFileTests
{
    [Fact]
    public void A_slice_reads_its_own_bytes_and_no_others()
    {
        using var folder = new TempFolder();
        using SourceFile file = SourceFile.Open(folder.Write("a.json", "{\"id\": 17}"));
        Assert.Equal("17", Encoding.UTF8.GetString(new JsonSlice(file, 7, 2).Load()));
        Assert.Equal(10, file.LengthBytes);
    }

    [Fact]
    public void A_missing_file_is_bad_data_that_names_the_path()
    {
        using var folder = new TempFolder();
        var e = Assert.Throws<BadDataException>(() => SourceFile.Open(folder["none.json"]));
        Problem problem = Assert.Single(e.Problems);
        Assert.Equal("FILE_UNREADABLE", problem.Code);
        Assert.Equal(folder["none.json"], problem.File);
    }

    [Fact]
    public void A_file_cut_short_while_it_is_open_is_bad_data_with_the_byte()
    {
        using var folder = new TempFolder();
        string path = folder.Write("a.json", new string(' ', 100));
        using SourceFile file = SourceFile.Open(path);
        using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            writer.SetLength(40);
        var e = Assert.Throws<BadDataException>(() => new JsonSlice(file, 30, 20).Load());
        Assert.Equal("FILE_CUT_SHORT", e.Problems[0].Code);
        Assert.Equal(40, e.Problems[0].ByteOffset);
    }

    [Fact]
    public void Memory_serves_as_a_file()
    {
        using SourceFile file = SourceFile.FromMemory("x", "hello"u8.ToArray());
        byte[] buffer = new byte[8];
        Assert.Equal(3, file.Read(2, buffer));
        Assert.Equal(0, file.Read(5, buffer));
        Assert.Equal("\"a\"", Encoding.UTF8.GetString(JsonSlice.FromText("\"a\"").Load()));
    }
}
