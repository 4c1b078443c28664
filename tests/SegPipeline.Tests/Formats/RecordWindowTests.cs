using System.Text;
using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

/// <summary>Records that a thread reads again and again, one behind another or anywhere.</summary>
public sealed class RecordWindowTests
{
    private readonly byte[] _bytes = new byte[3 << 20];
    private readonly SourceFile _file;

    public RecordWindowTests()
    {
        for (int i = 0; i < _bytes.Length; i++) _bytes[i] = (byte)((i * 2654435761L) >> 13);
        _file = SourceFile.FromMemory("records", _bytes);
    }

    [Fact]
    public void Records_anywhere_are_the_bytes_of_the_file_also_while_others_are_looked_into()
    {
        KeyedRandom random = SampleRank.Stream(1, "record", "windows");
        int next = 0;
        for (int i = 0; i < 20_000; i++)
        {
            int length = random.NextInt(0, 300) == 0 ? random.NextInt(1, 1 << 21) : random.NextInt(1, 3000);
            int from = random.NextInt(0, 4) > 0 ? next : random.NextInt(0, _bytes.Length);
            from = Math.Min(from, _bytes.Length - length);
            next = from + length + 2;
            using var record = new RecordBytes(_file, from, length);
            int inner = random.NextInt(0, _bytes.Length - 100);
            using var second = new RecordBytes(_file, inner, 100);
            using var third = new RecordBytes(_file, _bytes.Length - inner - 100, 100);
            Assert.True(record.Text.SequenceEqual(_bytes.AsSpan(from, length)));
            Assert.True(second.Text.SequenceEqual(_bytes.AsSpan(inner, 100)));
            Assert.True(third.Text.SequenceEqual(_bytes.AsSpan(_bytes.Length - inner - 100, 100)));
        }
    }

    [Fact]
    public void Records_of_two_files_at_the_same_place_are_not_mixed_up()
    {
        SourceFile other = SourceFile.FromMemory("other", new byte[1000]);
        for (int i = 0; i < 3; i++)
        {
            using var record = new RecordBytes(_file, 100, 50);
            using var zeros = new RecordBytes(other, 100, 50);
            Assert.True(record.Text.SequenceEqual(_bytes.AsSpan(100, 50)));
            Assert.False(zeros.Text.ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void Members_are_those_of_the_record_that_is_looked_into_and_the_last_of_a_name_counts()
    {
        const string first = """{"a": 1, "b": [2, {"a": 3}], "a": 4}""", second = """{"\u0062": 5, "c": "x"}""";
        SourceFile file = SourceFile.FromMemory("records", Encoding.UTF8.GetBytes(first + ", " + second));
        for (int i = 0; i < 2; i++)
        {
            using var one = new RecordBytes(file, 0, first.Length);
            Assert.Equal("4", Find(one, "a"));
            Assert.Equal("""[2, {"a": 3}]""", Find(one, "b"));
            Assert.Null(Find(one, "c"));
            using var two = new RecordBytes(file, first.Length + 2, second.Length);
            Assert.Equal("5", Find(two, "b"));
            Assert.Equal("\"x\"", Find(two, "c"));
            Assert.Null(Find(two, "a"));
        }
    }

    [Fact]
    public void A_file_that_ends_within_a_record_is_an_error_and_one_that_ends_behind_it_is_not()
    {
        using (var last = new RecordBytes(_file, _bytes.Length - 10, 10))
            Assert.Equal(10, last.Text.Length);
        var e = Assert.Throws<BadDataException>(() =>
        {
            using var record = new RecordBytes(_file, _bytes.Length - 10, 11);
        });
        Assert.Equal("FILE_CUT_SHORT", e.Problems[0].Code);
    }

    private static string? Find(RecordBytes record, string name) =>
        record.TryFind(Encoding.UTF8.GetBytes(name), out ReadOnlySpan<byte> value)
            ? Encoding.UTF8.GetString(value)
            : null;
}
