using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Dropping instances from a sample, with the account that the ledger needs.</summary>
internal static class InstanceDropping
{
    /// <summary>Emits the sample with the instances that pass; drops it when it should not go on without any.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="passes">Which instances stay.</param>
    /// <param name="reason">Why the others go, a short noun phrase for the ledger.</param>
    /// <param name="keepEmpty">Whether a sample without instances goes on.</param>
    /// <param name="output">Where it goes.</param>
    public static void KeepInstances(
        this Sample sample, Func<Instance, bool> passes, string reason, bool keepEmpty, StageOutput output)
    {
        ImmutableArray<Instance> kept = sample.Instances.RemoveAll(i => !passes(i));
        if (kept.IsEmpty && !keepEmpty)
        {
            output.DropSample("empty");
            return;
        }
        output.Count(Tally.InstancesDropped, reason, sample.Instances.Length - kept.Length);
        output.Emit(kept.Length == sample.Instances.Length ? sample : sample with { Instances = kept });
    }
}
