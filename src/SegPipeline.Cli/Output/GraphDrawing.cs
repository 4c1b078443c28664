using System.Globalization;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Output;

/// <summary>A picture of a graph in words that a program can draw.</summary>
/// <param name="graph">The graph.</param>
/// <param name="ledger">What became of everything in a run of it; null to draw it without.</param>
internal sealed class GraphDrawing(PipelineGraph graph, Ledger? ledger)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A line a stage: its name, what it does, where its samples come from.</summary>
    public string ToText()
    {
        var table = new TextTable(
            ["stage", "does", "from", .. ledger is null ? (string[])[] : ["#samples", "#instances", "lost"]]);
        for (int n = 0; n < graph.Nodes.Length; n++)
            table.Add([graph.Nodes[n].Name, Does(n), string.Join(", ", graph.Nodes[n].Inputs.Select(Source)),
                .. Counts(n)]);
        var text = new StringWriter { NewLine = "\n" };
        table.Write(text);
        return text.ToString();
    }

    /// <summary>A flow chart for Mermaid (https://mermaid.js.org), which Markdown viewers draw.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart LR\n");
        for (int n = 0; n < graph.Nodes.Length; n++)
            text.Append(Invariant, $"  n{n}[\"{string.Join("<br/>", Lines(n).Select(Quoted))}\"]\n");
        if (HasErrors) text.Append("  errors([errors])\n");
        foreach (var (from, to, label) in Edges())
            text.Append("  ").Append(from).Append(label.Length > 0 ? $" -->|\"{Quoted(label)}\"| " : " --> ").Append(to)
                .Append('\n');
        return text.ToString();

        static string Quoted(string label) => label.Replace("\"", "#quot;", StringComparison.Ordinal);
    }

    /// <summary>A graph in the language of Graphviz (https://graphviz.org).</summary>
    public string ToDot()
    {
        var text = new StringBuilder($"digraph \"{Quoted(graph.Name)}\" {{\n  rankdir=LR;\n  node [shape=box];\n");
        for (int n = 0; n < graph.Nodes.Length; n++)
            text.Append(Invariant, $"  n{n} [label=\"{string.Join("\\n", Lines(n).Select(Quoted))}\"];\n");
        if (HasErrors) text.Append("  errors [shape=oval];\n");
        foreach (var (from, to, label) in Edges())
            text.Append("  ").Append(from).Append(" -> ").Append(to)
                .Append(label.Length > 0 ? $" [label=\"{Quoted(label)}\"];\n" : ";\n");
        return text.Append("}\n").ToString();

        static string Quoted(string label) =>
            label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private bool HasErrors => graph.Nodes.Any(n => n.Inputs.Any(i => i.IsErrors));

    private string Does(int node) => StageAttribute.NameOf(graph.Nodes[node].Stage);

    private IEnumerable<(string From, string To, string Label)> Edges() =>
        (from n in Enumerable.Range(0, graph.Nodes.Length)
         from port in graph.Nodes[n].Inputs
         select (port.IsErrors ? "errors" : $"n{port.Node}", $"n{n}", Label(port)))
        .Concat(
            from n in Enumerable.Range(0, HasErrors ? graph.Nodes.Length : 0)
            where Rejected(n) > 0
            select ($"n{n}", "errors", Quantity.Count(Rejected(n))));

    private long Rejected(int node) => ledger?.Stages[node].Samples.Rejected ?? 0;

    private string[] Counts(int node) => ledger?.Stages[node] is { } entry
        ? [Quantity.Count(entry.Samples.Out), Quantity.Count(entry.Instances.Out), string.Join(", ", Lost(entry))]
        : [];

    private IEnumerable<string> Lines(int node) =>
    [
        graph.Nodes[node].Name, Does(node),
        .. ledger?.Stages[node] is { } entry ? [Left(entry), .. Lost(entry)] : Array.Empty<string>(),
    ];

    private static string Left(LedgerEntry entry) =>
        $"{Quantity.Count(entry.Samples.Out, "sample")}, {Quantity.Count(entry.Instances.Out, "instance")}";

    private static IEnumerable<string> Lost(LedgerEntry entry)
    {
        foreach (var (reason, count) in entry.Samples.Dropped)
            yield return $"{Quantity.Count(count, "sample")} dropped ({reason})";
        foreach (var (reason, count) in entry.Instances.Dropped)
            yield return $"{Quantity.Count(count, "instance")} dropped ({reason})";
        if (entry.Samples.Rejected > 0)
            yield return $"{Quantity.Count(entry.Samples.Rejected, "sample")} rejected";
    }

    private string Source(PortRef port)
    {
        string name = port.IsErrors ? "errors" : graph.Nodes[port.Node].Name;
        string label = Label(port);
        return label.Length > 0 ? $"{name} ({label})" : name;
    }

    // The port where it is not the usual one, and how many samples passed.
    private string Label(PortRef port)
    {
        if (port.IsErrors)
            return ledger is null ? "" : Quantity.Count(ledger.Stages.Sum(entry => entry.Samples.Rejected));
        GraphNode from = graph.Nodes[port.Node];
        string name = from.Stage.OutputPorts[port.Port];
        string shown = name == Stage.DefaultPort ? "" : name;
        if (ledger is null || !ledger.Stages[port.Node].SamplesByPort.TryGetValue(name, out long count)) return shown;
        return shown.Length > 0 ? $"{shown}: {Quantity.Count(count)}" : Quantity.Count(count);
    }
}
