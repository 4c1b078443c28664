using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>
/// The order in which the chunks of different readers follow each other. A stage with several inputs wants the lineages
/// of its first input first. Where two stages want contrary things, the one that comes first in the graph has its way;
/// where nobody wants anything, the readers keep their order in the graph.
/// </summary>
internal sealed class LineageOrder
{
    private readonly GraphShape _shape;
    private readonly bool[,] _before;
    private readonly List<(int Node, string Sentence)> _overruled = [];

    private LineageOrder(GraphShape shape)
    {
        _shape = shape;
        _before = new bool[shape.SourceNodes.Length, shape.SourceNodes.Length];
        for (int n = 0; n < shape.Graph.Nodes.Length; n++) Wish(n);
        Sources = Sort();
    }

    /// <summary>The sources in commit order.</summary>
    public int[] Sources { get; }

    /// <summary>The wishes that could not be granted: node, sentence.</summary>
    public IReadOnlyList<(int Node, string Sentence)> Overruled => _overruled;

    /// <summary>The order for a graph.</summary>
    public static LineageOrder Of(GraphShape shape) => new(shape);

    private void Wish(int node)
    {
        var inputs = _shape.Graph.Nodes[node].Inputs;
        int sources = _shape.SourceNodes.Length;
        var rank = new int[sources];
        for (int s = 0; s < sources; s++)
        {
            rank[s] = -1;
            for (int i = inputs.Length - 1; i >= 0; i--)
                if (!inputs[i].IsErrors && _shape.IsOnLane(node, i) && _shape.Lineages[inputs[i].Node][s]) rank[s] = i;
        }
        for (int a = 0; a < sources; a++)
            for (int b = 0; b < sources; b++)
                if (rank[a] >= 0 && rank[b] > rank[a]) Place(node, a, b);
    }

    private void Place(int node, int first, int second)
    {
        if (_before[second, first])
        {
            _overruled.Add((node, $"the samples of '{Name(second)}' come before those of '{Name(first)}', because a " +
                "stage further up puts them so"));
            return;
        }
        int sources = _shape.SourceNodes.Length;
        for (int a = 0; a < sources; a++)
            for (int b = 0; b < sources; b++)
                if ((a == first || _before[a, first]) && (b == second || _before[second, b])) _before[a, b] = true;
    }

    private int[] Sort()
    {
        var left = Enumerable.Range(0, _shape.SourceNodes.Length).ToList();
        var order = new List<int>(left.Count);
        while (left.Count > 0)
        {
            int next = left.First(s => left.TrueForAll(other => !_before[other, s]));
            left.Remove(next);
            order.Add(next);
        }
        return [.. order];
    }

    private string Name(int source) => _shape.Graph.Nodes[_shape.SourceNodes[source]].Name;
}
