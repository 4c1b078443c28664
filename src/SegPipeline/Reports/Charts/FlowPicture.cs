using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Reports.Charts;

/// <summary>
/// The ledger as a flow picture (a Sankey diagram): a bar for each stage, as high as what came to it, bands between
/// them, and what was dropped or rejected leaving downwards.
/// </summary>
internal sealed class FlowPicture
{
    private const double BarWidth = 12;

    private readonly Html _html;
    private readonly PipelineGraph _graph;
    private readonly RunResult _result;
    private readonly FlowLayout _layout;
    private readonly string _word;
    private readonly FlowUnit _unit;

    private FlowPicture(Html html, PipelineGraph graph, RunResult result, FlowUnit unit)
    {
        (_html, _graph, _result, _unit) = (html, graph, result, unit);
        _layout = new FlowLayout(graph, result.Ledger, unit);
        _word = unit == FlowUnit.Samples ? "samples" : "instances";
    }

    /// <summary>Draws it.</summary>
    public static void Write(Html html, PipelineGraph graph, RunResult result, FlowUnit unit) =>
        new FlowPicture(html, graph, result, unit).Write();

    private void Write()
    {
        string size = $"{Html.Coordinate(_layout.Width)} {Html.Coordinate(_layout.Height)}";
        _html.Raw("<figure class=\"card flow\">")
            .Element("figcaption", char.ToUpperInvariant(_word[0]) + _word[1..] + " from stage to stage")
            .Raw($"<div class=\"scroll\"><svg viewBox=\"0 0 {size}\" style=\"min-width:" +
                $"{Html.Coordinate(_layout.Width * 0.72)}px;max-width:{Html.Coordinate(_layout.Width * 1.25)}px\" " +
                $"role=\"img\" aria-label=\"Flow of {_word}; the table of stages says the same\">");
        for (int n = 0; n < _graph.Nodes.Length; n++)
            foreach (PortRef port in _graph.Nodes[n].Inputs.Distinct())
                if (port.IsErrors) WriteRejects(_layout.Bars[n]);
                else WriteBand(_layout.Bars[port.Node], port.Port, _layout.Bars[n]);
        foreach (FlowBar bar in _layout.Bars) WriteBar(bar);
        _html.Raw("</svg></div></figure>");
    }

    private void WriteBand(FlowBar from, int port, FlowBar to)
    {
        long value = Math.Min(Leaving(from, port), Math.Max(to.Account.In, 0));
        if (value == 0) return;
        double height = _layout.HeightOf(value);
        double top = from.Top + Math.Min(OffsetOf(from, port), Math.Max(0, _layout.HeightOf(from.Value) - height));
        double target = to.Top + Math.Min(InOffsetOf(to, from, port), Math.Max(0, _layout.HeightOf(to.Value) - height));
        WriteBand("band", from, to, top, target, value);
    }

    // What any stage rejects comes together at whoever takes it: samples, as records without instances.
    private void WriteRejects(FlowBar to)
    {
        if (_unit != FlowUnit.Samples) return;
        double target = to.Top;
        foreach (FlowBar from in _layout.Bars.Where(b => b.Account.Rejected > 0))
        {
            double height = _layout.HeightOf(from.Account.Rejected);
            WriteBand("band rejected", from, to, from.Top + Math.Max(0, _layout.HeightOf(from.Value) - height),
                target, from.Account.Rejected);
            target += height;
        }
    }

    private void WriteBand(string kind, FlowBar from, FlowBar to, double top, double target, long value)
    {
        double height = _layout.HeightOf(value), x = RightOf(from), end = LeftOf(to), middle = (x + end) / 2;
        string Point(double px, double py) => $"{Html.Coordinate(px)} {Html.Coordinate(py)}";
        _html.Raw($"<path class=\"{kind}\" d=\"M{Point(x, top)}C{Point(middle, top)} {Point(middle, target)} " +
            $"{Point(end, target)}L{Point(end, target + height)}C{Point(middle, target + height)} " +
            $"{Point(middle, top + height)} {Point(x, top + height)}Z\"><title>" +
            Html.Escape($"{NameOf(from)} to {NameOf(to)}: {Html.Count(value)} {_word}") + "</title></path>");
    }

    private void WriteBar(FlowBar bar)
    {
        GraphNode node = _graph.Nodes[bar.Node];
        double x = LeftOf(bar), height = Math.Max(2, _layout.HeightOf(bar.Value));
        double dropped = Math.Min(height, _layout.HeightOf(bar.Account.Dropped.Values.Sum()));
        double rejected = Math.Min(height, _layout.HeightOf(bar.Account.Rejected));
        double bottom = bar.Top + height;
        Rectangle("bar", x, bar.Top, height);
        if (dropped > 0) Rectangle("dropped", x, Math.Max(bar.Top, bottom - rejected - dropped), dropped);
        if (rejected > 0) Rectangle("rejected", x, bottom - rejected, rejected);
        string counts = bar.Account.In == bar.Account.Out
            ? Html.Count(bar.Account.Out)
            : $"{Html.Count(bar.Account.In)} \u2192 {Html.Count(bar.Account.Out)}";
        Text("name", x, bar.Top - 19, Shortened(node.Name));
        Text("count", x, bar.Top - 5, node.Stage is Reader or Writer ? Html.Count(bar.Value) : counts);
        var lines = FlowLayout.LinesOf(bar);
        for (int i = 0; i < lines.Count; i++) Text(lines[i].Class, x, _layout.LineOf(bar, i), Shortened(lines[i].Text));
    }

    private void Rectangle(string kind, double x, double y, double height) => _html.Raw(
        $"<rect class=\"{kind}\" x=\"{Html.Coordinate(x)}\" y=\"{Html.Coordinate(y)}\" " +
        $"width=\"{Html.Coordinate(BarWidth)}\" height=\"{Html.Coordinate(height)}\" rx=\"1.5\"/>");

    private void Text(string kind, double x, double y, string text) => _html.Raw(
        $"<text class=\"{kind}\" x=\"{Html.Coordinate(x)}\" y=\"{Html.Coordinate(y)}\">{Html.Escape(text)}</text>");

    // Of the instances that leave by one of several ports the figures tell. Where samples were only looked up, and so
    // have none, instances are shared out as samples are.
    private long Leaving(FlowBar bar, int port)
    {
        var ports = _graph.Nodes[bar.Node].Stage.OutputPorts;
        LedgerEntry entry = _result.Ledger.Stages[bar.Node];
        long samples = entry.SamplesByPort.GetValueOrDefault(ports[port]);
        if (_unit == FlowUnit.Samples) return samples;
        if (ports.Count == 1 || entry.Samples.Out == 0) return bar.Account.Out;
        if (ReportDataset.At(_result, [new PortRef(bar.Node, port)]) is { } figures) return figures.Instances;
        return (long)((Int128)bar.Account.Out * samples / entry.Samples.Out);
    }

    private double OffsetOf(FlowBar bar, int port) =>
        Enumerable.Range(0, port).Sum(p => _layout.HeightOf(Leaving(bar, p)));

    private double InOffsetOf(FlowBar to, FlowBar from, int port)
    {
        double offset = 0;
        foreach (PortRef input in _graph.Nodes[to.Node].Inputs)
        {
            if (input.IsErrors || (input.Node == from.Node && input.Port == port)) break;
            offset += _layout.HeightOf(Leaving(_layout.Bars[input.Node], input.Port));
        }
        return offset;
    }

    private string NameOf(FlowBar bar) => _graph.Nodes[bar.Node].Name;

    private static double LeftOf(FlowBar bar) => bar.Column * FlowLayout.ColumnWidth + 4;

    private static double RightOf(FlowBar bar) => LeftOf(bar) + BarWidth;

    private static string Shortened(string text) => text.Length <= 26 ? text : text[..25] + "\u2026";
}
