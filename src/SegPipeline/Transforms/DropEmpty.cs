using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Drops the samples that have no instances.</summary>
/// <example>annotated: { drop_empty: {} }</example>
[Stage("drop_empty")]
public sealed record DropEmpty : Transform
{
    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => (sample, output) =>
    {
        if (sample.Instances.IsEmpty) output.DropSample("empty");
        else output.Emit(sample);
    };
}
