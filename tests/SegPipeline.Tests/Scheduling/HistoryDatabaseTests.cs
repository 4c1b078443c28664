using Microsoft.Data.Sqlite;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

public sealed class HistoryDatabaseTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string File => _temp["history.db"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_is_saved_is_read_back_and_survives_being_opened_again()
    {
        RunRow saved;
        using (HistoryDatabase history = HistoryDatabase.Open(File)) saved = history.Save(Row);
        Assert.Equal(1, saved.Id);
        using HistoryDatabase again = HistoryDatabase.OpenExisting(File);
        Assert.Equal(saved, Assert.Single(again.Latest("job", [RunState.Retrying], 9)));
        Assert.Equal(saved, Assert.Single(again.NotOver()));
        Assert.Empty(again.Latest("other", [], 9));
        Assert.Empty(again.Latest(null, [RunState.Failed], 9));
    }

    [Fact]
    public void Two_runs_of_a_job_cannot_have_one_release()
    {
        using HistoryDatabase history = HistoryDatabase.Open(File);
        using HistoryDatabase other = HistoryDatabase.Open(File);
        RunRow first = history.Save(Row), second = other.Save(Row), third = history.Save(Row);
        Assert.Equal("r r-2 r-3", $"{first.Release} {second.Release} {third.Release}");
        Assert.Equal(first, history.Save(first));
        Assert.Equal([first, second, third], history.NotOver("job"));
        Assert.Empty(history.NotOver("other"));
    }

    [Fact]
    public void A_history_on_a_disk_that_cannot_be_written_is_read_and_no_change_is_called_damage()
    {
        string file = _temp["a #1?%20.db"];
        RunRow saved;
        using (HistoryDatabase history = HistoryDatabase.Open(file)) saved = history.Save(Row);
        string[] before = Directory.GetFiles(_temp.Path);
        using HistoryDatabase unchanging = HistoryDatabase.OpenUnchanging(file);
        Assert.Equal(saved, Assert.Single(unchanging.NotOver()));
        Assert.Equal(before, Directory.GetFiles(_temp.Path));
        var refused = Assert.Throws<BadDataException>(() => unchanging.Save(Row));
        Assert.Equal("HISTORY_NOT_WRITABLE", refused.Problems[0].Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(20480)]
    public void A_damaged_history_is_refused_and_says_what_to_do(int at)
    {
        using (HistoryDatabase history = HistoryDatabase.Open(File))
            for (int i = 0; i < 200; i++) history.Save(Row with { Release = $"r{i}" });
        SqliteConnection.ClearAllPools();
        using (FileStream stream = System.IO.File.OpenWrite(File))
        {
            stream.Position = at;
            stream.Write(Enumerable.Repeat((byte)0xA5, 3000).ToArray());
        }
        var refused = Assert.Throws<BadDataException>(() => HistoryDatabase.Open(File).Dispose());
        Assert.Equal("HISTORY_DAMAGED", refused.Problems[0].Code);
        Assert.StartsWith("move the file away", refused.Problems[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (x)", "HISTORY_FOREIGN")]
    [InlineData("PRAGMA application_id = 1399154512; PRAGMA user_version = 99", "HISTORY_TOO_NEW")]
    public void A_database_that_is_not_ours_or_of_a_later_version_is_refused(string sql, string code)
    {
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            SQLitePCL.Batteries_V2.Init();
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        var refused = Assert.Throws<BadDataException>(() => HistoryDatabase.Open(File).Dispose());
        Assert.Equal(code, refused.Problems[0].Code);
    }

    [Fact]
    public void Only_one_scheduler_can_work_with_a_history()
    {
        using (HistoryLock? first = HistoryLock.TryTake(File))
        {
            Assert.NotNull(first);
            Assert.Null(HistoryLock.TryTake(File));
        }
        using HistoryLock? next = HistoryLock.TryTake(File);
        Assert.NotNull(next);
    }

    private static RunRow Row => new()
    {
        Job = "job",
        Cause = RunCause.CaughtUp,
        Due = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero),
        DueTimes = 3,
        State = RunState.Retrying,
        Release = "r",
        Started = new DateTimeOffset(2026, 3, 1, 1, 0, 1, 250, TimeSpan.Zero),
        Attempts = 2,
        Failures = 1,
        Interruptions = 1,
        NextAttempt = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero),
        ExitCode = 75,
        Reason = "full; ünd 'so'",
        InputDigest = "abc",
        Figures = new ReleaseFigures("def", 3, 1L << 40, "{\"images\":4}"),
        Removed = new DateTimeOffset(2027, 3, 1, 2, 0, 0, TimeSpan.Zero),
    };
}
