using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Drops the instances that stand for a group of objects (<c>iscrowd</c> is 1), whatever the form of their mask. An
/// instance that does not say is not a crowd.
/// </summary>
/// <example>clean: { drop_crowds: { keep_empty: false } }</example>
[Stage("drop_crowds")]
public sealed record DropCrowds : Transform
{
    /// <summary>Whether a sample that has no instances behind this stage goes on; if not, it is dropped.</summary>
    public bool KeepEmpty { get; init; } = true;

    /// <inheritdoc/>
    public override bool KeepsSamples => KeepEmpty;

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
        (sample, output) => sample.KeepInstances(i => i.IsCrowd != true, "crowd", KeepEmpty, output);
}
