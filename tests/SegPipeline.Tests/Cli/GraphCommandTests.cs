using SegPipeline.Cli;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Cli;

public sealed class GraphCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public GraphCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }",
        "some: { drop: [out, rest], sample: { count: $size, rest: port } }");

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData(null, "stage  does       from\nall    read.coco\nsome   sample     all\n")]
    [InlineData("mermaid",
        "flowchart LR\n  n0[\"all<br/>read.coco\"]\n  n1[\"some<br/>sample\"]\n  n0 --> n1\n")]
    [InlineData("dot", "digraph \"p\" {\n  rankdir=LR;\n  node [shape=box];\n  n0 [label=\"all\\nread.coco\"];\n" +
        "  n1 [label=\"some\\nsample\"];\n  n0 -> n1;\n}\n")]
    public async Task A_pipeline_is_drawn(string? format, string drawing)
    {
        string[] args = ["graph", "p.yaml", .. format is null ? (string[])[] : ["--format", format]];
        CliRun run = await _set.RunAsync(args);
        Assert.Equal((0, drawing, ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task An_unknown_format_is_a_usage_error()
    {
        CliRun run = await _set.RunAsync("graph", "p.yaml", "--format", "png");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains("png", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_counts_and_the_errors_port_stand_at_their_edges()
    {
        PipelineGraph graph = new Graphs()
            .Add("a", MemoryReader.Numbered(1))
            .Add("b \"x\"", new Apply((s, o) => o.Emit(s), "yes", "no"), "a")
            .Add("c", new MemoryWriter(), "b \"x\".no", "errors").Graph;
        var drawing = new GraphDrawing(graph, new Dictionary<(string, string), long>
        {
            [("a", "out")] = 1234,
            [("b \"x\"", "no")] = 7,
        });
        Assert.Equal(
            "stage  does          from\n" +
            "a      MemoryReader\n" +
            "b \"x\"  Apply         a (1,234)\n" +
            "c      MemoryWriter  b \"x\" (no: 7), errors\n", drawing.ToText());
        string mermaid = drawing.ToMermaid();
        Assert.Contains("n1[\"b #quot;x#quot;<br/>Apply\"]", mermaid, StringComparison.Ordinal);
        Assert.Contains("  n1 -->|\"no: 7\"| n2\n  errors --> n2\n", mermaid, StringComparison.Ordinal);
        string dot = drawing.ToDot();
        Assert.Contains("n1 [label=\"b \\\"x\\\"\\nApply\"];", dot, StringComparison.Ordinal);
        Assert.Contains("  n0 -> n1 [label=\"1,234\"];\n", dot, StringComparison.Ordinal);
    }
}
