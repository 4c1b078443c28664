using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>A graph of any shape, the same for the same number, with a writer at every port that is free.</summary>
internal sealed class RandomGraph
{
    private static readonly string[] TwoPorts = ["a", "b"];
    private readonly List<GraphNode> _nodes = [];
    private readonly int _seed;
    private KeyedRandom _random;

    private RandomGraph(int seed)
    {
        _seed = seed;
        _random = SampleRank.Stream(seed, "graph", "");
        int readers = _random.NextInt(1, 4), stages = _random.NextInt(1, 9);
        for (int r = 0; r < readers; r++) AddReader(r);
        for (int s = 0; s < stages; s++) AddStage(s);
        AddWriters();
        Graph = new PipelineGraph("random", seed, [.. _nodes])
        {
            ChunkLimits = new ChunkLimits(_random.NextInt(1, 6), _random.NextInt(1, 30)),
        };
    }

    public PipelineGraph Graph { get; }

    /// <summary>What each writer of the last run wrote.</summary>
    public Dictionary<string, Page> Pages { get; } = [];

    public static RandomGraph Of(int seed) => new(seed);

    private void AddReader(int number)
    {
        int count = _random.NextInt(0, 14), offset = _random.NextInt(0, 5), step = _random.NextInt(0, 2) * 2 - 1;
        string[] keys = [.. Enumerable.Range(0, count).Select(i => $"k{offset + step * i + 20:D2}")];
        var reader = new MemoryReader(keys)
        {
            Make = i => Samples.Of(keys[i], instances: i % 3, score: number),
            CostBytes = i => i % 11,
        };
        int gaps = _random.NextInt(0, 4);
        if (gaps > 0)
            reader = reader with
            {
                MakeSecond = i => i % gaps == 1 ? null : Samples.Of(keys[i], instances: 2, score: number + 0.5),
                HasEverySecond = gaps == 1,
            };
        Add($"read{number}", reader);
    }

    private void AddStage(int number)
    {
        string name = $"s{number}";
        switch (_random.NextInt(0, 13))
        {
            case 0: Add(name, Apply.Nothing, Ports(2)); break;
            case 1: Add(name, new Apply((s, o) => Filter(s, o, name)), Ports(2)); break;
            case 2: Add(name, new Apply((s, o) => o.Emit(s, port: Draw(name, s.Key, 2)), TwoPorts), Ports(2)); break;
            case 3: Add(name, new Apply((s, o) => Expand(s, o, name), TwoPorts), Ports(2)); break;
            case 4: Add(name, Checking(name), Ports(2), ErrorPolicy.Reject); break;
            case 11: Add(name, Checking(name) with { Keeps = true }, Ports(2), ErrorPolicy.Reject); break;
            case 5: Add(name, MayMissReject ? Selection(name) with { Look = Count } : Selection(name), Ports(2)); break;
            case 6: Add(name, Selection(name) with { Look = Count }, Ports(2)); break;
            case 8: Add(name, Grouping(name), Ports(2)); break;
            case 9: Add(name, Grouping(name) with { Look = Count }, Ports(2)); break;
            case 10: Add(name, Failing(name), Ports(2), ErrorPolicy.Reject); break;
            case 7: Add(name, Align.Together(JoinKeys.First), Ports(fewest: 2, most: 3)); break;
            default: Add(name, Align.Together(JoinKeys.Union), Ports(fewest: 2, most: 3)); break;
        }
    }

    // What a selector leaves out by its key is never read, so that a stage in front of it cannot reject it either; that
    // depends on more than the samples, and the reference does not know it.
    private bool MayMissReject => _nodes.Exists(
        node => node is { OnError: ErrorPolicy.Reject, Stage: Apply { Keeps: true } });

    private static string Count(Sample sample) => sample.Instances.Length.ToString(CultureInfo.InvariantCulture);

    private Select Selection(string name) => new(candidates => candidates.Select(c => Choose(name, c)), TwoPorts);

    // Few groups, of members that stand far from each other.
    private Gather Grouping(string name) => new(c => $"k2{Draw(name, c.Key + c.Observed, below: 5)}");

    private Gather Failing(string name) => Grouping(name) with { OnForm = (key, _) => Fail(name, key) };

    private void Fail(string name, string key)
    {
        if (Draw(name, key, 3) == 0) throw Samples.Bad(key);
    }

    private Choice Choose(string name, Candidate candidate)
    {
        int port = Draw(name, candidate.Key + candidate.Observed, below: 3);
        return port < TwoPorts.Length ? new Choice(port) : new Choice(-1, "left out");
    }

    private Apply Checking(string name) => new((s, o) => Check(s, o, name));

    private void Check(Sample sample, StageOutput output, string name) =>
        output.Emit(Draw(name, sample.Key, 4) == 0 ? throw Samples.Bad(sample.Key) : sample);

    private void Filter(Sample sample, StageOutput output, string name)
    {
        if (Draw(name, sample.Key, 3) == 0) output.DropSample("filtered");
        else output.Emit(sample);
    }

    private void Expand(Sample sample, StageOutput output, string name)
    {
        int copies = Draw(name, sample.Key, 4);
        for (int i = 0; i < copies; i++)
            output.Emit(sample with { Key = $"{sample.Key}.{i}" }, port: Draw(name, $"{sample.Key}.{i}", 2));
        if (copies == 0) output.DropSample("expanded to nothing");
        output.Count(Tally.SamplesAdded, "copies", Math.Max(0, copies - 1));
        output.Count(Tally.InstancesAdded, "copies", Math.Max(0, copies - 1) * (long)sample.Instances.Length);
    }

    private void AddWriters()
    {
        PortRef[] free = [.. OpenPorts().Where(p => !_nodes.Exists(n => n.Inputs.Contains(p)))];
        foreach (PortRef port in free) AddWriter([port]);
        AddWriter(Ports(4));
        AddWriter([PortRef.Errors]);
    }

    private void AddWriter(PortRef[] inputs)
    {
        string name = $"write{_nodes.Count}";
        Pages[name] = new Page();
        Add(name, new MemoryWriter { Page = Pages[name] }, inputs);
    }

    private void Add(string name, Stage stage, PortRef[]? inputs = null, ErrorPolicy onError = ErrorPolicy.Fail) =>
        _nodes.Add(new GraphNode(name, stage, [.. inputs ?? []]) { OnError = onError });

    private PortRef[] Ports(int most) => Ports(fewest: 1, most);

    private PortRef[] Ports(int fewest, int most)
    {
        PortRef[] open = [.. OpenPorts()];
        var ports = new PortRef[_random.NextInt(fewest, most + 1)];
        for (int i = 0; i < ports.Length; i++) ports[i] = open[_random.NextInt(0, open.Length)];
        return ports;
    }

    private IEnumerable<PortRef> OpenPorts() => _nodes.SelectMany((node, n) =>
        Enumerable.Range(0, node.Stage.OutputPorts.Count).Select(p => new PortRef(n, p)));

    private int Draw(string name, string key, int below) =>
        SampleRank.Stream(_seed, name, key).NextInt(0, below);
}
