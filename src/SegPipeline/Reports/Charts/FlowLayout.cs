using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Reports.Charts;

/// <summary>What the flow picture counts.</summary>
internal enum FlowUnit
{
    /// <summary>Samples.</summary>
    Samples,

    /// <summary>Instances.</summary>
    Instances,
}

/// <summary>A stage as a bar of the flow picture.</summary>
/// <param name="Node">Number of the stage.</param>
/// <param name="Account">Its account.</param>
internal sealed record FlowBar(int Node, Account Account)
{
    /// <summary>Column from the left, from 0.</summary>
    public int Column { get; init; }

    /// <summary>Upper edge.</summary>
    public double Top { get; set; }

    /// <summary>What the bar's height stands for.</summary>
    public long Value => Math.Max(Account.In, Account.Out);
}

/// <summary>Where the bars of the flow picture stand: stages in columns, each to the right of those it takes
/// from.</summary>
internal sealed class FlowLayout
{
    /// <summary>Width from a column to the next.</summary>
    public const double ColumnWidth = 200;

    /// <summary>Room above a bar, for its name.</summary>
    public const double LabelHeight = 34;

    private const double LineHeight = 15;
    private const double TallestBar = 150;
    private const double Gap = 18;

    private readonly double _scale;

    /// <summary>Lays a graph out.</summary>
    public FlowLayout(PipelineGraph graph, Ledger ledger, FlowUnit unit)
    {
        int[] columns = ColumnsOf(graph, rejects: 1);
        // What takes the rejects stands to the right of all that rejected something.
        int last = Enumerable.Range(0, columns.Length).Where(n => ledger.Stages[n].Samples.Rejected > 0)
            .Select(n => columns[n]).DefaultIfEmpty(0).Max();
        columns = ColumnsOf(graph, last + 1);
        Bars = [.. graph.Nodes.Select((_, n) => new FlowBar(
            n, unit == FlowUnit.Samples ? ledger.Stages[n].Samples : ledger.Stages[n].Instances)
        { Column = columns[n] })];
        _scale = TallestBar / Math.Max(1, Bars.Max(b => b.Value));
        Place(graph);
        Width = (columns.Max() + 1) * ColumnWidth;
        Height = Bars.Max(b => BottomOf(b));
    }

    /// <summary>The bars, by node.</summary>
    public IReadOnlyList<FlowBar> Bars { get; }

    /// <summary>Width of the picture.</summary>
    public double Width { get; }

    /// <summary>Height of the picture.</summary>
    public double Height { get; }

    /// <summary>Height of a bar of a value; what is not nothing can be seen.</summary>
    public double HeightOf(long value) => value == 0 ? 0 : Math.Max(2, value * _scale);

    /// <summary>Lines of text under a bar.</summary>
    public static IReadOnlyList<(string Class, string Text)> LinesOf(FlowBar bar)
    {
        var lines = new List<(string, string)>();
        foreach (var (reason, count) in bar.Account.Added) lines.Add(("added", $"+ {Html.Count(count)} {reason}"));
        foreach (var (reason, count) in bar.Account.Dropped)
            lines.Add(("dropped", $"\u2212 {Html.Count(count)} {reason}"));
        if (bar.Account.Rejected > 0) lines.Add(("rejected", $"\u2212 {Html.Count(bar.Account.Rejected)} rejected"));
        return lines;
    }

    /// <summary>Where line <paramref name="line"/> under a bar stands.</summary>
    public double LineOf(FlowBar bar, int line) => bar.Top + HeightOf(bar.Value) + LineHeight * (line + 1);

    private static int[] ColumnsOf(PipelineGraph graph, int rejects)
    {
        int[] columns = new int[graph.Nodes.Length];
        for (int n = 0; n < columns.Length; n++)
            foreach (PortRef port in graph.Nodes[n].Inputs)
                columns[n] = Math.Max(columns[n], port.IsErrors ? rejects : columns[port.Node] + 1);
        return columns;
    }

    private double BottomOf(FlowBar bar) => LineOf(bar, LinesOf(bar).Count) - LineHeight + Gap;

    private void Place(PipelineGraph graph)
    {
        foreach (var column in Bars.GroupBy(b => b.Column).OrderBy(c => c.Key))
        {
            double top = LabelHeight;
            var ordered = column.OrderBy(b => graph.Nodes[b.Node].Inputs is { IsEmpty: false } inputs
                ? inputs.Where(p => !p.IsErrors).Select(p => Bars[p.Node].Top).DefaultIfEmpty(double.MaxValue).Average()
                : 0);
            foreach (FlowBar bar in ordered)
            {
                bar.Top = top;
                top = BottomOf(bar) + LabelHeight;
            }
        }
    }
}
