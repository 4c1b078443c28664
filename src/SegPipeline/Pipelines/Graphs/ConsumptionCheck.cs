using SegPipeline.Engine;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>Nothing disappears silently: every port is taken by a stage or stands under <c>drop</c>.</summary>
internal static class ConsumptionCheck
{
    /// <summary>Checks all ports.</summary>
    public static void Run(IReadOnlyList<LinkedDraft> stages, ProblemList problems)
    {
        HashSet<(int, int)> taken = [.. stages.SelectMany(s => s.Inputs).Select(i => (i.Draft, i.Port))];
        // A stage whose inputs could not be found may be the one that was to take a port.
        bool anyMayBeTaken = stages.Any(s => !s.IsComplete);
        for (int i = 0; i < stages.Count; i++)
        {
            StageDraft draft = stages[i].Draft;
            if (draft.Stage is not { } stage) continue;
            HashSet<string> dropped = DroppedBy(draft, stage, problems);
            for (int port = 0; port < stage.OutputPorts.Count; port++)
            {
                string name = stage.OutputPorts[port];
                bool isTaken = taken.Contains((i, port));
                if (dropped.Contains(name) && isTaken)
                    problems.Add(draft.Drop.First(d => d.Value == name).Place,
                        $"port '{name}' of '{draft.Name}' stands under 'drop', and a stage takes from it");
                else if (!dropped.Contains(name) && !isTaken && !anyMayBeTaken)
                    problems.Add(draft.Place, NotTaken(draft, stage, port),
                        $"take it with 'from: {RefTo(draft, port)}', or write 'drop: {name}' in '{draft.Name}'");
            }
        }
        if (!anyMayBeTaken && !stages.Any(s => s.Inputs.Any(i => i.IsErrors))) CheckRejects(stages, problems);
    }

    // The stages of a macro share the one rule of the stage that uses it, whose name the last of them bears.
    private static void CheckRejects(IReadOnlyList<LinkedDraft> stages, ProblemList problems)
    {
        var byRule = stages.Select(s => s.Draft).GroupBy(d => d.OnError, ReferenceEqualityComparer.Instance);
        foreach (var sharing in byRule)
        {
            if (sharing.Key is not ErrorRule { Policy: ErrorPolicy.Reject } rule) continue;
            if (sharing.Any(d => d.Drop.Any(p => p.Value == DraftReader.ErrorsPort))) continue;
            problems.Add(rule.Place, $"nothing takes the samples that '{sharing.Last().Name}' rejects",
                "add a stage with 'from: errors' (write.jsonl), or write 'drop: errors' here");
        }
    }

    private static HashSet<string> DroppedBy(StageDraft draft, Stage stage, ProblemList problems)
    {
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        string[] ports = [.. stage.OutputPorts, DraftReader.ErrorsPort];
        foreach (Located<string> port in draft.Drop)
        {
            if (!ports.Contains(port.Value, StringComparer.Ordinal))
                problems.Add(port.Place, $"'{draft.Name}' has no port '{port.Value}' to drop",
                    DidYouMean.HintOrList(port.Value, ports));
            dropped.Add(port.Value);
        }
        return dropped;
    }

    private static string NotTaken(StageDraft draft, Stage stage, int port) => stage.OutputPorts.Count == 1
        ? $"nothing takes the samples of '{draft.Name}'"
        : $"nothing takes port '{stage.OutputPorts[port]}' of '{draft.Name}'";

    private static string RefTo(StageDraft draft, int port) =>
        port == 0 ? draft.Name : $"{draft.Name}.{draft.Stage!.OutputPorts[port]}";
}
