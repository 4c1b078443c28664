using SegPipeline.Cli.Output;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class ProgressTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Percent_is_rounded_down_so_that_100_means_done()
    {
        Assert.Equal(99, new ProgressReading(new RunProgress("run", 999_999, 1_000_000), 0, null).Percent);
        Assert.Equal(100, new ProgressReading(new RunProgress("run", 5, 5), 0, null).Percent);
        Assert.Null(new ProgressReading(new RunProgress("plan", 0, 0), 0, null).Percent);
    }

    [Fact]
    public void Rate_and_time_left_follow_from_the_counts_of_the_phase()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(new RunProgress("survey draw", 500, 500));
        _clock.Advance(TimeSpan.FromSeconds(3));
        meter.Take(new RunProgress("run", 0, 1000));
        _clock.Advance(TimeSpan.FromSeconds(2));
        meter.Take(new RunProgress("run", 100, 1000));

        ProgressReading reading = meter.Read();
        Assert.Equal(50, reading.PerSecond, 6);
        Assert.Equal(TimeSpan.FromSeconds(18), reading.Remaining);
    }

    [Fact]
    public void A_slow_start_is_forgotten_after_a_while()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(new RunProgress("run", 0, 100_000));
        _clock.Advance(TimeSpan.FromSeconds(60));
        for (int i = 0; i <= 20; i++)
        {
            meter.Take(new RunProgress("run", 1 + (i * 100), 100_000));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.InRange(meter.Read().PerSecond, 90, 110);
    }

    [Fact]
    public void The_bar_fits_its_line_however_narrow()
    {
        for (int width = 1; width < 200; width++)
        {
            Terminal terminal = CliRun.Captured() with { WidthChars = () => width };
            new ProgressBar(terminal).Show(
                new ProgressReading(new RunProgress("run", 328, 800), 1204.4, TimeSpan.FromSeconds(39)));
            string line = terminal.Error.ToString()!["\r\e[K".Length..];
            Assert.True(line.Length <= Math.Max(width - 1, 10), line);
        }
    }

    [Fact]
    public void The_bar_shows_phase_share_count_rate_and_time_left()
    {
        Terminal terminal = CliRun.Captured() with { WidthChars = () => 70 };
        new ProgressBar(terminal).Show(
            new ProgressReading(new RunProgress("run", 400, 800), 1204.4, TimeSpan.FromSeconds(39)));
        Assert.Equal(
            "\r\e[Krun [==========           ]  50%  400/800 samples  1,204/s  39 s left", terminal.Error.ToString());
    }

    [Fact]
    public void A_log_gets_a_line_every_few_seconds_and_none_when_nothing_happened()
    {
        Terminal terminal = CliRun.Captured();
        using (var display = new ProgressDisplay(new ProgressLines(terminal), _clock))
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            display.Report(new RunProgress("run", 0, 10));
            display.Report(new RunProgress("run", 4, 10));
            _clock.Advance(TimeSpan.FromSeconds(5));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
        _clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal("run: 40%  4/10 samples  0.8/s  7.5 s left\n", terminal.Error.ToString());
    }

    [Fact]
    public void Machines_get_an_event_a_line()
    {
        var lines = new StringWriter();
        using (var display = new ProgressDisplay(new ProgressEvents(new JsonLines(lines)), _clock))
        {
            display.Report(new RunProgress("run", 0, 10));
            _clock.Advance(TimeSpan.FromSeconds(1));
            display.Report(new RunProgress("run", 4, 10));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(
            """{"event":"progress","phase":"run","done":0,"total":10,"per_second":0}""" + "\n" +
            """{"event":"progress","phase":"run","done":4,"total":10,"per_second":2,"seconds_left":3}""" + "\n",
            lines.ToString());
    }

    [Fact]
    public void The_bar_leaves_an_empty_line_behind()
    {
        Terminal terminal = CliRun.Captured();
        using (var display = new ProgressDisplay(new ProgressBar(terminal), _clock))
        {
            display.Report(new RunProgress("run", 1, 2));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.EndsWith("\r\e[K", terminal.Error.ToString(), StringComparison.Ordinal);
    }
}
