using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>Opens the readers and finds out what is known about the dataset behind every node.</summary>
internal sealed class Description : IDisposable
{
    private readonly GraphShape _shape;
    private readonly WarningLog _warnings;
    private readonly DatasetInfo?[] _infos;
    private readonly List<Problem> _problems = [];

    private Description(GraphShape shape, WarningLog warnings)
    {
        _shape = shape;
        _warnings = warnings;
        _infos = new DatasetInfo?[shape.Graph.Nodes.Length];
        Datasets = new OpenDataset[shape.SourceNodes.Length];
    }

    /// <summary>The open dataset of each source.</summary>
    public OpenDataset[] Datasets { get; }

    /// <summary>What is known behind each node; for a writer, what it is given.</summary>
    public ImmutableArray<DatasetInfo> Infos => [.. _infos.Select(info => info!)];

    /// <summary>Opens and describes everything.</summary>
    /// <exception cref="BadDataException">Everything that is wrong, of all nodes that could be asked.</exception>
    public static Description Of(GraphShape shape, WarningLog warnings)
    {
        var description = new Description(shape, warnings);
        try
        {
            foreach (int n in shape.EvaluationOrder) description.Describe(n);
            description.AddDefects();
            if (description._problems.Count > 0) throw new BadDataException(description._problems);
            return description;
        }
        catch
        {
            Disposal.AfterFailure(description);
            throw;
        }
    }

    /// <summary>The dataset that comes in by all inputs of a node together.</summary>
    /// <exception cref="BadDataException">The inputs do not fit each other.</exception>
    public DatasetInfo Input(int node) => CombinedInfo.Of(
        [.. _shape.Graph.Nodes[node].Inputs.Select(InfoOf)], sentence => _warnings.Add(node, sentence));

    /// <summary>The datasets that come in by each input of a node.</summary>
    public DatasetInfo[] Inputs(int node) => [.. _shape.Graph.Nodes[node].Inputs.Select(InfoOf)];

    /// <inheritdoc/>
    public void Dispose() => Disposal.Of(Datasets);

    private void Describe(int n)
    {
        GraphNode node = _shape.Graph.Nodes[n];
        if (node.Inputs.Any(p => p.IsErrors ? Datasets.Contains(null) : _infos[p.Node] is null)) return;
        try
        {
            _infos[n] = node.Stage switch
            {
                Reader reader => Open(n, reader),
                Join join => join.Describe(Inputs(n)),
                Transform transform => transform.Describe(Input(n)),
                Selector selector => selector.Describe(Input(n)),
                Grouping grouping => grouping.Describe(Input(n)),
                _ => Input(n),
            };
        }
        catch (BadDataException e)
        {
            _problems.AddRange(ProblemPlace.At(e.Problems, $"stage '{node.Name}'"));
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(node.Name, "failed to describe its dataset", e);
        }
    }

    private DatasetInfo Open(int node, Reader reader)
    {
        OpenDataset dataset = reader.Open(_warnings.Contexts[node]);
        Datasets[Array.IndexOf(_shape.SourceNodes, node)] = dataset;
        return dataset.Info;
    }

    private void AddDefects()
    {
        for (int s = 0; s < Datasets.Length; s++)
        {
            GraphNode node = _shape.Graph.Nodes[_shape.SourceNodes[s]];
            if (node.OnError == ErrorPolicy.Fail && Datasets[s] is { } dataset)
                _problems.AddRange(ProblemPlace.At(dataset.Defects.Select(d => d.Problem), $"stage '{node.Name}'"));
        }
    }

    private DatasetInfo InfoOf(PortRef port) => port.IsErrors
        ? CombinedInfo.OfAnything([.. Datasets.Select(d => d.Info)])
        : _infos[port.Node]!;
}
