namespace SegPipeline.Releases;

/// <summary>
/// The files beside a release that tell of the run that made it. They are no part of it, since they differ from run to
/// run or are of use only here: the release <c>releases/x</c> has <c>releases/x.run.json</c> and the others.
/// </summary>
public static class ReleaseSiblings
{
    /// <summary>Times and machine (<see cref="RunRecord"/>).</summary>
    public static string RecordOf(string release) => release + ".run.json";

    /// <summary>The journal of a run that rejected samples, so that they can be replayed.</summary>
    public static string JournalOf(string release) => release + ".journal";

    /// <summary>What flowed, so that two releases can be compared stage by stage.</summary>
    public static string TraceOf(string release) => release + ".trace";

    /// <summary>Removes them all, as far as they are there.</summary>
    public static void Remove(string release)
    {
        File.Delete(RecordOf(release));
        File.Delete(JournalOf(release));
        File.Delete(TraceOf(release));
    }
}
