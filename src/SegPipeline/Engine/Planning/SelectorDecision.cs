using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>A sample that came to a selector while it gathered.</summary>
/// <param name="Source">Source of its plan entry.</param>
/// <param name="Entry">Its plan entry.</param>
/// <param name="Candidate">What the selector decides by.</param>
/// <param name="Problems">Why it cannot be decided about; null when it can.</param>
internal readonly record struct Gathered(
    int Source, int Entry, Candidate Candidate, ImmutableArray<Problem>? Problems);

/// <summary>Where a selector sends every sample of a run.</summary>
internal sealed class SelectorDecision
{
    private readonly int[][] _starts;
    private readonly Choice[] _choices;
    private readonly Dictionary<int, ImmutableArray<Problem>> _refused = [];

    private SelectorDecision(IReadOnlyList<int> planLengths, IReadOnlyList<Gathered> gathered)
    {
        _choices = new Choice[gathered.Count];
        _starts = [.. planLengths.Select(length => new int[length + 1])];
        // First the number of samples of each entry, one place to the right, then where each entry's samples begin.
        // Sources do not follow each other by number, so each gets the place of its first sample as a base.
        var bases = new int[planLengths.Count];
        Array.Fill(bases, -1);
        for (int i = 0; i < gathered.Count; i++)
        {
            Gathered g = gathered[i];
            if (bases[g.Source] < 0) bases[g.Source] = i;
            _starts[g.Source][g.Entry + 1]++;
            if (g.Problems is { } problems) _refused.Add(i, problems);
        }
        for (int s = 0; s < _starts.Length; s++)
        {
            _starts[s][0] = Math.Max(bases[s], 0);
            for (int e = 1; e < _starts[s].Length; e++) _starts[s][e] += _starts[s][e - 1];
        }
    }

    /// <summary>The keys that leave by each port, in plan order.</summary>
    public ImmutableArray<ImmutableArray<string>> KeysByPort { get; private set; }

    /// <summary>Asks a selector.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="planLengths">Number of entries of each source.</param>
    /// <param name="gathered">All samples that come to it, in commit order.</param>
    /// <param name="input">What is known about the dataset that comes in.</param>
    /// <param name="context">What the stage may know of the run.</param>
    /// <exception cref="BadDataException">There is nothing sensible to decide.</exception>
    public static SelectorDecision Ask(GraphNode node, IReadOnlyList<int> planLengths,
        IReadOnlyList<Gathered> gathered, DatasetInfo input, StageContext context)
    {
        var decision = new SelectorDecision(planLengths, gathered);
        Candidate[] candidates = [.. gathered.Where(g => g.Problems is null).Select(g => g.Candidate)];
        IReadOnlyList<Choice> choices;
        try
        {
            choices = ((Selector)node.Stage).Decide(candidates, input, context);
        }
        catch (BadDataException e)
        {
            throw ProblemPlace.At(e, $"stage '{node.Name}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(node.Name, "failed to decide", e);
        }
        decision.Take(node, candidates, choices);
        return decision;
    }

    /// <summary>Number of samples that an entry brings to the selector.</summary>
    public int CountOf(int source, int entry) => _starts[source][entry + 1] - _starts[source][entry];

    /// <summary>The decision about one of the samples of an entry.</summary>
    public Choice Of(int source, int entry, int number) => _choices[_starts[source][entry] + number];

    /// <summary>Why one of the samples of an entry cannot be decided about; null when it can.</summary>
    public ImmutableArray<Problem>? RefusalOf(int source, int entry, int number) =>
        _refused.Count > 0 && _refused.TryGetValue(_starts[source][entry] + number, out var problems)
            ? problems
            : null;

    private void Take(GraphNode node, Candidate[] candidates, IReadOnlyList<Choice> choices)
    {
        if (choices.Count != candidates.Length)
            throw new EngineFaultException(node.Name,
                $"was asked about {candidates.Length} samples and decided about {choices.Count}");
        int ports = node.Stage.OutputPorts.Count;
        var keys = Enumerable.Range(0, ports).Select(_ => ImmutableArray.CreateBuilder<string>()).ToArray();
        int next = 0;
        for (int i = 0; i < _choices.Length; i++)
        {
            if (_refused.ContainsKey(i)) continue;
            Choice choice = choices[next];
            if (choice.Port < -1 || choice.Port >= ports || (choice.Port == -1 && choice.DropReason is null))
                throw new EngineFaultException(node.Name,
                    $"sent sample '{candidates[next].Key}' to port {choice.Port}, which it has not, or gave no reason");
            if (choice.Port >= 0) keys[choice.Port].Add(candidates[next].Key);
            _choices[i] = choice;
            next++;
        }
        KeysByPort = [.. keys.Select(k => k.ToImmutable())];
    }
}
