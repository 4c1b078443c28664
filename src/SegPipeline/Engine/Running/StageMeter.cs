using System.Diagnostics;
using SegPipeline.Engine.Passing;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>Tells whoever watches how the accounts of stages grow; in the end that is what the ledger says.</summary>
/// <param name="graph">The graph.</param>
internal sealed class StageMeter(PipelineGraph graph)
{
    private readonly NodeCounts[] _told = [.. graph.Nodes.Select(_ => new NodeCounts(ports: 0))];

    /// <summary>Tells what has been added to the accounts.</summary>
    /// <param name="totals">The accounts, a node each.</param>
    public void Tell(NodeCounts[] totals)
    {
        if (!IsWatched) return;
        for (int n = 0; n < totals.Length; n++)
        {
            NodeCounts now = totals[n], told = _told[n];
            var tags = new TagList
            {
                { "pipeline", graph.Name },
                { "stage", graph.Nodes[n].Name },
                { "kind", StageAttribute.NameOf(graph.Nodes[n].Stage) },
            };
            if (now.SamplesIn != told.SamplesIn) Telemetry.SamplesIn.Add(now.SamplesIn - told.SamplesIn, tags);
            if (now.SamplesOut != told.SamplesOut) Telemetry.SamplesOut.Add(now.SamplesOut - told.SamplesOut, tags);
            if (now.SamplesRejected != told.SamplesRejected)
                Telemetry.SamplesRejected.Add(now.SamplesRejected - told.SamplesRejected, tags);
            if (now.InstancesIn != told.InstancesIn)
                Telemetry.InstancesIn.Add(now.InstancesIn - told.InstancesIn, tags);
            if (now.InstancesOut != told.InstancesOut)
                Telemetry.InstancesOut.Add(now.InstancesOut - told.InstancesOut, tags);
            (told.SamplesIn, told.SamplesOut, told.SamplesRejected) =
                (now.SamplesIn, now.SamplesOut, now.SamplesRejected);
            (told.InstancesIn, told.InstancesOut) = (now.InstancesIn, now.InstancesOut);
        }
    }

    private static bool IsWatched =>
        Telemetry.SamplesIn.Enabled || Telemetry.SamplesOut.Enabled || Telemetry.SamplesRejected.Enabled ||
        Telemetry.InstancesIn.Enabled || Telemetry.InstancesOut.Enabled;
}
