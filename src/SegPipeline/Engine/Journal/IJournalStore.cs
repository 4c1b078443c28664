using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>A file that is complete in its place in the release to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public readonly record struct StagedFile(ReleaseName Name, long SizeBytes, string Sha256);

/// <summary>Where the journal of a run lies: beside the files that the run has made so far, however it ends.</summary>
public interface IJournalStore
{
    /// <summary>Opens the journal for reading and writing, empty where there is none yet. Whoever opens it closes
    /// it.</summary>
    Stream OpenLog();

    /// <summary>Waits until files are in their places.</summary>
    /// <param name="names">The names; those that were never put into the release are left out.</param>
    /// <returns>The files; null when one of them will never be in its place.</returns>
    IReadOnlyList<StagedFile>? AwaitFiles(IReadOnlyList<ReleaseName> names);

    /// <summary>Tells how many files, from the first on, lie in their places as they were.</summary>
    int CountWhole(IReadOnlyList<StagedFile> files);

    /// <summary>Takes files over from the run before, and removes all others. Called once, before anything is
    /// written.</summary>
    void Adopt(IReadOnlyList<StagedFile> files);

    /// <summary>Opens the journal that the run kept which made the published release, for reading; null when there is
    /// none. Whoever opens it closes it.</summary>
    Stream? OpenKept() => null;

    /// <summary>Offers files of the published release to this run.</summary>
    /// <returns>False when one of them is not there as it was; none is offered then.</returns>
    bool OfferPublished(IReadOnlyList<StagedFile> files) => false;

    /// <summary>There is something in the journal now that is worth resuming.</summary>
    void Keep();
}

/// <summary>That and how a run keeps a journal.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Identity">What must be the same for a run to be resumed, beside the plan and the inputs, e.g. the
/// digest of the config: what it is called, and its text.</param>
public sealed record JournalOptions(IJournalStore Store, IReadOnlyList<(string Name, string Text)> Identity)
{
    /// <summary>Code of the problem that the journal is none of this run.</summary>
    public const string CannotResume = "CANNOT_RESUME";

    /// <summary>What to do with the journal of an earlier run.</summary>
    public JournalStart Start { get; init; }

    /// <summary>What a user can do about a journal that belongs to another run.</summary>
    public string Remedy { get; init; } = "run without --resume to begin anew";
}

/// <summary>What becomes of the journal of an earlier run.</summary>
public enum JournalStart
{
    /// <summary>Nothing: the run begins anew.</summary>
    Anew,

    /// <summary>The run goes on where the earlier one ended.</summary>
    Resume,

    /// <summary>The run begins anew, but takes what cannot have changed from the run that made the published
    /// release.</summary>
    Replay,
}
