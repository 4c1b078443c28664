using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>
/// What a graph means, told as simply as possible: every stage handles its whole input before the next one begins.
/// No chunks, no threads, nothing read but what the stages in front of it asked for.
/// </summary>
internal sealed class ReferenceRun
{
    private readonly PipelineGraph _graph;
    private readonly Row[][][] _ports;
    private readonly HashSet<int>[] _lineages;
    private readonly List<(Row Row, int Node)> _rejected = [];
    private readonly List<int> _readers;
    private readonly Comparer<Row> _places;

    private ReferenceRun(PipelineGraph graph, IEnumerable<int> readersInOrder)
    {
        _graph = graph;
        _readers = [.. readersInOrder];
        _places = Comparer<Row>.Create(ComparePlaces);
        _ports = new Row[graph.Nodes.Length][][];
        _lineages = new HashSet<int>[graph.Nodes.Length];
        In = new long[graph.Nodes.Length];
        var errorsLast = Enumerable.Range(0, graph.Nodes.Length)
            .OrderBy(n => graph.Nodes[n].Inputs.Any(p => p.IsErrors) ? 1 : 0);
        foreach (int n in errorsLast) Run(n);
    }

    /// <summary>A sample with its place: reader, plan entry, and which of several it became on the way.</summary>
    private sealed record Row(int Reader, int Entry, int[] Path, Sample Sample);

    /// <summary>What each writer wrote, by name.</summary>
    public Dictionary<string, string[]> Written { get; } = [];

    /// <summary>Samples that came in, by node.</summary>
    public long[] In { get; }

    /// <summary>Runs a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="readersInOrder">The nodes of its readers, in the order of their chunks.</param>
    public static ReferenceRun Of(PipelineGraph graph, IEnumerable<int> readersInOrder) => new(graph, readersInOrder);

    private int ComparePlaces(Row a, Row b)
    {
        int order = _readers.IndexOf(a.Reader).CompareTo(_readers.IndexOf(b.Reader));
        if (order == 0) order = a.Entry.CompareTo(b.Entry);
        return order != 0 ? order : a.Path.AsSpan().SequenceCompareTo(b.Path);
    }

    private void Run(int n)
    {
        GraphNode node = _graph.Nodes[n];
        Row[][] inputs = [.. node.Inputs.Select(Port)];
        _lineages[n] = LineageOf(n, node);
        Row[] all = Merge(inputs);
        if (node.Stage is not Join) In[n] = all.Length;
        var made = node.Stage switch
        {
            MemoryReader r => Read(n, r),
            Transform t => Transformed(n, t, all),
            Selector s => Selected(s, all),
            Grouping g => Grouped(n, g, all),
            Join j => Joined(n, j, node, inputs),
            _ => [],
        };
        if (node.Stage is MemoryReader reader) In[n] = reader.Keys.Length;
        if (node.Stage is Writer) Written[node.Name] = [.. all.Select(r => MemoryWriter.Line(r.Sample))];
        _ports[n] = [.. node.Stage.OutputPorts.Select((_, port) =>
            made.Where(m => m.Item1 == port).Select(m => m.Item2).ToArray())];
    }

    private static List<(int, Row)> Read(int n, MemoryReader reader)
    {
        var rows = new List<(int, Row)>();
        for (int e = 0; e < reader.Keys.Length; e++)
        {
            rows.Add((0, new Row(n, e, reader.MakeSecond is null ? [] : [0], reader.Make!(e))));
            if (reader.MakeSecond?.Invoke(e) is { } second) rows.Add((1, new Row(n, e, [1], second)));
        }
        return rows;
    }

    private List<(int, Row)> Transformed(int n, Transform transform, Row[] input)
    {
        var apply = transform.Prepare(new DatasetInfo(), new StageContext("", 0));
        return [.. input.SelectMany(row => Emitted(n, row, output => apply(row.Sample, output)))];
    }

    private List<(int, Row)> Emitted(int n, Row row, Action<StageOutput> apply)
    {
        var output = new StageOutput();
        try
        {
            apply(output);
        }
        catch (BadDataException e)
        {
            var rejection = new Rejection(_graph.Nodes[n].Name, [.. e.Problems]);
            _rejected.Add((row with { Sample = row.Sample with { Rejection = rejection } }, n));
            return [];
        }
        return [.. output.Emitted.Select((made, i) => (made.Port, row with
        {
            Sample = made.Sample,
            Path = output.Emitted.Count == 1 ? row.Path : [.. row.Path, i],
        }))];
    }

    private static List<(int, Row)> Selected(Selector selector, Row[] input)
    {
        Candidate[] candidates = [.. input.Select(r =>
            new Candidate(r.Sample.Key, selector.KeysSuffice ? null : selector.Observe(r.Sample)))];
        var choices = selector.Decide(candidates, new DatasetInfo(), new StageContext("", 0));
        return [.. input.Select((row, i) => (choices[i].Port, row))];
    }

    private List<(int, Row)> Grouped(int n, Grouping grouping, Row[] input)
    {
        var apply = grouping.Prepare(new DatasetInfo(), new StageContext("", 0));
        var groups = input.GroupBy(row => grouping.GroupOf(
            new Candidate(row.Sample.Key, grouping.KeysSuffice ? null : grouping.Observe(row.Sample))));
        return [.. groups.SelectMany(group => Emitted(n, group.First(), output =>
            apply(group.Key, [.. group.Select(row => row.Sample)], output)))];
    }

    private List<(int, Row)> Joined(int n, Join join, GraphNode node, Row[][] inputs)
    {
        bool[] aligned = [.. node.Inputs.Select(p => _lineages[p.Node].SetEquals(_lineages[node.Inputs[0].Node]))];
        if (join.Keys == JoinKeys.Union && aligned.Contains(false)) Array.Fill(aligned, false);
        In[n] = inputs.Sum(i => (long)i.Length);
        int leaders = join.Keys == JoinKeys.Union ? inputs.Length : 1;
        var used = inputs.Select(i => new bool[i.Length]).ToArray();
        var leading = from i in Enumerable.Range(0, leaders)
                      from k in Enumerable.Range(0, inputs[i].Length)
                      orderby _readers.IndexOf(inputs[i][k].Reader), inputs[i][k].Entry, i, k
                      select (i, k);
        var made = new List<(int, Row)>();
        for (int i = 0; i < inputs.Length; i++)
            if (!aligned[i] && (i > 0 || join.Keys == JoinKeys.Union)) CheckUnique(inputs[i]);
        var apply = join.Prepare([], new StageContext("", 0));
        foreach ((int i, int k) in leading.ToArray())
        {
            Row leader = inputs[i][k];
            if (used[i][k] || (!aligned[i] && inputs.Take(i).Any(e => e.Any(r => r.Sample.Key == leader.Sample.Key))))
                continue;
            Sample?[] row = [.. inputs.Select((input, other) => other < i ? null : other == i ? leader.Sample
                : Match(input, used[other], aligned[other], leader))];
            used[i][k] = true;
            made.AddRange(Emitted(n, leader, output => apply(row, output)));
        }
        return made;
    }

    private static Sample? Match(Row[] input, bool[] used, bool aligned, Row leader)
    {
        for (int k = 0; k < input.Length; k++)
        {
            bool isHere = !aligned || (!used[k] && input[k].Reader == leader.Reader && input[k].Entry == leader.Entry);
            if (!isHere || input[k].Sample.Key != leader.Sample.Key) continue;
            used[k] = true;
            return input[k].Sample;
        }
        return null;
    }

    private static void CheckUnique(Row[] input)
    {
        if (input.Select(r => r.Sample.Key).Distinct(StringComparer.Ordinal).Count() < input.Length)
            throw Samples.Bad("key twice");
    }

    private Row[] Port(PortRef port) => port.IsErrors
        ? [.. _rejected.OrderBy(r => r.Row, _places).ThenBy(r => r.Node).Select(r => r.Row)]
        : _ports[port.Node][port.Port];

    private HashSet<int> LineageOf(int n, GraphNode node) => node.Stage switch
    {
        Reader or Grouping => [n],
        Join { Keys: JoinKeys.First } => _lineages[node.Inputs[0].Node],
        _ => [.. node.Inputs.SelectMany(p => p.IsErrors ? [.. _readers] : _lineages[p.Node])],
    };

    private Row[] Merge(Row[][] inputs)
    {
        var heads = new int[inputs.Length];
        var merged = new List<Row>();
        while (true)
        {
            int[] open = [.. Enumerable.Range(0, inputs.Length).Where(i => heads[i] < inputs[i].Length)];
            if (open.Length == 0) return [.. merged];
            int first = open.MinBy(i => inputs[i][heads[i]], _places);
            merged.Add(inputs[first][heads[first]++]);
        }
    }
}
