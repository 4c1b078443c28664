namespace SegPipeline.Pipelines.Graphs;

/// <summary>Puts stages into an order in which each comes after those it takes from, else in that of the
/// file.</summary>
internal static class StageOrder
{
    /// <summary>Finds the order.</summary>
    /// <returns>Indices of the stages; null when some form a cycle, which has been reported.</returns>
    public static IReadOnlyList<int>? Find(IReadOnlyList<LinkedDraft> stages, ProblemList problems)
    {
        int[] waitsFor = [.. stages.Select(s => SourcesOf(s).Count())];
        List<int>[] takers = [.. stages.Select(_ => new List<int>())];
        for (int i = 0; i < stages.Count; i++)
            foreach (int source in SourcesOf(stages[i])) takers[source].Add(i);
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < stages.Count; i++)
            if (waitsFor[i] == 0) ready.Enqueue(i, i);
        var order = new List<int>();
        while (ready.TryDequeue(out int next, out _))
        {
            order.Add(next);
            foreach (int taker in takers[next])
                if (--waitsFor[taker] == 0) ready.Enqueue(taker, taker);
        }
        if (order.Count == stages.Count) return order;
        ReportCycles(stages, [.. Enumerable.Range(0, stages.Count).Where(i => waitsFor[i] > 0)], problems);
        return null;
    }

    private static IEnumerable<int> SourcesOf(LinkedDraft stage) =>
        stage.Inputs.Where(i => !i.IsErrors).Select(i => i.Draft).Distinct();

    // Every stage left over waits for another one left over; following these leads into a cycle. What only hangs behind
    // a cycle is not reported.
    private static void ReportCycles(IReadOnlyList<LinkedDraft> stages, HashSet<int> left, ProblemList problems)
    {
        var seen = new HashSet<int>();
        foreach (int start in left.OrderBy(i => i))
        {
            var path = new List<int>();
            int at = start;
            while (seen.Add(at))
            {
                path.Add(at);
                at = SourcesOf(stages[at]).First(left.Contains);
            }
            int begin = path.IndexOf(at);
            if (begin >= 0) Report(stages, path[begin..], problems);
        }
    }

    private static void Report(IReadOnlyList<LinkedDraft> stages, List<int> cycle, ProblemList problems)
    {
        cycle.Reverse();
        int first = cycle.IndexOf(cycle.Min());
        int[] turned = [.. cycle[first..], .. cycle[..first]];
        string names = string.Join(" -> ", turned.Append(turned[0]).Select(i => stages[i].Draft.Name));
        PortUse closing = stages[turned[0]].Inputs.First(i => i.Draft == turned[^1]);
        problems.Add(closing.Place, $"the stages form a cycle: {names}");
    }
}
