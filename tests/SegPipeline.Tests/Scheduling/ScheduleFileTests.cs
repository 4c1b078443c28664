using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

public sealed class ScheduleFileTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ScheduleFileTests() => _temp.Write("p.yaml",
        "segpipe: 1\nname: p\nparams: { n: { int: 3, min: 1 } }\nstages:\n" +
        "  scenes: { read.synthetic: { count: $n } }\n  set: { write.coco: { file: set.json } }\n");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_shipped_schedule_has_no_problems_and_names_every_key()
    {
        string file = Path.Combine(SharedData.Root, "configs", "schedule.yaml");
        LoadedSchedule loaded = ScheduleFile.Load(file, TimeProvider.System);
        Assert.Empty(loaded.Problems);
        string text = File.ReadAllText(file);
        foreach (Type section in (Type[])[typeof(ScheduleSection), typeof(JobSection), typeof(CatchUpSection),
            typeof(RetrySection), typeof(KeepSection)])
            Assert.All(new RecordShape(section).Keys,
                key => Assert.Matches($@"(?m)[ {{]{key.Name}:|^{key.Name}:", text));
    }

    [Fact]
    public void A_schedule_is_loaded_with_paths_relative_to_its_file()
    {
        Schedule schedule = Sound("""
            segpipe_schedule: 1
            history: state/h.db
            time_zone: America/New_York
            jobs:
              one: { pipeline: p.yaml, releases: out/one, cron: "0 3 * * *", set: { n: 5 } }
              two: { pipeline: p.yaml, releases: out/two, cron: "@daily", time_zone: UTC, retry: { first_delay: 90s } }
            """);
        Assert.Equal(_temp["state/h.db"], schedule.HistoryFile);
        ScheduledJob one = schedule.Find("one")!;
        Assert.Equal(_temp["out/one"], one.Releases.Folder);
        Assert.Equal("America/New_York", one.Times.Zone.Id);
        Assert.Equal("5", one.Policy.Set["n"]);
        ScheduledJob two = schedule.Find("two")!;
        Assert.Equal(TimeZoneInfo.Utc, two.Times.Zone);
        Assert.Equal(TimeSpan.FromSeconds(180), two.Policy.Retry.DelayAfter(2));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_its_place()
    {
        _temp.Write("bad.yaml", "segpipe: 1\nname: p\nstages:\n  scenes: { read.synthetik: { count: 3 } }\n");
        string[] problems = Problems("""
            segpipe_schedule: 1
            history: h.db
            time_zone: Europe/Berlim
            jobs:
              one: { pipeline: p.yaml, releases: out, cron: "61 3 * * *", overlap: quue, retry: { first_delay: soon } }
              two: { pipeline: p.yaml, releases: out, cron: "0 3 * * *", kep: { days: 3 } }
              "a b": { pipeline: bad.yaml, releases: x, cron: "0 0 30 2 *" }
              four: { pipeline: p.yaml, releases: x, cron: "0 3 * *", set: { m: 3 } }
              five: { pipeline: nowhere.yaml, releases: z, cron: "61 3 * * *" }
            """);
        string[] expected =
        [
            "3:12: there is no time zone 'Europe/Berlim'; did you mean 'Europe/Berlin'?", "did you mean 'queue'?",
            "'soon' is no time span", "unknown key 'kep' in the job 'two'; did you mean 'keep'?",
            "7:3: 'a b' cannot be the name of a job", "'0 0 30 2 *' is never due", "have the same folder of releases",
            "has 4 fields", "there is no pipeline file 'nowhere.yaml'", "between 0 and 59", "bad.yaml:4:",
            "parameter 'm'",
        ];
        Assert.All(expected, part => Assert.Single(problems, p => p.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, problems.Length);
    }

    [Fact]
    public void A_pipeline_in_the_place_of_a_schedule_is_recognised()
    {
        LoadedSchedule loaded = ScheduleFile.Load(_temp["p.yaml"], TimeProvider.System);
        Assert.Equal("this is a pipeline file, expected a schedule", Assert.Single(loaded.Problems).Message);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    public void A_duration_is_a_number_and_a_unit(string text, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text).Span);
        Assert.Equal(Duration.Parse(text), Duration.Parse(Duration.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("5w")]
    [InlineData("99999d")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Duration.Parse(text));

    private Schedule Sound(string text)
    {
        LoadedSchedule loaded = ScheduleFile.Load(_temp.Write("s.yaml", text), TimeProvider.System);
        Assert.Empty(loaded.Problems);
        return loaded.Schedule!;
    }

    private string[] Problems(string text)
    {
        string file = _temp.Write("s.yaml", text);
        return
        [
            .. ScheduleFile.Load(file, TimeProvider.System).Problems.Select(p =>
                $"{(p.File == file ? "" : Path.GetFileName(p.File) + ":")}{p.Line}:{p.Column}: {p.Message}" +
                (p.Hint is null ? "" : $"; {p.Hint}")),
        ];
    }
}
