using System.Globalization;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Output;

/// <summary>A picture of a graph in words that a program can draw.</summary>
/// <param name="graph">The graph.</param>
/// <param name="counts">Samples that left each stage by each port; null to draw it without.</param>
internal sealed class GraphDrawing(
    PipelineGraph graph, IReadOnlyDictionary<(string Stage, string Port), long>? counts)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A line a stage: its name, what it does, where its samples come from.</summary>
    public string ToText()
    {
        var table = new TextTable("stage", "does", "from");
        foreach (GraphNode node in graph.Nodes)
            table.Add(node.Name, StageAttribute.NameOf(node.Stage), string.Join(", ", node.Inputs.Select(Source)));
        var text = new StringWriter { NewLine = "\n" };
        table.Write(text);
        return text.ToString();
    }

    /// <summary>A flow chart for Mermaid (https://mermaid.js.org), which Markdown viewers draw.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart LR\n");
        for (int n = 0; n < graph.Nodes.Length; n++)
            text.Append(Invariant, $"  n{n}[\"{Quoted(graph.Nodes[n].Name)}<br/>{Quoted(Does(n))}\"]\n");
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
            text.Append(Invariant, $"  n{n} [label=\"{Quoted(graph.Nodes[n].Name)}\\n{Quoted(Does(n))}\"];\n");
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
        from n in Enumerable.Range(0, graph.Nodes.Length)
        from port in graph.Nodes[n].Inputs
        select (port.IsErrors ? "errors" : $"n{port.Node}", $"n{n}", Label(port));

    private string Source(PortRef port)
    {
        if (port.IsErrors) return "errors";
        string name = graph.Nodes[port.Node].Name;
        string label = Label(port);
        return label.Length > 0 ? $"{name} ({label})" : name;
    }

    // The port where it is not the usual one, and how many samples passed.
    private string Label(PortRef port)
    {
        if (port.IsErrors) return "";
        GraphNode from = graph.Nodes[port.Node];
        string name = from.Stage.OutputPorts[port.Port];
        string shown = name == Stage.DefaultPort ? "" : name;
        if (counts is null || !counts.TryGetValue((from.Name, name), out long count)) return shown;
        return shown.Length > 0 ? $"{shown}: {Quantity.Count(count)}" : Quantity.Count(count);
    }
}
