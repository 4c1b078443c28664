using System.Collections.Immutable;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>The open outputs of a run, in graph order.</summary>
internal sealed class OutputSet : IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly List<(int Node, OpenOutput Output)> _outputs = [];

    private OutputSet(PipelinePlan plan) => _plan = plan;

    /// <summary>Opens the output of every writer.</summary>
    /// <exception cref="BadDataException">A dataset cannot be written in a writer's format.</exception>
    public static OutputSet Open(PipelinePlan plan, IReleaseFolder release)
    {
        var set = new OutputSet(plan);
        try
        {
            for (int n = 0; n < plan.Graph.Nodes.Length; n++)
                if (plan.Graph.Nodes[n].Stage is Writer writer) set._outputs.Add((n, set.Open(n, writer, release)));
            return set;
        }
        catch
        {
            Disposal.AfterFailure(set);
            throw;
        }
    }

    /// <summary>What the outputs have to say when they are complete: node, line.</summary>
    public ImmutableArray<(string Node, string Line)> Summary =>
        [.. _outputs.SelectMany(o => o.Output.Summary, (o, line) => (_plan.Graph.Nodes[o.Node].Name, line))];

    /// <summary>The tables in what the outputs have written: node, table.</summary>
    public ImmutableArray<(string Node, RecordTable Table)> Tables =>
        [.. _outputs.SelectMany(o => o.Output.Tables, (o, table) => (_plan.Graph.Nodes[o.Node].Name, table))];

    /// <summary>Starts the task of every output.</summary>
    public WriterLane[] StartLanes() => [.. _outputs.Select((output, number) =>
        new WriterLane(_plan.Graph.Nodes[output.Node].Name, number, output.Output))];

    /// <summary>Encodes what has come to every writer with a chunk; null where nothing has.</summary>
    public object?[] Encode(Batch batch, StepRun run)
    {
        var encoded = new object?[_outputs.Count];
        for (int i = 0; i < encoded.Length; i++)
        {
            (int node, OpenOutput output) = _outputs[i];
            if (!_plan.Shape.Lineages[node][batch.Source]) continue;
            List<Item> items = batch.Input(node);
            if (items.Count == 0) continue;
            var samples = new Sample[items.Count];
            NodeCounts counts = batch.Counts(node);
            for (int k = 0; k < samples.Length; k++)
            {
                samples[k] = items[k].Sample;
                counts.Enter(samples[k]);
            }
            counts.SamplesOut = counts.SamplesIn;
            counts.InstancesOut = counts.InstancesIn;
            run.Gated(node, () => encoded[i] = Encode(node, output, samples));
        }
        return encoded;
    }

    /// <summary>True when every output can take down what it encoded.</summary>
    public bool AreResumable => NotResumable is null;

    /// <summary>The first node whose output cannot take down what it encoded; null when all can.</summary>
    public string? NotResumable => _outputs.Where(o => !o.Output.IsResumable)
        .Select(o => _plan.Graph.Nodes[o.Node].Name).FirstOrDefault();

    /// <summary>Takes down what was encoded, by every output that can.</summary>
    /// <param name="encoded">What was encoded.</param>
    /// <param name="trace">Told of it too; null where nothing is traced.</param>
    /// <param name="journal">Where to.</param>
    public void Save(object?[] encoded, ChunkTrace? trace, JournalWriter journal)
    {
        for (int i = 0; i < encoded.Length; i++)
        {
            journal.Flag(encoded[i] is not null);
            if (encoded[i] is not { } part || !_outputs[i].Output.IsResumable) continue;
            int begin = journal.Written.Length, files = journal.Files.Count;
            _outputs[i].Output.Save(part, journal);
            trace?.TakeEncoded(_outputs[i].Node, journal.Written.Span[begin..], journal.Files.Skip(files));
        }
    }

    /// <summary>Reads what was taken down.</summary>
    public object?[] Load(JournalReader journal) =>
        [.. _outputs.Select(o => journal.Flag() ? o.Output.Load(journal) : null)];

    /// <inheritdoc/>
    public void Dispose() => Disposal.Of([.. _outputs.Select(o => o.Output)]);

    private OpenOutput Open(int node, Writer writer, IReleaseFolder release)
    {
        try
        {
            return writer.Open(_plan.Infos[node], release, _plan.WarningLog.Contexts[node]);
        }
        catch (BadDataException e)
        {
            throw ProblemPlace.At(e, $"stage '{_plan.Graph.Nodes[node].Name}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_plan.Graph.Nodes[node].Name, "failed to open its output", e);
        }
    }

    private object Encode(int node, OpenOutput output, Sample[] samples)
    {
        string name = _plan.Graph.Nodes[node].Name;
        try
        {
            return output.Encode(samples);
        }
        catch (BadDataException e)
        {
            string which = samples.Length == 1
                ? $"sample '{samples[0].Key}'"
                : $"one of samples '{samples[0].Key}' to '{samples[^1].Key}'";
            throw ProblemPlace.At(e, $"{which} in stage '{name}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(name, $"failed to encode the chunk of sample '{samples[0].Key}'", e);
        }
    }
}
