using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Takes what a stage made of one sample, counts it and holds the stage to its word.</summary>
/// <param name="node">Number of the node.</param>
/// <param name="name">Its name.</param>
/// <param name="portCount">Number of its ports.</param>
internal sealed class StageYield(int node, string name, int portCount)
{
    /// <summary>Puts what was emitted at the node's ports and enters it into the account.</summary>
    /// <param name="batch">The batch, with the output of the stage.</param>
    /// <param name="counts">The node's account.</param>
    /// <param name="item">The sample that came in, or the first of those that were joined.</param>
    /// <param name="instancesIn">Instances that came in.</param>
    /// <exception cref="EngineFaultException">What came in and what became of it do not balance.</exception>
    public void Take(Batch batch, NodeCounts counts, in Item item, long instancesIn)
    {
        IReadOnlyList<(int Port, Sample Sample)> emitted = batch.Output.Emitted;
        long instancesOut = 0;
        for (int i = 0; i < emitted.Count; i++)
        {
            (int port, Sample sample) = emitted[i];
            if ((uint)port >= (uint)portCount)
                throw new EngineFaultException(name, $"sent sample '{item.Sample.Key}' to port {port} of {portCount}");
            counts.Leave(sample, port);
            instancesOut += sample.Instances.Length;
            batch.At(new PortRef(node, port)).Add(item.With(sample, i, emitted.Count));
        }
        CheckSamples(batch.Output, counts, item, emitted.Count);
        CheckInstances(batch.Output, counts, item, instancesIn, instancesOut);
    }

    private void CheckSamples(StageOutput output, NodeCounts counts, in Item item, int emitted)
    {
        if (output.Tallies.Count == 0 && emitted == 1) return;
        long added = 0, dropped = 0;
        for (int i = 0; i < output.Tallies.Count; i++)
        {
            (Tally kind, string reason, long count) = output.Tallies[i];
            if (count < 0 && kind != Tally.Note)
                throw new EngineFaultException(name, $"counted {count} times '{reason}' of sample '{item.Sample.Key}'");
            counts.Add(kind, reason, count);
            if (kind == Tally.SamplesAdded) added += count;
            if (kind == Tally.SamplesDropped) dropped += count;
        }
        if (1 + added != emitted + dropped)
            throw new EngineFaultException(name, $"does not account for what it made of sample '{item.Sample.Key}': " +
                $"1 in + {added} added is not {emitted} out + {dropped} dropped");
    }

    private void CheckInstances(
        StageOutput output, NodeCounts counts, in Item item, long instancesIn, long instancesOut)
    {
        long added = 0, dropped = 0;
        string? dropReason = null;
        for (int i = 0; i < output.Tallies.Count; i++)
        {
            (Tally kind, string reason, long count) = output.Tallies[i];
            if (kind == Tally.InstancesAdded) added += count;
            if (kind == Tally.InstancesDropped) dropped += count;
            if (kind == Tally.SamplesDropped) dropReason = reason;
        }
        long missing = instancesIn + added - instancesOut - dropped;
        if (missing > 0 && dropReason is not null && output.Emitted.Count == 0)
            counts.Add(Tally.InstancesDropped, dropReason, missing);
        else if (missing != 0)
            throw new EngineFaultException(name,
                $"does not account for the instances of sample '{item.Sample.Key}': " +
                $"{instancesIn} in + {added} added is not {instancesOut} out + {dropped} dropped");
    }
}
