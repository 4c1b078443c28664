using System.Collections.Immutable;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>
/// What the stages of a run warn about: in graph order and, within a stage, by text; the order of arrival is chance.
/// </summary>
internal sealed class WarningLog
{
    private readonly PipelineGraph _graph;
    private readonly HashSet<string>[] _sentences;
    private readonly List<(string Node, string Sentence)> _arrived = [];

    /// <summary>An empty log.</summary>
    public WarningLog(PipelineGraph graph)
    {
        _graph = graph;
        _sentences = [.. graph.Nodes.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
        Contexts = [.. graph.Nodes.Select((node, n) =>
            new StageContext(node.Name, graph.Seed) { Warn = sentence => Add(n, sentence) })];
    }

    /// <summary>What each stage may know of the run; its warnings go to this log.</summary>
    public ImmutableArray<StageContext> Contexts { get; }

    /// <summary>Takes down a sentence about a node; safe on any thread.</summary>
    public void Add(int node, string sentence)
    {
        lock (_arrived)
        {
            if (_sentences[node].Add(sentence)) _arrived.Add((_graph.Nodes[node].Name, sentence));
        }
    }

    /// <summary>Takes down a sentence about the node of a name; safe on any thread.</summary>
    public void Add(string node, string sentence) =>
        Add(Enumerable.Range(0, _graph.Nodes.Length).First(n => _graph.Nodes[n].Name == node), sentence);

    /// <summary>What was taken down after the first so many sentences, in the order of arrival.</summary>
    public ImmutableArray<(string Node, string Sentence)> After(int count)
    {
        lock (_arrived) return [.. _arrived.Skip(count)];
    }

    /// <summary>Everything so far.</summary>
    public ImmutableArray<(string Node, string Sentence)> ToArray()
    {
        var all = ImmutableArray.CreateBuilder<(string, string)>();
        for (int n = 0; n < _sentences.Length; n++)
        {
            string name = _graph.Nodes[n].Name;
            lock (_arrived) all.AddRange(_sentences[n].Order(StringComparer.Ordinal).Select(s => (name, s)));
        }
        return all.ToImmutable();
    }
}
