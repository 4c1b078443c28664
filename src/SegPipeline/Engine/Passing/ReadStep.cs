using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Reads the entries of a batch.</summary>
internal sealed class ReadStep(int node, EntrySet? needed, string name, OpenDataset dataset) : Step(node, needed)
{
    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        NodeCounts counts = batch.Counts(Node);
        List<Item> read = batch.At(new PortRef(Node, 0));
        if (batch.CarriesDefects) PassDefects(batch, counts);
        foreach (int entry in batch.Entries.Span)
        {
            counts.SamplesIn++;
            if (Read(batch, entry) is not { } sample) continue;
            counts.InstancesIn += sample.Instances.Length;
            counts.Leave(sample, port: 0);
            read.Add(new Item(sample, entry, Branches: null));
        }
    }

    private Sample? Read(Batch batch, int entry)
    {
        string key = dataset.Plan[entry].Key;
        try
        {
            Sample sample = dataset.Read(entry);
            return string.Equals(sample.Key, key, StringComparison.Ordinal)
                ? sample
                : throw new EngineFaultException(name, $"planned sample '{key}' and read '{sample.Key}'");
        }
        catch (BadDataException e)
        {
            batch.Refuse(Node, new Item(Unread(key), entry, Branches: null), e.Problems);
            return null;
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(name, $"failed to read sample '{key}'", e);
        }
    }

    private void PassDefects(Batch batch, NodeCounts counts)
    {
        IReadOnlyList<(string Key, Problem Problem)> defects = dataset.Defects;
        for (int i = 0; i < defects.Count; i++)
        {
            counts.Add(Tally.SamplesAdded, "defect", 1);
            batch.Refuse(Node, new Item(Unread(defects[i].Key), Entry: -1, Branches: [i]), [defects[i].Problem]);
        }
    }

    private Sample Unread(string key) => new() { Key = key, Kind = dataset.Info.Kind };
}
