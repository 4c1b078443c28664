using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>The first record of a journal: which run it belongs to.</summary>
/// <param name="Identity">What must be the same: what it is called, and its text.</param>
/// <param name="Inputs">The input files with what tells whether they have changed.</param>
internal sealed record JournalHeader(
    ImmutableArray<(string Name, string Text)> Identity, ImmutableArray<(string Path, string State)> Inputs)
{
    private const string PlanName = "the plan";
    private const string InfosName = "what is known of the datasets";

    /// <summary>The header of a run.</summary>
    public static JournalHeader Of(PipelinePlan plan, IEnumerable<(string Name, string Text)> identity) => new(
        [.. identity, (PlanName, plan.Sha256), (InfosName, InfoDigest.Of(plan))],
        [.. plan.InputFiles.Concat(StageFiles.Of(plan.Graph)).Select(f => f.Path).Distinct(StringComparer.Ordinal)
            .Select(path => (path, StateOf(path)))]);

    /// <summary>The bytes of the record.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        var journal = new JournalWriter(_ => null);
        Save(journal, Identity);
        Save(journal, Inputs);
        return journal.Written;
    }

    /// <summary>Reads the record; null for one that is something else.</summary>
    public static JournalHeader? Load(byte[] record)
    {
        try
        {
            var journal = new JournalReader(record, _ => throw new InvalidOperationException());
            var header = new JournalHeader(LoadPairs(journal), LoadPairs(journal));
            return journal.IsAtEnd ? header : null;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a journal whose first record is none of a run.</summary>
    public static BadDataException NotOfARun(string remedy) =>
        new(new Problem(JournalOptions.CannotResume, "what lies in the place of the journal is none")
        {
            Remedy = remedy,
        });

    /// <summary>Makes sure that a run may go on where this one ended.</summary>
    /// <param name="now">The header that the run would write itself.</param>
    /// <param name="remedy">What to do when it may not.</param>
    /// <exception cref="BadDataException">It may not: what has changed in between.</exception>
    public void CheckAgainst(JournalHeader now, string remedy)
    {
        var problems = new List<Problem>();
        // There are as many of them as pictures.
        var then = Inputs.Select(i => i.Path).ToHashSet(StringComparer.Ordinal);
        var states = now.Inputs.ToDictionary(i => i.Path, i => i.State, StringComparer.Ordinal);
        foreach ((string path, string state) in Inputs)
        {
            string found = states.GetValueOrDefault(path, "not an input");
            if (found != state)
                problems.Add(Changed($"the input has changed since that run: {state} then, {found} now", remedy) with
                {
                    File = path,
                });
        }
        foreach ((string path, _) in now.Inputs.Where(i => !then.Contains(i.Path)))
            problems.Add(Changed("it was not an input of that run", remedy) with { File = path });
        foreach ((string name, string text) in Identity)
            // Where an input has changed the plan mostly has too, which tells the user nothing more.
            if (!now.Identity.Contains((name, text)) && problems.Count == 0)
                problems.Add(Changed($"{name} has changed since that run", remedy));
        if (problems.Count > 0) throw new BadDataException(problems);
    }

    /// <summary>Tells why no chunk of this run can be one of another.</summary>
    /// <param name="now">The header of the other run.</param>
    /// <param name="isOwn">Whether a file is one that only the samples of one plan entry depend on.</param>
    /// <returns>The reason, as the rest of a sentence; null when single chunks can.</returns>
    /// <exception cref="BadDataException">The other run is of another pipeline or program.</exception>
    public string? WhyNoChunk(JournalHeader now, Func<string, bool> isOwn)
    {
        foreach ((string name, string text) in Identity.Where(i => i.Name is not (PlanName or InfosName)))
            if (!now.Identity.Contains((name, text)))
                throw new BadDataException(new Problem("CANNOT_REPLAY",
                    $"{name} has changed since the run whose rejects are to be replayed")
                {
                    Remedy = "run the whole pipeline: segpipe run",
                });
        var shared = Inputs.Except(now.Inputs).Concat(now.Inputs.Except(Inputs)).Select(i => i.Path)
            .FirstOrDefault(path => !isOwn(path));
        if (shared is not null) return $"{shared} has changed, which any sample can depend on";
        return Identity.Except(now.Identity).Select(i => $"{i.Name} has changed").FirstOrDefault();
    }

    private static Problem Changed(string why, string remedy) =>
        new(JournalOptions.CannotResume, "the interrupted run cannot be resumed: " + why) { Remedy = remedy };

    private static void Save(JournalWriter journal, ImmutableArray<(string, string)> pairs)
    {
        journal.Number(pairs.Length);
        foreach ((string name, string text) in pairs)
        {
            journal.Text(name);
            journal.Text(text);
        }
    }

    private static ImmutableArray<(string, string)> LoadPairs(JournalReader journal)
    {
        // Not made as long as the number says, which may be anything.
        var pairs = ImmutableArray.CreateBuilder<(string, string)>();
        for (int left = journal.Count(); left > 0; left--) pairs.Add((journal.Text()!, journal.Text()!));
        return pairs.ToImmutable();
    }

    internal static string StateOf(string path)
    {
        var file = new FileInfo(path);
        // A link has a length and a time of its own.
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo final)
            file = final;
        if (!file.Exists) return "missing";
        string written = file.LastWriteTimeUtc.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        return $"{file.Length} bytes of {written}";
    }
}
