using System.Collections.Immutable;
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
        var drawing = new GraphDrawing(graph, new Ledger(
        [
            Entry("a", 1234, 7000, ("out", 1234)),
            Entry("b \"x\"", 1230, 6990, ("yes", 1223), ("no", 7)) with
            {
                Samples = new Account(1234, 1230, 3, Reasons(("empty", 1)), Reasons()),
                Instances = new Account(7000, 6990, 0, Reasons(("crowd", 10)), Reasons()),
            },
            Entry("c", 10, 20),
        ]));
        Assert.Equal(
            "stage  does          from                       samples  instances  lost\n" +
            "a      MemoryReader                               1,234      7,000\n" +
            "b \"x\"  Apply         a (1,234)                    1,230      6,990  1 sample dropped (empty), " +
            "10 instances dropped (crowd), 3 samples rejected\n" +
            "c      MemoryWriter  b \"x\" (no: 7), errors (3)       10         20\n", drawing.ToText());
        string mermaid = drawing.ToMermaid();
        Assert.Contains(
            "n1[\"b #quot;x#quot;<br/>Apply<br/>1,230 samples, 6,990 instances<br/>1 sample dropped (empty)" +
            "<br/>10 instances dropped (crowd)<br/>3 samples rejected\"]", mermaid, StringComparison.Ordinal);
        Assert.Contains("  n1 -->|\"no: 7\"| n2\n  errors -->|\"3\"| n2\n  n1 -->|\"3\"| errors\n", mermaid,
            StringComparison.Ordinal);
        string dot = drawing.ToDot();
        Assert.Contains("n1 [label=\"b \\\"x\\\"\\nApply\\n1,230 samples", dot, StringComparison.Ordinal);
        Assert.Contains("  n0 -> n1 [label=\"1,234\"];\n", dot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_a_release_is_drawn_with_what_became_of_everything()
    {
        _set.Write(
            "all: { read.coco: { annotations: instances.json } }",
            "some: { sample: { count: $size } }",
            "clean: { drop_crowds: {} }",
            "out: { write.coco: { file: a.json } }");
        await _set.RunAsync("run", "p.yaml", "-q");
        CliRun ofPipeline = await _set.RunAsync("graph", "p.yaml", "--run");
        CliRun ofRelease = await _set.RunAsync("graph", "out", "--run");
        Assert.Equal((0, ofPipeline.Out, ""), (ofRelease.ExitCode, ofRelease.Out, ofRelease.Error));
        Assert.Matches(
            "(?m)^clean +drop_crowds +some \\(4\\) +4 +[5-7] +[1-3] instances? dropped \\(crowd\\)$", ofRelease.Out);
    }

    [Fact]
    public async Task A_ledger_of_another_pipeline_is_refused()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: a.json } }");
        await _set.RunAsync("run", "p.yaml", "-q");
        _set.Write("every: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: a.json } }");
        CliRun run = await _set.RunAsync("graph", "p.yaml", "--run");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.EndsWith("name the folder of the release instead of the pipeline, or run the pipeline again " +
            "[OTHER_PIPELINE]", run.Errors[0], StringComparison.Ordinal);
    }

    private static LedgerEntry Entry(string stage, long samples, long instances, params (string, long)[] ports) => new(
        stage, new Account(samples, samples, 0, Reasons(), Reasons()),
        new Account(instances, instances, 0, Reasons(), Reasons()), Reasons())
    {
        SamplesByPort = Reasons(ports),
    };

    private static ImmutableSortedDictionary<string, long> Reasons(params (string Name, long Count)[] counts) =>
        counts.ToImmutableSortedDictionary(c => c.Name, c => c.Count, StringComparer.Ordinal);
}
