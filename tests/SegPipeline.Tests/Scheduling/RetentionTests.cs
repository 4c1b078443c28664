using SegPipeline.Cli;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Tests.Cli;

namespace SegPipeline.Tests.Scheduling;

public sealed class RetentionTests : IDisposable
{
    private readonly TestSchedule _schedule = new("2026-03-01 00:30");

    public void Dispose() => _schedule.Dispose();

    [Theory]
    [InlineData(2, null, "04 05")]
    [InlineData(null, 1, "05")]
    [InlineData(2, 3, "03 04 05")]
    [InlineData(1, 1, "05")]
    [InlineData(null, null, "01 02 03 04 05")]
    public async Task So_many_releases_and_those_of_so_many_days_stay(int? releases, int? days, string kept)
    {
        ScheduledJob job = await MakeFiveAsync(new KeepSection { Releases = releases, Days = days });
        Assert.Equal(kept, string.Join(' ', Releases(job)));
        Assert.Equal(5 - Releases(job).Length, _schedule.Rows.Count(r => r.Removed is not null));
        Assert.Equal("20260305T010000Z", job.Releases.Current);
        // Nothing of a removed release is left beside it.
        Assert.Equal(Releases(job).Length, Directory.GetFiles(job.Releases.Folder, ".2026*.lock").Length);
        foreach (string sibling in (string[])["2026*.trace", "2026*.journal"])
            Assert.Equal(Releases(job).Length, Directory.GetFiles(job.Releases.Folder, sibling).Length);
    }

    [Fact]
    public async Task A_release_that_a_job_reads_stays_until_it_is_read()
    {
        ScheduledJob job = await MakeFiveAsync(new KeepSection { Releases = 5 });
        using (ReleaseLeases.Take([Path.Combine(job.Releases.PathOf("20260302T010000Z"), "a.json"),
            Path.Combine(job.Releases.CurrentLink, "a.json")]))
        {
            Assert.False(job.Releases.TryRemove("20260302T010000Z"));
            Assert.False(job.Releases.TryRemove("20260305T010000Z"));
            Assert.True(job.Releases.TryRemove("20260303T010000Z"));
        }
        Assert.True(job.Releases.TryRemove("20260302T010000Z"));
        Assert.Equal("01 04 05", string.Join(' ', Releases(job)));
    }

    [Fact]
    public async Task A_release_that_is_read_by_way_of_several_links_stays()
    {
        ScheduledJob job = await MakeFiveAsync(new KeepSection { Releases = 5 });
        string far = Path.Combine(Path.GetDirectoryName(job.Releases.Folder)!, "far.json");
        File.CreateSymbolicLink(far, Path.Combine(job.Releases.CurrentLink, "a.json"));
        using (ReleaseLeases.Take([far])) Assert.False(job.Releases.TryRemove("20260305T010000Z"));
        Assert.True(job.Releases.TryRemove("20260305T010000Z"));
    }

    [Fact]
    public void A_release_that_was_removed_as_a_run_began_is_worth_trying_again()
    {
        using var set = new CocoSet(images: 1);
        set.Write("all: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: set.json } }");
        LoadedPipeline pipeline = PipelineFile.Load(set["p.yaml"], new LoadOptions());
        Assert.Empty(pipeline.Problems);
        ReleaseLeases.Take(pipeline).Dispose();
        File.Delete(set["instances.json"]);
        var gone = Assert.Throws<IOException>(() => ReleaseLeases.Take(pipeline));
        Assert.Contains("instances.json", gone.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Temporary, Failure.CodeOf(gone));
    }

    [Fact]
    public async Task The_current_release_stays_even_when_it_is_an_old_one()
    {
        ScheduledJob job = await MakeFiveAsync(new KeepSection());
        job.Releases.SwitchTo("20260303T010000Z");
        ScheduledJob strict = job with { Policy = job.Policy with { Keep = new KeepSection { Releases = 1 } } };
        var retention = new Retention(_schedule.History, _ => { });
        retention.Apply(strict, DateTimeOffset.UnixEpoch);
        // Asked for again while it goes on, nothing is removed twice.
        retention.Apply(strict, DateTimeOffset.UnixEpoch);
        await retention.Removing;
        retention.NoteRemoved();
        Assert.Equal(3, _schedule.Rows.Count(r => r.Removed == DateTimeOffset.UnixEpoch));
        Assert.Equal("20260303T010000Z", job.Releases.Current);
        Assert.Equal("03 05", string.Join(' ', Releases(job)));
    }

    private async Task<ScheduledJob> MakeFiveAsync(KeepSection keep)
    {
        ScheduledJob job = _schedule.Add("0 1 * * *", job => job with { Keep = keep });
        _schedule.Step();
        for (int day = 1; day <= 5; day++)
        {
            _schedule.StepAt($"2026-03-0{day} 01:00");
            (await _schedule.Runner.BegunAsync()).Succeed();
            await _schedule.StepAfterRunAsync();
        }
        await _schedule.StepAfterRemovalAsync();
        return job;
    }

    private static string[] Releases(ScheduledJob job) =>
    [
        .. Directory.GetDirectories(job.Releases.Folder, "2026*").Select(d => Path.GetFileName(d)[6..8])
            .Order(StringComparer.Ordinal),
    ];
}
