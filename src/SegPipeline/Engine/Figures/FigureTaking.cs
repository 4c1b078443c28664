using System.Collections.Immutable;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Statistics;

namespace SegPipeline.Engine.Figures;

/// <summary>
/// Takes the figures of a run: of what leaves every stage by every port that something takes from. A worker does it for
/// its chunk, the commit adds them up. What lies behind the errors port has none.
/// </summary>
internal sealed class FigureTaking
{
    private const int MostRejected = 100;

    private readonly List<Problem> _rejected = [];
    private readonly GraphShape _shape;
    private readonly FigureOptions _options;
    private readonly PortRef[] _ports;
    private readonly bool[] _isWritten;
    private readonly ChunkFigures _all;

    /// <summary>Begins with a run.</summary>
    public FigureTaking(GraphShape shape, FigureOptions options)
    {
        _shape = shape;
        _options = options;
        var links = from n in Enumerable.Range(0, shape.Graph.Nodes.Length)
                    where !shape.BehindErrors[n]
                    from port in shape.Graph.Nodes[n].Inputs
                    select (Port: port, IsWritten: shape.Graph.Nodes[n].Stage is Writer);
        var byPort = links.ToLookup(link => link.Port, link => link.IsWritten);
        _ports = [.. byPort.Select(p => p.Key).OrderBy(p => (p.Node, p.Port))];
        _isWritten = [.. _ports.Select(p => byPort[p].Any(isWritten => isWritten))];
        _all = NewChunk();
    }

    /// <summary>Takes the figures of a chunk that has passed. On any thread.</summary>
    public ChunkFigures Take(Batch batch)
    {
        ChunkFigures chunk = NewChunk();
        for (int p = 0; p < _ports.Length; p++)
        {
            List<Item> items = batch.At(_ports[p]);
            if (items.Count == 0) continue;
            DatasetFigures figures = chunk.At(p);
            foreach (Item item in items)
            {
                figures.Add(item.Sample);
                if (_isWritten[p])
                    chunk.Drawing.Add(new DrawnSample(
                        _ports[p].Node, _ports[p].Port, batch.Source, item.Entry, item.Sample.Key));
            }
        }
        return chunk;
    }

    /// <summary>Adds what is left of a chunk that is committed.</summary>
    public void Enter(ChunkResult chunk)
    {
        if (chunk.Figures is { } figures) _all.Add(figures);
        foreach (Refusal refusal in chunk.Refusals)
            _rejected.AddRange(refusal.Problems.Take(MostRejected - _rejected.Count));
    }

    /// <summary>Reads the figures of a chunk.</summary>
    public ChunkFigures Load(JournalReader journal)
    {
        ChunkFigures chunk = NewChunk();
        chunk.Load(journal);
        return chunk;
    }

    /// <summary>The figures of all chunks, by node and port; ports that nothing came to are left out.</summary>
    public ImmutableArray<PortFigures> ToArray() => [..
        from p in Enumerable.Range(0, _ports.Length)
        let figures = _all.Figures[p]
        where figures is not null
        select new PortFigures(_ports[p].Node, _ports[p].Port, figures)];

    /// <summary>What was wrong with the first samples that were rejected.</summary>
    public ImmutableArray<Problem> Rejected => [.. _rejected];

    /// <summary>Makes the samples that were drawn once more and shows them.</summary>
    public void Show(Execution execution)
    {
        foreach (DrawnSample drawn in _all.Drawing.Drawn)
        {
            var port = new PortRef(drawn.Node, drawn.Port);
            bool[] lane = _shape.LaneTo([drawn.Node]);
            int[] nodes = [.. _shape.EvaluationOrder.Where(n => lane[n])];
            Sample? sample = execution.PassEntry(drawn.Source, drawn.Entry, nodes, batch => batch.At(port)
                .Select(item => item.Sample)
                .FirstOrDefault(s => string.Equals(s.Key, drawn.Key, StringComparison.Ordinal)));
            if (sample is null) continue;
            GraphNode node = _shape.Graph.Nodes[drawn.Node];
            _options.Show(new ShownSample(sample, execution.Plan.Infos[drawn.Node], node.Name));
        }
    }

    private ChunkFigures NewChunk() => new(_shape.Graph.Seed, _ports.Length, _options.Shown);
}
