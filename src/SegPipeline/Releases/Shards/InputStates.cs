using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;

namespace SegPipeline.Releases.Shards;

/// <summary>Sizes and times of the input files of a plan, to see whether one was changed since.</summary>
/// <param name="plan">The plan.</param>
public sealed class InputStates(PipelinePlan plan)
{
    private readonly (string Path, string State)[] _states =
        [.. PlanFile.FilesOf(plan).Select(f => (f.Path, JournalHeader.StateOf(f.Path)))];

    /// <summary>Tells that files were changed since; null when none was.</summary>
    public BadDataException? Changed()
    {
        string? changed = _states.FirstOrDefault(s => JournalHeader.StateOf(s.Path) != s.State).Path;
        return changed is null ? null : InputDigests.ChangedMeanwhile(changed);
    }
}
