using System.Text;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

/// <summary>Schedule files that somebody's hands have been in.</summary>
[Trait("Category", "Fuzz")]
public sealed class ScheduleFuzzTests : IDisposable
{
    private const string Good = """
        segpipe_schedule: 1
        history: state/h.db
        time_zone: America/New_York
        parallel: 2
        jobs:
          one: { pipeline: p.yaml, releases: out/one, cron: "0 3 * * *", set: { n: 5 } }
          two: { pipeline: p.yaml, releases: out/two, cron: "@daily", time_zone: UTC, retry: { first_delay: 90s } }
          three:
            pipeline: p.yaml
            releases: out/three
            cron: "0 0 12 ? * MON-FRI 2030-2040"
            overlap: queue
            catch_up: { missed: all, at_most: 3, within: 36h }
            keep: { releases: 7 }

        """;

    private static readonly byte[][] Pieces =
    [
        "*"u8.ToArray(), ": "u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "\n  "u8.ToArray(), "\""u8.ToArray(),
        "-1"u8.ToArray(), "99999999999"u8.ToArray(), "null"u8.ToArray(), "../"u8.ToArray(), "*/0 "u8.ToArray(),
        "L-99 "u8.ToArray(), "\\0"u8.ToArray(), "99999999d"u8.ToArray(), "&a "u8.ToArray(), "*a "u8.ToArray(),
        "0 3 31 2 *"u8.ToArray(), "FRI#9 "u8.ToArray(), "1W "u8.ToArray(), "59/59 "u8.ToArray(),
    ];

    private readonly TempFolder _temp = new();

    public ScheduleFuzzTests() => _temp.Write("p.yaml",
        "segpipe: 1\nname: p\nparams: { n: { int: 3, min: 1 } }\nstages:\n" +
        "  scenes: { read.synthetic: { count: $n } }\n  set: { write.coco: { file: set.json } }\n");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_schedule_has_problems_with_places_or_is_sound()
    {
        Assert.Empty(Load(Encoding.UTF8.GetBytes(Good)).Problems);
        int sound = 0;
        var fuzzer = new MutationFuzzer("schedule", [Encoding.UTF8.GetBytes(Good)])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 400,
            Spoil = number => TextSpoiler.Spoil(Good, Pieces, number),
        };
        int inputs = fuzzer.Run(input =>
        {
            LoadedSchedule loaded = Load(input);
            Assert.Equal(loaded.Schedule is null, loaded.Problems.Count > 0);
            Assert.All(loaded.Problems, p => Assert.Contains("error: ", p.ToString(), StringComparison.Ordinal));
            if (loaded.Schedule is not null) sound++;
        });
        Assert.True(sound >= inputs / 50 && inputs - sound >= inputs / 10, $"{sound} of {inputs} sound");
    }

    private LoadedSchedule Load(byte[] text)
    {
        File.WriteAllBytes(_temp["s.yaml"], text);
        return ScheduleFile.Load(_temp["s.yaml"], TimeProvider.System);
    }
}
