using SegPipeline.Engine.Planning;
using SegPipeline.Model;

namespace SegPipeline.Engine.Passing;

/// <summary>Sends the samples of a batch where their selector has decided.</summary>
internal sealed class SelectStep(int node, EntrySet? needed, string name, SelectorDecision decision)
    : Step(node, needed)
{
    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        NodeCounts counts = batch.Counts(Node);
        List<Item> input = batch.Input(Node);
        int entry = -1, number = 0;
        for (int i = 0; i < input.Count; i++)
        {
            Item item = input[i];
            number = item.Entry == entry ? number + 1 : 0;
            entry = item.Entry;
            if (!Passes(batch, entry)) continue;
            Send(batch, counts, item, number);
        }
    }

    private void Send(Batch batch, NodeCounts counts, in Item item, int number)
    {
        if (number >= decision.CountOf(batch.Source, item.Entry))
            throw new EngineFaultException(name, $"was not asked about sample '{item.Sample.Key}'");
        counts.Enter(item.Sample);
        if (decision.RefusalOf(batch.Source, item.Entry, number) is { } problems)
        {
            batch.Refuse(Node, item, problems);
            return;
        }
        var choice = decision.Of(batch.Source, item.Entry, number);
        if (choice.Port < 0)
        {
            counts.Drop(item.Sample, choice.DropReason!);
            return;
        }
        counts.Leave(item.Sample, choice.Port);
        batch.At(new PortRef(Node, choice.Port)).Add(item);
    }
}
