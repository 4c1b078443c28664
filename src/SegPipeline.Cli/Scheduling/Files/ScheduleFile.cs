using System.Collections.Immutable;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Scheduling.Files;

/// <summary>A schedule file that was loaded: a schedule, or everything that is wrong with it.</summary>
/// <param name="Schedule">The schedule; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong, with the pipelines of the jobs too.</param>
internal sealed record LoadedSchedule(Schedule? Schedule, IReadOnlyList<ConfigProblem> Problems)
{
    /// <summary>Full path of the history: known as well when only the pipelines of jobs have problems, which is when
    /// somebody wants to look into it.</summary>
    public string? HistoryFile { get; init; }
}

/// <summary>Loads schedule files.</summary>
internal sealed class ScheduleFile
{
    private const int Format = 1;
    private const int LongestName = 64;

    private readonly string _file;
    private readonly TimeProvider _clock;
    private readonly ProblemList _problems;
    private readonly PathScope _paths;
    private readonly List<ConfigProblem> _ofPipelines = [];

    private ScheduleFile(string file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        _problems = new ProblemList(file);
        _paths = new PathScope(file);
    }

    /// <summary>Loads a schedule file and the pipelines of its jobs. No mistake of a user throws.</summary>
    /// <param name="path">The file; messages name it like this.</param>
    /// <param name="clock">Tells what is past.</param>
    public static LoadedSchedule Load(string path, TimeProvider clock)
    {
        var file = new ScheduleFile(path, clock);
        Schedule? schedule = file.Load();
        ConfigProblem[] problems = [.. file._problems.Sorted(), .. file._ofPipelines.Distinct()];
        return new LoadedSchedule(problems.Length == 0 ? schedule : null, problems)
        {
            HistoryFile = file._problems.Count == 0 ? schedule?.HistoryFile : null,
        };
    }

    private Schedule? Load()
    {
        var start = new SourcePlace(_file, 1, 1);
        YamlNode? root = YamlReader.ReadFile(_file, _file, start, _problems);
        if (root is null && _problems.Count == 0)
            _problems.Add(start, "the file is empty", "begin it with 'segpipe_schedule: 1'");
        if (root is YamlMap map && map.Find("segpipe") is { } other && map.Find("stages") is not null)
            _problems.Add(other.Key.Place, "this is a pipeline file, expected a schedule",
                "name it under 'pipeline' of a job");
        else if (root is not null)
            return ToSchedule(root, Bind<ScheduleSection>(root, "the schedule"));
        return null;
    }

    private T? Bind<T>(YamlNode node, string what) where T : class =>
        new RecordShape(typeof(T)).Bind(node, node.Place, new BindScope(what, _problems, _paths))?.Value as T;

    /// <summary>Looks at each job by itself: a slip in one hides nothing that is wrong with another.</summary>
    private Schedule? ToSchedule(YamlNode root, ScheduleSection? section)
    {
        if (section is not null && section.SegpipeSchedule.Value != Format)
            _problems.Add(section.SegpipeSchedule.Place, $"the file is of format {section.SegpipeSchedule.Value}, " +
                $"and this program reads format {Format}");
        TimeZoneInfo zone = Zone(section?.TimeZone) ?? TimeZoneInfo.Utc;
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        var jobs = ImmutableArray.CreateBuilder<ScheduledJob>();
        foreach (YamlEntry entry in JobsOf(root))
            if (Bind<JobSection>(entry.Value, $"the job '{entry.Key.Text}'") is { } job &&
                ToJob(entry.Key, job, zone, roots) is { } sound)
                jobs.Add(sound);
        return section is null ? null : new Schedule(
            Path.GetFullPath(_file), FullPath(section.History, "'history'"), section.Parallel, jobs.ToImmutable());
    }

    private ImmutableArray<YamlEntry> JobsOf(YamlNode root)
    {
        YamlNode? jobs = (root as YamlMap)?.Find("jobs")?.Value;
        if (jobs is YamlMap { Entries.Length: > 0 } map) return map.Entries;
        if (jobs is not (null or YamlUnreadable))
            _problems.Add(jobs.Place, $"'jobs' must be a map from names to jobs, found {Found.Describe(jobs)}",
                "e.g. nightly: { pipeline: p.yaml, releases: ../releases/p, cron: '0 3 * * *' }");
        return [];
    }

    private ScheduledJob? ToJob(
        YamlScalar key, JobSection job, TimeZoneInfo standard, Dictionary<string, string> roots)
    {
        string name = key.Text;
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetterOrDigit(name[0]) ||
            !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            _problems.Add(key.Place, $"'{name}' cannot be the name of a job",
                $"use at most {LongestName} letters, digits, hyphens and underscores");
        CronTimes? times = Times(job, Zone(job.TimeZone) ?? standard);
        string root = FullPath(job.Releases, $"'releases' of {name}");
        if (!roots.TryAdd(root, name))
            _problems.Add(job.Releases.Place, $"the jobs '{roots[root]}' and '{name}' have the same folder of releases",
                "give each a folder of its own");
        CheckPipeline(name, job, root);
        string file = job.Pipeline.Value.FullPath;
        return times is null ? null : new ScheduledJob(name, file, new ReleaseShelf(root), times, job);
    }

    private CronTimes? Times(JobSection job, TimeZoneInfo zone)
    {
        try
        {
            CronTimes times = CronTimes.Parse(job.Cron.Value, zone);
            if (times.After(_clock.GetUtcNow()) is not null) return times;
            _problems.Add(job.Cron.Place, $"'{job.Cron.Value}' is never due: there is no such day, or it is past");
        }
        catch (FormatException e)
        {
            _problems.Add(job.Cron.Place, $"'cron': {e.Message.TrimEnd('.')}");
        }
        return null;
    }

    private TimeZoneInfo? Zone(Located<string>? name)
    {
        if (name is null) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name.Value, out TimeZoneInfo? zone)) return zone;
        string[] known = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)];
        _problems.Add(name.Place, $"there is no time zone '{name.Value}'", known.Length == 0
            ? "this system has no time zones: install tzdata, or write UTC"
            : DidYouMean.Hint(name.Value, known) ?? "write an IANA name such as Europe/Berlin, or UTC");
        return TimeZoneInfo.Utc;
    }

    private string FullPath(Located<string> path, string what)
    {
        if (PathScope.IsPath(path.Value)) return _paths.Resolve(path.Value, path.Place).FullPath;
        _problems.Add(path.Place, $"{what} must be a path");
        return "";
    }

    private void CheckPipeline(string name, JobSection job, string releases)
    {
        string file = job.Pipeline.Value.FullPath;
        if (!File.Exists(file))
        {
            _problems.Add(job.Pipeline.Place, $"there is no pipeline file '{job.Pipeline.Value}' for the job '{name}'",
                $"looked for {file}");
            return;
        }
        LoadedPipeline pipeline = JobPipeline.Load(file, job.Set, _paths.RootFolder, releases);
        _ofPipelines.AddRange(pipeline.Problems);
        if (pipeline.Problems.Count == 0 && pipeline.ReleaseFolder is null)
            _problems.Add(job.Pipeline.Place, $"the pipeline of the job '{name}' has no stage that writes");
    }
}
