using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Conditions;

/// <summary>What a condition is worked out on.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Instance">The instance; null when the condition is on the sample.</param>
/// <param name="Output">Where it is counted how often a member was missing.</param>
internal readonly record struct Subject(Sample Sample, Instance? Instance, StageOutput Output)
{
    /// <summary>Bad data, with the place it stands at.</summary>
    public BadDataException Fault(string message)
    {
        var problem = new Problem("FILTER_TYPE", message)
        {
            Remedy = "correct the condition, or the member in the source",
        };
        return Instance is not null
            ? new BadDataException(problem).At(Instance, Sample)
            : new BadDataException(problem with { Record = $"'{Sample.Key}'", File = Sample.SourceRecord?.File.Path });
    }
}
