using System.Globalization;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>Finds the first difference between what two runs took down of a chunk.</summary>
/// <param name="graph">The graph that was run.</param>
/// <param name="chunk">Number of the chunk.</param>
internal sealed class TraceComparison(PipelineGraph graph, int chunk)
{
    /// <summary>Compares.</summary>
    /// <returns>The first difference; null when there is none.</returns>
    public TraceDifference? Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        if (first.Span.SequenceEqual(second.Span)) return null;
        var olds = new Cursor(first);
        var news = new Cursor(second);
        while (true)
        {
            Edge? old = olds.NextEdge(), now = news.NextEdge();
            if (old is null && now is null) return null;
            // Edges are taken down in the order of nodes: the one that comes first is the one that had samples once.
            if (old is null || now is null || old.Node != now.Node || old.Port != now.Port)
                return OnlyOne(old, now, olds, news);
            if (CompareSamples(old, olds, now, news) is { } difference) return difference;
        }
    }

    private sealed record Edge(int Node, int Port, int Samples);

    private readonly record struct Digested(string? Name, byte[] Digest, int Instances);

    private sealed class Cursor(ReadOnlyMemory<byte> record)
    {
        private readonly JournalReader _record = new(record, _ => throw new InvalidOperationException());

        public Edge? NextEdge() =>
            _record.IsAtEnd ? null : new Edge(_record.Count(), _record.Count(), _record.Count());

        public Digested NextSample() => new(_record.Text(), _record.Bytes().ToArray(), _record.Count());

        public Digested NextInstance() => new(_record.Text(), _record.Bytes().ToArray(), Instances: 0);
    }

    private TraceDifference OnlyOne(Edge? old, Edge? now, Cursor olds, Cursor news)
    {
        bool isOld = now is null || (old is not null && (old.Node, old.Port).CompareTo((now.Node, now.Port)) < 0);
        Digested sample = (isOld ? olds : news).NextSample();
        return new TraceDifference(chunk, NameOf((isOld ? old : now)!))
        {
            Key = sample.Name,
            What = $"was there in the {(isOld ? "first" : "second")} run only",
        };
    }

    private TraceDifference? CompareSamples(Edge old, Cursor olds, Edge now, Cursor news)
    {
        string edge = NameOf(old);
        for (int i = 0; i < Math.Max(old.Samples, now.Samples); i++)
        {
            if (i >= old.Samples || i >= now.Samples)
                return new TraceDifference(chunk, edge)
                {
                    Key = (i < old.Samples ? olds : news).NextSample().Name,
                    What = $"was there in the {(i < old.Samples ? "first" : "second")} run only",
                };
            Digested first = olds.NextSample(), second = news.NextSample();
            if (first.Name != second.Name)
                return new TraceDifference(chunk, edge)
                {
                    Key = first.Name,
                    What = $"the second run had sample '{second.Name}' in its place",
                };
            if (CompareInstances(edge, first, olds, second, news) is { } difference) return difference;
            if (!first.Digest.AsSpan().SequenceEqual(second.Digest))
                return new TraceDifference(chunk, edge)
                {
                    Key = first.Name,
                    What = first.Name is null ? "what the writer encoded differs" : "its frames or members differ",
                };
        }
        return null;
    }

    private TraceDifference? CompareInstances(
        string edge, Digested first, Cursor olds, Digested second, Cursor news)
    {
        TraceDifference? found = null;
        for (int i = 0; i < Math.Max(first.Instances, second.Instances); i++)
        {
            Digested? old = i < first.Instances ? olds.NextInstance() : null;
            Digested? now = i < second.Instances ? news.NextInstance() : null;
            if (old is { } a && now is { } b && a.Name == b.Name && a.Digest.AsSpan().SequenceEqual(b.Digest)) continue;
            found ??= new TraceDifference(chunk, edge)
            {
                Key = first.Name,
                Instance = (old ?? now)!.Value.Name ?? (i + 1).ToString(CultureInfo.InvariantCulture),
                What = (old, now) switch
                {
                    (null, _) => "was there in the second run only",
                    (_, null) => "was there in the first run only",
                    ({ } x, { } y) when x.Name != y.Name => $"the second run had annotation {y.Name} in its place",
                    _ => "it differs",
                },
            };
        }
        return found;
    }

    private string NameOf(Edge edge)
    {
        if (edge.Node < 0) return "errors";
        GraphNode node = graph.Nodes[edge.Node];
        return node.Stage is Writer ? node.Name : $"{node.Name}.{node.Stage.OutputPorts[edge.Port]}";
    }
}
