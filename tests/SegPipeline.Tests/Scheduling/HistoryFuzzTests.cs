using Microsoft.Data.Sqlite;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

/// <summary>Histories that are not as they were written.</summary>
[Trait("Category", "Fuzz")]
public sealed class HistoryFuzzTests : IDisposable
{
    private const int RowBytes = 160;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_history_is_read_or_refused_in_words()
    {
        byte[] good = Good();
        int row = good.AsSpan().LastIndexOf("released"u8);
        Assert.True(row > 0);
        var fuzzer = new MutationFuzzer("history", [good])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 200,
            Spoil = number => SpoiltRow(good, row, number),
        };
        fuzzer.RunRefusing(input =>
        {
            File.WriteAllBytes(_temp["in.db"], input);
            using HistoryDatabase history = HistoryDatabase.OpenExisting(_temp["in.db"]);
            return history.Latest(null, [], 9).Count + history.NotOver().Count + history.Releases("job").Count >= 0;
        });
    }

    /// <summary>Changes bytes of the row and of the types of its columns, which stand before it.</summary>
    private static byte[] SpoiltRow(byte[] good, int row, int number)
    {
        KeyedRandom random = SampleRank.Stream(number, "fuzz", "history");
        byte[] bytes = [.. good];
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
            bytes[Math.Min(row - 32 + random.NextInt(0, RowBytes), bytes.Length - 1)] = (byte)random.NextBits();
        return bytes;
    }

    private byte[] Good()
    {
        using (HistoryDatabase history = HistoryDatabase.Open(_temp["good.db"]))
            history.Save(new RunRow
            {
                Job = "job",
                Cause = RunCause.CaughtUp,
                Due = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero),
                DueTimes = 3,
                State = RunState.Released,
                Release = "r",
                Attempts = 2,
                ExitCode = 75,
                Figures = new ReleaseFigures("def", 3, 1L << 40, "{\"images\":4}"),
            });
        using (var connection = new SqliteConnection($"Data Source={_temp["good.db"]};Pooling=false"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            // One file, without a log beside it.
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.ExecuteScalar();
        }
        return File.ReadAllBytes(_temp["good.db"]);
    }
}
