using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>What one node did with the samples of a chunk, or of a whole run.</summary>
/// <param name="ports">Number of the node's output ports.</param>
internal sealed class NodeCounts(int ports)
{
    private readonly List<(Tally Kind, string Reason, long Count)> _tallies = [];

    /// <summary>Samples that came in.</summary>
    public long SamplesIn { get; set; }

    /// <summary>Samples that left, by all ports or into a file.</summary>
    public long SamplesOut { get; set; }

    /// <summary>Samples that went to the errors port.</summary>
    public long SamplesRejected { get; set; }

    /// <summary>Instances that came in.</summary>
    public long InstancesIn { get; set; }

    /// <summary>Instances that left.</summary>
    public long InstancesOut { get; set; }

    /// <summary>Instances of samples that went to the errors port.</summary>
    public long InstancesRejected { get; set; }

    /// <summary>Samples that left, by port.</summary>
    public long[] SamplesByPort { get; } = new long[ports];

    /// <summary>What was counted by reason; each kind and reason once, in no particular order.</summary>
    public IReadOnlyList<(Tally Kind, string Reason, long Count)> Tallies => _tallies;

    /// <summary>Counts something by reason.</summary>
    public void Add(Tally kind, string reason, long count)
    {
        if (count == 0) return;
        for (int i = 0; i < _tallies.Count; i++)
        {
            (Tally otherKind, string otherReason, long before) = _tallies[i];
            if (otherKind != kind || !string.Equals(otherReason, reason, StringComparison.Ordinal)) continue;
            _tallies[i] = (kind, reason, before + count);
            return;
        }
        _tallies.Add((kind, reason, count));
    }

    /// <summary>A sample comes in.</summary>
    public void Enter(Sample sample)
    {
        SamplesIn++;
        InstancesIn += sample.Instances.Length;
    }

    /// <summary>A sample leaves by a port.</summary>
    public void Leave(Sample sample, int port)
    {
        LeaveUnread(port, count: 1);
        InstancesOut += sample.Instances.Length;
    }

    /// <summary>A sample leaves beside the one that came in; counted by the name of its port.</summary>
    public void AddFurther(Sample sample, string port)
    {
        Add(Tally.SamplesAdded, port, 1);
        Add(Tally.InstancesAdded, port, sample.Instances.Length);
    }

    /// <summary>Samples leave by a port of which nobody looked into any.</summary>
    public void LeaveUnread(int port, long count)
    {
        SamplesOut += count;
        SamplesByPort[port] += count;
    }

    /// <summary>A sample that came in leaves by no port.</summary>
    public void Drop(Sample sample, string reason)
    {
        Add(Tally.SamplesDropped, reason, 1);
        Add(Tally.InstancesDropped, reason, sample.Instances.Length);
    }

    /// <summary>A sample that came in is rejected.</summary>
    public void Reject(Sample sample)
    {
        SamplesRejected++;
        InstancesRejected += sample.Instances.Length;
    }

    /// <summary>Adds everything another account has.</summary>
    public void Add(NodeCounts other)
    {
        SamplesIn += other.SamplesIn;
        SamplesOut += other.SamplesOut;
        SamplesRejected += other.SamplesRejected;
        InstancesIn += other.InstancesIn;
        InstancesOut += other.InstancesOut;
        InstancesRejected += other.InstancesRejected;
        for (int p = 0; p < ports; p++) SamplesByPort[p] += other.SamplesByPort[p];
        foreach ((Tally kind, string reason, long count) in other._tallies) Add(kind, reason, count);
    }
}
