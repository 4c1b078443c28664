using System.Globalization;
using System.Text;
using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class RecordSpoolTests : IDisposable
{
    private readonly TestReleaseFolder _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public void Records_leave_in_the_order_of_their_files_and_made_ones_behind_them()
    {
        SourceFile first = Source("a0 a1 a2"), second = Source("b0 b1");
        using var spool = new RecordSpool(_release);
        Add(spool, first, 2);
        spool.Add("made1"u8, -1, RecordOrder.None);
        Add(spool, second, 1);
        spool.Add("a0'"u8, -1, new RecordOrder(first, 0));
        Add(spool, first, 1);
        spool.Add("made2"u8, -1, RecordOrder.None);
        Add(spool, second, 0);
        Assert.Equal("a0' a1 a2 b0 b1 made1 made2", Written(spool));
    }

    [Fact]
    public void Records_of_one_place_stay_in_the_order_in_which_they_came()
    {
        using var spool = new RecordSpool(_release);
        SourceFile file = Source("x");
        for (int i = 0; i < 100; i++)
            spool.Add(Encoding.ASCII.GetBytes($"r{i}"), -1, new RecordOrder(file, i % 2 == 0 ? 5 : 3));
        var expected = Enumerable.Range(0, 100).OrderBy(i => i % 2 == 0 ? 5 : 3).Select(i => $"r{i}");
        Assert.Equal(string.Join(' ', expected), Written(spool));
    }

    [Fact]
    public void Numbers_are_put_in_in_the_order_of_the_output_and_told()
    {
        using var spool = new RecordSpool(_release);
        SourceFile file = Source("x");
        spool.Add("second()"u8, 7, new RecordOrder(file, 9));
        spool.Add("plain"u8, -1, new RecordOrder(file, 8));
        spool.Add("first()"u8, 6, new RecordOrder(file, 7));
        var told = new List<(int, long)>();
        Assert.Equal("first(41) plain second(42)", Written(spool, 41, (at, number) => told.Add((at, number))));
        Assert.Equal([(2, 41L), (0, 42L)], told);
    }

    [Fact]
    public void Many_records_of_all_sizes_are_fetched_in_any_order()
    {
        KeyedRandom random = SampleRank.Stream(3, "spool", "test");
        string[] records = [.. Enumerable.Range(0, 3000).Select(i => Record(i, ref random))];
        SourceFile file = Source(string.Join(' ', records));
        long[] offsets = new long[records.Length];
        for (int i = 1; i < records.Length; i++) offsets[i] = offsets[i - 1] + records[i - 1].Length + 1;
        using var spool = new RecordSpool(_release);
        foreach (int i in Enumerable.Range(0, records.Length).OrderBy(i => (i * 7919L) % records.Length))
        {
            if (i % 5 == 0) spool.Add(Encoding.ASCII.GetBytes(records[i]), -1, new RecordOrder(file, i));
            else if (i % 7 != 0)
                spool.Add(new JsonSlice(file, offsets[i], records[i].Length), new RecordOrder(file, i));
        }

        var kept = records.Where((_, i) => i % 5 == 0 || i % 7 != 0);
        Assert.True(string.Join(' ', kept) == Written(spool));
    }

    [Fact]
    public void A_source_cut_short_is_bad_data()
    {
        using var spool = new RecordSpool(_release);
        spool.Add(new JsonSlice(Source("abc"), 2, 5), RecordOrder.None);
        Assert.Equal("FILE_CUT_SHORT", Assert.Throws<BadDataException>(() => Written(spool)).Problems[0].Code);
    }

    private static string Record(int number, ref KeyedRandom random)
    {
        int size = number % 500 == 0 ? 1_500_000 : random.NextInt(1, 2000);
        return number.ToString(CultureInfo.InvariantCulture) + new string((char)('a' + number % 26), size);
    }

    private static SourceFile Source(string text) => SourceFile.FromMemory("f", Encoding.ASCII.GetBytes(text));

    private static void Add(RecordSpool spool, SourceFile file, int position) =>
        spool.Add(new JsonSlice(file, position * 3, 2), new RecordOrder(file, position));

    private static string Written(RecordSpool spool, long firstNumber = 1, Action<int, long>? numbered = null)
    {
        using var stream = new MemoryStream();
        using var output = new StreamOutput(stream);
        spool.Write(output, firstNumber, numbered);
        output.Flush();
        return Encoding.ASCII.GetString(stream.ToArray()).Replace(",\n", " ", StringComparison.Ordinal);
    }
}
